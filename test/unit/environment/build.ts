import fc from "fast-check";
import type { Environment } from "../../../src/environment/environment.ts";
import type { SessionEnvironment } from "../../../src/environment/session-change.ts";
import { conflictingVariables, credentialVariables } from "../../../src/environment/variables.ts";
import type { EnvironmentChange } from "../../../src/shell/change.ts";

/** The environment after a shell has evaluated a change. */
export function applied(env: Environment, { unset, set }: EnvironmentChange): Environment {
  return { ...without(env, unset), ...Object.fromEntries(set) };
}

export function without(env: Environment, names: readonly string[]): Environment {
  const kept = Object.entries(env).filter(([name]) => !names.includes(name));
  return Object.fromEntries(kept);
}

/** A session whose keys have this tag; it ends at 2026-01-02T03:04:05Z. */
export function session(
  tag: string,
  profile: string | null,
  region: string | null = null,
): SessionEnvironment {
  return {
    accessKeyId: `ASIATESTTESTTEST${tag}`,
    secretAccessKey: `test/secret+${tag}/not/a/real/key/`.padEnd(40, "0"),
    sessionToken: `test/token+${tag}==`,
    expiresAt: Date.UTC(2026, 0, 2, 3, 4, 5),
    identity: `identity${tag}`,
    profile,
    region,
    stateStore: null,
    cluster: null,
    ignoredVariables: [],
  };
}

/** Variables whose values nobody may find anywhere again. */
export const secretVariables: readonly string[] = [
  ...credentialVariables.filter((name) => name !== "AWS_ACCESS_KEY_ID"),
  ...conflictingVariables.filter(({ secret }) => secret).map(({ name }) => name),
];

/** What no way out of a session gives back. */
export const lostVariables: readonly string[] = [...credentialVariables, ...secretVariables];

const touched = [
  ...lostVariables,
  ...conflictingVariables.map(({ name }) => name),
  "AWS_REGION",
  "AWS_DEFAULT_REGION",
];
const others = ["HOME", "PATH", "KOPS_STATE_STORE", "KOPS_CLUSTER_NAME", "AWS_PAGER", "_x1"];

/** What a variable may hold: anything but NUL, and often what shells and our own encoding look at. */
export const values = fc.oneof(
  fc.constantFrom(
    "",
    "dev",
    "a,b=c",
    "%41",
    "%",
    "null",
    "AWS_PROFILE=x,AWS_REGION",
    "\n",
    "é😀'\"`$(id)\\",
  ),
  fc.string({ unit: "binary" }).map((text) => text.replaceAll("\0", "")),
);

/** Environments of people and other tools, before any session of ours. */
export const environments: fc.Arbitrary<Environment> = fc
  .subarray([...new Set([...touched, ...others])])
  .chain((names) => fc.tuple(...names.map((name) => fc.tuple(fc.constant(name), values))))
  .map((pairs) => Object.fromEntries(pairs));

export const sessions = fc
  .tuple(
    fc.stringMatching(/^[A-Z0-9]{4}$/),
    fc.option(fc.constantFrom("prod", "staging", "my team", "é'\"$(x)")),
    fc.option(fc.constantFrom("eu-west-1", "us-east-1", "cn-north-1")),
    fc.record({
      stateStore: fc.option(fc.constantFrom("s3://store", "s3://other/path")),
      cluster: fc.option(fc.constantFrom("a.example.com", "b.example.com")),
    }),
  )
  .map(([tag, profile, region, kops]) => ({ ...session(tag, profile, region), ...kops }));

type World = readonly [Environment, one: SessionEnvironment, two: SessionEnvironment];

/** An environment, and two sessions that may come into it; who sets KOPS_MFA_PROFILE gets sessions of profiles only. */
export const worlds: fc.Arbitrary<World> = fc
  .tuple(environments, fc.option(values), sessions, sessions)
  .map(([env, name, one, two]) => {
    if (name === null) return [env, one, two];
    const named = (other: SessionEnvironment) => ({ ...other, profile: other.profile ?? "prod" });
    return [{ ...env, KOPS_MFA_PROFILE: name || "mine" }, named(one), named(two)];
  });
