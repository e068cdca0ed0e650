import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Environment } from "../../../src/environment/environment.ts";
import { originalEnvironment } from "../../../src/environment/carried.ts";
import { decodePrevious } from "../../../src/environment/previous.ts";
import {
  enterSession,
  leaveSession,
  plainSession,
} from "../../../src/environment/session-change.ts";
import { conflictingVariables, markerVariables } from "../../../src/environment/variables.ts";
import type { EnvironmentChange } from "../../../src/shell/change.ts";
import {
  applied,
  environments,
  lostVariables,
  secretVariables,
  session,
  sessions,
  values,
  without,
  worlds,
} from "./build.ts";

const prod = session("PROD", "prod", "eu-west-1");
const staging = session("STAG", "staging", "us-east-1");
const conflicting = conflictingVariables.map(({ name }) => name);

/** The environment of a shell that has entered these sessions one after the other. */
function entered(env: Environment, ...steps: readonly (typeof prod)[]): Environment {
  return steps.reduce((before, step) => applied(before, enterSession(step, before)), env);
}

function left(env: Environment): Environment {
  const change = leaveSession(env);
  return change ? applied(env, change) : env;
}

describe("in words", () => {
  const credentials = [
    ["AWS_ACCESS_KEY_ID", "ASIATESTTESTTESTPROD"],
    ["AWS_SECRET_ACCESS_KEY", "test/secret+PROD/not/a/real/key/00000000"],
    ["AWS_SESSION_TOKEN", "test/token+PROD=="],
    ["AWS_CREDENTIAL_EXPIRATION", "2026-01-02T03:04:05Z"],
    ["AWS_SESSION_EXPIRATION", "2026-01-02T03:04:05Z"],
  ];
  const regions = [
    ["AWS_REGION", "eu-west-1"],
    ["AWS_DEFAULT_REGION", "eu-west-1"],
  ];
  const named = [["KOPS_MFA_PROFILE", "prod"]];
  const end = [["KOPS_MFA_EXPIRES_AT", "1767323045"]];
  const mark = [
    ["KOPS_MFA_ACCESS_KEY_ID", "ASIATESTTESTTESTPROD"],
    ["KOPS_MFA_SESSION_ID", "identityPROD"],
  ];
  const before = (text: string) => [["KOPS_MFA_PREVIOUS", text]];

  test("entering", () => {
    expect(enterSession(prod, { AWS_PROFILE: "dev", AWS_REGION: "x", HOME: "/" })).toEqual({
      unset: conflicting,
      set: [
        ...credentials,
        ...regions,
        ...named,
        ...end,
        ...mark,
        ["KOPS_MFA_SET", "AWS_REGION=eu-west-1,AWS_DEFAULT_REGION=eu-west-1"],
        ...before("AWS_REGION=x,AWS_DEFAULT_REGION,AWS_PROFILE=dev"),
      ],
      conflicting,
    });
  });

  test("entering without a profile and a region, where nothing was", () => {
    expect(enterSession(session("PROD", null), {})).toEqual({
      unset: [...conflicting, "KOPS_MFA_PROFILE", "KOPS_MFA_SET", "KOPS_MFA_PREVIOUS"],
      set: [...credentials, ...end, ...mark],
      conflicting,
    });
  });

  test("entering over keys of the person's own keeps the id alone", () => {
    const env = { AWS_ACCESS_KEY_ID: "AKIATESTTESTTESTJON0", AWS_SECRET_ACCESS_KEY: "secret" };
    expect(enterSession(session("PROD", null), env).set).toContainEqual([
      "KOPS_MFA_PREVIOUS",
      "AWS_ACCESS_KEY_ID=AKIATESTTESTTESTJON0",
    ]);
  });

  test("leaving", () => {
    const env = entered({ AWS_PROFILE: "dev", AWS_REGION: "x" }, prod);
    expect(leaveSession(env)).toEqual({
      unset: [...credentials.map(([name]) => name), ...markerVariables, "AWS_DEFAULT_REGION"],
      set: [
        ["AWS_REGION", "x"],
        ["AWS_PROFILE", "dev"],
      ],
    });
  });

  test("entering with what the settings add for kops", () => {
    const kops = { ...session("PROD", null), stateStore: "s3://store", cluster: "a.example.com" };
    expect(enterSession(kops, { KOPS_STATE_STORE: "s3://mine" }).set).toEqual([
      ...credentials,
      ["KOPS_STATE_STORE", "s3://store"],
      ["KOPS_CLUSTER_NAME", "a.example.com"],
      ...end,
      ...mark,
      ["KOPS_MFA_SET", "KOPS_STATE_STORE=s3%3A%2F%2Fstore,KOPS_CLUSTER_NAME=a.example.com"],
      ...before("KOPS_STATE_STORE=s3%3A%2F%2Fmine,KOPS_CLUSTER_NAME"),
    ]);
  });

  test("for a file", () => {
    expect(plainSession(prod)).toEqual({
      unset: [],
      set: [...credentials, ...regions, ...named, ...end],
    });
    expect(plainSession(session("PROD", null))).toEqual({
      unset: [],
      set: [...credentials, ...end],
    });
  });

  test.for<readonly [title: string, env: Environment]>([
    ["nothing", {}],
    ["keys of somebody else", { AWS_ACCESS_KEY_ID: "AKIATESTTESTTESTJON0" }],
    [
      "another tool's keys over it",
      { ...entered({}, prod), AWS_ACCESS_KEY_ID: "AKIATESTTESTTESTJON0" },
    ],
    ["left already", left(entered({}, prod))],
  ])("there is no session to leave: %s", ([, env]) => {
    expect(leaveSession(env)).toBeNull();
  });
});

describe("any environment", () => {
  const check = (predicate: (env: Environment, one: typeof prod, two: typeof prod) => void) =>
    fc.assert(fc.property(worlds, (world) => predicate(...world)));

  test("leaving gives it back, without its credentials", () => {
    check((env, one) => {
      expect(left(entered(env, one))).toEqual(without(env, lostVariables));
    });
  });

  test("what was before is before, within the session too", () => {
    check((env, one) => {
      const before = originalEnvironment(entered(env, one));
      const rest = without(before, ["KOPS_MFA_PROFILE", "AWS_ACCESS_KEY_ID"]);
      expect(rest).toEqual(without(env, [...lostVariables, "KOPS_MFA_PROFILE"]));
      expect(before["AWS_ACCESS_KEY_ID"]).toBe(env["AWS_ACCESS_KEY_ID"] || undefined);
    });
  });

  test("a session over another is that session over what was before", () => {
    check((env, one, two) => {
      expect(entered(env, one, two)).toEqual(entered(env, two));
    });
  });

  test("the same session again changes nothing", () => {
    check((env, one) => {
      expect(entered(env, one, one)).toEqual(entered(env, one));
    });
  });

  test("leaving the second session gives back what was before the first", () => {
    check((env, one, two) => {
      expect(left(entered(env, one, two))).toEqual(without(env, lostVariables));
    });
  });

  test("nothing that could win over the session is left", () => {
    check((env, one, two) => {
      for (const shell of [entered(env, one), entered(env, one, two)]) {
        expect(conflicting.filter((name) => name in shell)).toEqual([]);
      }
      expect(enterSession(one, env).unset).toEqual(expect.arrayContaining(conflicting));
    });
  });

  test("what carries the session is all from that session", () => {
    check((env, one, two) => {
      expect(entered(env, one, two)).toMatchObject(Object.fromEntries(plainSession(two).set));
    });
  });

  test("no variable is both unset and set, or named twice", () => {
    const names = ({ unset, set }: EnvironmentChange) => [...unset, ...set.map(([name]) => name)];
    check((env, one, two) => {
      const shell = entered(env, one);
      const changes = [enterSession(one, env), enterSession(two, shell), leaveSession(shell)!];
      for (const change of changes) {
        expect(new Set(names(change)).size, JSON.stringify(change)).toBe(names(change).length);
      }
    });
  });

  test("no secret is remembered", () => {
    const secret = fc.stringMatching(/^secret-[0-9a-f]{8}$/);
    const secrets = fc.record(Object.fromEntries(secretVariables.map((name) => [name, secret])));
    fc.assert(
      fc.property(environments, secrets, sessions, sessions, (env, hidden, one, two) => {
        const shell = entered({ ...env, ...hidden }, one, two);
        const remembered = decodePrevious(shell["KOPS_MFA_PREVIOUS"] ?? "");
        expect(secretVariables.filter((name) => remembered.has(name))).toEqual([]);
        for (const text of Object.values(hidden)) {
          expect(JSON.stringify(shell)).not.toContain(text);
        }
        for (const { secretAccessKey, sessionToken } of [one, two]) {
          expect(shell["KOPS_MFA_PREVIOUS"] ?? "").not.toContain(encodeURIComponent(sessionToken));
          expect(shell["KOPS_MFA_PREVIOUS"] ?? "").not.toContain(
            encodeURIComponent(secretAccessKey),
          );
        }
      }),
    );
  });

  test("words of ours that somebody else wrote do no harm", () => {
    const garbage = fc.dictionary(fc.constantFrom(...markerVariables), values);
    fc.assert(
      fc.property(environments, garbage, sessions, (env, words, one) => {
        fc.pre(words["KOPS_MFA_ACCESS_KEY_ID"] !== env["AWS_ACCESS_KEY_ID"]);
        const shell = entered({ ...env, ...words }, one);
        expect(without(left(shell), markerVariables)).toEqual(without(env, lostVariables));
      }),
    );
  });
});

describe("from shell to shell", () => {
  test("prod, staging, and out", () => {
    const env = { HOME: "/home/jon", AWS_PROFILE: "dev", AWS_REGION: "eu-north-1" };
    const shell = entered(env, prod, staging);
    expect(shell).toMatchObject({ KOPS_MFA_PROFILE: "staging", AWS_REGION: "us-east-1" });
    expect(left(shell)).toEqual(env);
  });

  test("a session without a region takes that of the one before out", () => {
    expect(entered({}, prod, session("USER", "user"))).not.toHaveProperty("AWS_REGION");
    expect(entered({ AWS_REGION: "x" }, prod, session("USER", "user"))).toHaveProperty(
      "AWS_REGION",
      "x",
    );
  });

  test("AWS_PROFILE that was set in the session stays", () => {
    const shell = { ...entered({ AWS_PROFILE: "dev" }, prod), AWS_PROFILE: "new" };
    expect(left(shell)).toEqual({ AWS_PROFILE: "new" });
    expect(left(entered(shell, staging))).toEqual({ AWS_PROFILE: "new" });
  });

  test("another tool's keys over a session are what was before the next", () => {
    const shell = {
      ...entered({ AWS_PROFILE: "dev" }, prod),
      AWS_ACCESS_KEY_ID: "AKIATESTTESTTESTJON0",
    };
    const { KOPS_MFA_PREVIOUS: previous } = entered(shell, staging);
    expect(decodePrevious(previous ?? "").get("AWS_ACCESS_KEY_ID")).toBe("AKIATESTTESTTESTJON0");
  });

  // It says which profile the person works with; nobody but the session's way out takes it away.
  test("KOPS_MFA_PROFILE of the person's own is given back", () => {
    expect(left(entered({ KOPS_MFA_PROFILE: "mine" }, prod))).toEqual({ KOPS_MFA_PROFILE: "mine" });
  });

  // Whoever can write KOPS_MFA_PREVIOUS can write these too; still, only what a session touched is its to give back.
  test.for(["LD_PRELOAD=/evil.so", "AWS_SECURITY_TOKEN=x"])(
    "%s in KOPS_MFA_PREVIOUS is not followed",
    (text) => {
      const shell = { ...entered({}, prod), KOPS_MFA_PREVIOUS: text };
      expect(leaveSession(shell)?.set).toEqual([]);
    },
  );
});

describe("what the person sets after the session", () => {
  const kops = { ...session("PROD", "prod", "eu-west-1"), cluster: "one.example.com" };
  const changes = { KOPS_CLUSTER_NAME: "four.example.com", AWS_REGION: "us-east-1" };
  const inside = { ...entered({ KOPS_CLUSTER_NAME: "mine" }, kops), ...changes };

  test("counts for the next session, and the rest is as it was before", () => {
    expect(originalEnvironment(inside)).toMatchObject(changes);
    expect(originalEnvironment(inside)["AWS_DEFAULT_REGION"]).toBeUndefined();
  });

  test("stays when the session is left", () => {
    expect(applied(inside, leaveSession(inside)!)).toEqual(changes);
  });

  test("also where it is unset", () => {
    const env = without(inside, ["KOPS_CLUSTER_NAME"]);
    expect(originalEnvironment(env)["KOPS_CLUSTER_NAME"]).toBeUndefined();
  });
});

describe("variables that the session was made without", () => {
  const exported = { KOPS_MFA_ROLE_ARN: "arn:prod", KOPS_MFA_ARN: "arn:jon" };
  const named = { ...session("STAG", "staging"), ignoredVariables: Object.keys(exported) };
  const inside = entered(exported, named);

  test("are unset, and not there for the next run in this shell", () => {
    expect(inside).not.toHaveProperty("KOPS_MFA_ROLE_ARN");
    expect(originalEnvironment(inside)).toEqual({ KOPS_MFA_PROFILE: "staging" });
  });

  test("come back with the end of the session", () => {
    expect(applied(inside, leaveSession(inside)!)).toEqual(exported);
  });

  test("come back behind another session, too", () => {
    const second = entered(inside, session("PROD", "prod"));
    expect(second).not.toHaveProperty("KOPS_MFA_ROLE_ARN");
    expect(applied(second, leaveSession(second)!)).toEqual(exported);
  });

  test("count again where another profile was exported since", () => {
    const other = { ...inside, AWS_PROFILE: "other" };
    expect(originalEnvironment(other)).toEqual({ ...exported, AWS_PROFILE: "other" });
  });
});
