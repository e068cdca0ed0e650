import { answerToSession, judgeSts } from "./checks/aws.ts";
import { judgeCache } from "./checks/cache.ts";
import { named, unchecked, type Check } from "./check.ts";
import { judgeDevice } from "./checks/device.ts";
import { judgeEncryption } from "./checks/encryption.ts";
import { judgeEnvironment } from "./checks/environment.ts";
import type { AwsFacts, Facts } from "./facts.ts";
import { judgeFiles } from "./checks/files.ts";
import { judgeRegions, judgeStore } from "./checks/kops.ts";
import { judgeProfile } from "./checks/profile.ts";
import { judgePrograms } from "./checks/programs.ts";
import { judgeIdentity, judgeSession } from "./checks/session.ts";
import { judgeShell } from "./checks/shell.ts";

/**
 * What is wrong, by all that is known; pure. One fault is one line: what cannot be known because of it is `skipped`, and says which
 * line is to blame.
 */
export function judge(facts: Facts): readonly Check[] {
  const { now, profile, session } = facts;
  const profileChecks = judgeProfile(profile, facts.aws);
  const aws = hasFailed(profileChecks, "keys") ? withoutKeys(facts.aws) : facts.aws;
  const first: readonly Check[] = [
    ...judgePrograms(facts.programs),
    ...judgeFiles(facts.files),
    ...profileChecks,
    named("device", judgeDevice(profile, aws)),
    ...judgeEncryption(profile, facts.shell.env),
    ...judgeEnvironment(profile, facts.shell),
    ...judgeShell(facts.shell, profile, now),
    ...judgeCache(facts.cache),
    ...judgeSts(
      profile,
      facts.shell.env,
      [facts.aws.caller, ...answerToSession(session)],
      aws.caller,
    ),
  ];
  const obstacle = firstFailure(first, obstacles);
  const checks = [
    ...first,
    named("session", judgeSession(session, obstacle, now)),
    named("identity", judgeIdentity(session, profile.resolution)),
  ];
  const asked = { resolution: profile.resolution, blame: firstFailure(checks, betterKnown) };
  return eachOnce([
    ...checks,
    named("state-store", judgeStore(facts.kops.store, asked)),
    named("ec2", judgeRegions(facts.kops.regions, asked)),
  ]);
}

/** Without these there can be no session. */
const obstacles: readonly string[] = [
  ...["config-file", "credentials-file", "settings", "profile", "keys", "role", "device"],
  ...["cache", "sts", "caller"],
];

/** Where these fail, a refusal by S3 or EC2 says nothing new. */
const betterKnown: readonly string[] = ["clock", "identity"];

function firstFailure(checks: readonly Check[], names: readonly string[]): string | null {
  return names.find((name) => hasFailed(checks, name)) ?? null;
}

function hasFailed(checks: readonly Check[], name: string): boolean {
  return checks.some(({ check, status }) => check === name && status === "failure");
}

/** What AWS says of keys that are the wrong ones is about nobody. */
function withoutKeys(aws: AwsFacts): AwsFacts {
  return { ...aws, caller: { kind: "unasked", why: "keys" }, devices: null };
}

/** The same trouble in several places is one. */
function eachOnce(checks: readonly Check[]): readonly Check[] {
  const failures = checks.filter(({ status }) => status === "failure");
  return checks.map((one) => {
    const first = failures.find(({ message }) => message === one.message) ?? one;
    return first.check === one.check ? one : named(one.check, unchecked(first.check));
  });
}
