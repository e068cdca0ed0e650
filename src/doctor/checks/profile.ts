import { describeOrigin } from "../../config/origin.ts";
import type { Resolution } from "../../config/resolve.ts";
import type { Source } from "../../config/source.ts";
import type { Plan } from "../../session/plan.ts";
import { broken, doubtful, fine, named, unchecked, type Check, type Finding } from "../check.ts";
import type { AwsFacts, ProfileFacts } from "../facts.ts";

export function judgeProfile(facts: ProfileFacts, aws: AwsFacts): readonly Check[] {
  const { resolution, brokenFile } = facts;
  if (resolution === null) {
    const profile = brokenFile === null ? judgeTrouble(facts) : unchecked(brokenFile);
    const why = brokenFile ?? "profile";
    return [
      named("profile", profile),
      named("keys", unchecked(why)),
      named("role", unchecked(why)),
    ];
  }
  return [
    named("profile", judgeWay(resolution, facts)),
    ...notesOf(resolution, facts.plan).map((note) => named("profile", doubtful(note, null))),
    named("keys", judgeKeys(resolution, facts, aws)),
    named("role", judgeRole(resolution, facts)),
    ...judgeCodeProgram(facts),
  ];
}

function notesOf(resolution: Resolution, plan: Plan | null): readonly string[] {
  return [...resolution.identityNotes, ...resolution.notes, ...(plan?.notes ?? [])];
}

function judgeTrouble({ trouble }: ProfileFacts): Finding {
  return broken(trouble?.message ?? "there is no profile", trouble?.hint ?? null);
}

/** In one line; where each part of it comes from is for `explain` to say. */
function judgeWay(
  resolution: Resolution,
  { roleTrouble, plan, planTrouble }: ProfileFacts,
): Finding {
  const isKeysTrouble = planTrouble !== null && hasUselessKeys(resolution);
  if (planTrouble && !isKeysTrouble) return broken(planTrouble.message, planTrouble.hint);
  const names = resolution.roles.map(({ roleArn }) => nameOfRole(roleArn.value));
  const roles = roleTrouble === null ? names : [...names.slice(0, -1), "?"];
  const steps = [startOf(resolution.source), ...mfaStep(plan), ...roles];
  const { profile } = resolution;
  return fine(`${profile === null ? "" : `${profile.value}: `}${steps.join(" → ")}`);
}

function startOf({ kind, profile, where }: Source): string {
  return kind === "static" && profile !== null ? `keys of ${profile}` : where;
}

function mfaStep(plan: Plan | null): readonly string[] {
  if (plan?.way === "shared") return ["MFA session"];
  return plan?.way === "user" ? ["your own session with MFA"] : [];
}

function nameOfRole(arn: string): string {
  return arn.split("/").at(-1) ?? arn;
}

/** Temporary keys, with which AWS takes no code. */
function hasUselessKeys({ source, serialNumber }: Resolution): boolean {
  return source.kind === "static" && source.sessionToken !== null && serialNumber !== null;
}

function judgeKeys(
  resolution: Resolution,
  { planTrouble }: ProfileFacts,
  { keysTrouble, caller }: AwsFacts,
): Finding {
  const { source } = resolution;
  if (keysTrouble) return broken(keysTrouble.message, keysTrouble.hint);
  if (planTrouble && hasUselessKeys(resolution)) {
    return broken(planTrouble.message, planTrouble.hint);
  }
  if (source.kind === "provider") return fine(source.where);
  const { accessKeyId, sessionToken, where } = source;
  const shown = `${shortKey(accessKeyId)} of ${where}`;
  if (accessKeyId.startsWith("ASIA") !== (sessionToken !== null)) {
    return sessionToken === null
      ? broken(
          `${shown} is a temporary key without its session token`,
          "Set aws_session_token too, or use long-lived keys (AKIA…).",
        )
      : broken(
          `${shown} is a long-lived key with a session token of another`,
          "Remove the session token (aws_session_token, AWS_SESSION_TOKEN) beside it.",
        );
  }
  if (caller.kind === "known" && caller.arn.endsWith(":root")) {
    return judgeRoot(`${shown} is the account's root user`, resolution.roles.length > 0);
  }
  return fine(`${shown}, ${sessionToken === null ? "long-lived" : "temporary"}`);
}

function judgeRoot(what: string, hasRoles: boolean): Finding {
  const cure = "Use the access keys of an IAM user, and delete the root user's.";
  return hasRoles ? broken(`${what}, who cannot assume roles`, cure) : doubtful(what, cure);
}

/** The last four are enough to tell keys apart. */
export function shortKey(accessKeyId: string): string {
  return `${accessKeyId.slice(0, 4)}…${accessKeyId.slice(-4)}`;
}

function judgeRole({ roles }: Resolution, { roleTrouble }: ProfileFacts): Finding {
  if (roleTrouble) return broken(roleTrouble.message, roleTrouble.hint);
  const last = roles.at(-1);
  if (!last) return fine("none: a session of your own");
  return fine(`${last.roleArn.value} (${describeOrigin(last.roleArn.origin)})`);
}

function judgeCodeProgram({ codeProgram }: ProfileFacts): readonly Check[] {
  if (codeProgram === null) return [];
  const { name, isFound } = codeProgram;
  const finding = isFound
    ? fine(`${name} gives the codes`)
    : doubtful(
        `mfa_process begins with ${name}, which is not on your PATH`,
        `Install ${name}, or correct mfa_process.`,
      );
  return [named("mfa-process", finding)];
}
