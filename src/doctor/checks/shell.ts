import { expiryInWords } from "../../expiry.ts";
import { broken, doubtful, fine, named, type Check, type Finding } from "../check.ts";
import type { ProfileFacts, ShellFacts } from "../facts.ts";
import { shortKey } from "./profile.ts";

export function judgeShell(
  shell: ShellFacts,
  profile: ProfileFacts,
  now: number,
): readonly Check[] {
  return [
    named("shell", judgeKind(shell)),
    named("shell-session", judgeCarried(shell, profile, now)),
  ];
}

/** A shell's functions are nothing that a child can see: the integration says so itself. */
function judgeKind({ detection, trouble, isIntegrated }: ShellFacts): Finding {
  if (trouble) return broken(trouble.message, trouble.hint);
  if (!detection?.shell) {
    const seen = detection?.seen;
    const what = seen ? `${seen} is not supported` : "it cannot be told which shell this is";
    return doubtful(what, "Say it: kops-mfa env --shell NAME, or KOPS_MFA_SHELL=NAME.");
  }
  const { shell } = detection;
  if (isIntegrated) return fine(`${shell}, with the integration`);
  // Their integration does not see this word.
  if (shell === "tcsh" || shell === "xonsh" || shell === "cmd") return fine(shell);
  return fine(`${shell}, without the integration (a convenience: kops-mfa init --help)`);
}

/** The session that programs in this shell sign with when kops-mfa does not run them. */
function judgeCarried(
  { env, carried }: ShellFacts,
  { resolution }: ProfileFacts,
  now: number,
): Finding {
  if (carried) {
    const name = carried.profile === null ? "" : ` of ${carried.profile}`;
    if (carried.expiresAt === null) return fine(`carries a session${name}`);
    const expiresAt = carried.expiresAt * 1000;
    const expiry = expiryInWords(expiresAt, now);
    if (expiresAt > now) return fine(`carries a session${name}, ${expiry}`);
    return doubtful(
      `carries a session${name} that ${expiry}: kops by itself shows BadRequest`,
      'eval "$(kops-mfa env)", or kops-mfa use',
    );
  }
  const key = env["AWS_ACCESS_KEY_ID"];
  const isMeant = resolution?.source.kind === "static" && resolution.source.profile === null;
  if (!key || isMeant)
    return fine("carries no session; kops-mfa COMMAND takes one along all the same");
  const over = env["KOPS_MFA_ACCESS_KEY_ID"] ? ", put over a session of ours" : "";
  return doubtful(
    `carries other keys (AWS_ACCESS_KEY_ID ${shortKey(key)}${over}): kops by itself signs with them`,
    'unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN, or eval "$(kops-mfa env)"',
  );
}
