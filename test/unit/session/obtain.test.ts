import { describe, expect, test } from "vitest";
import { InterruptedError } from "../../../src/errors.ts";
import { encodeSession } from "../../../src/session/cache-entry.ts";
import { cacheName } from "../../../src/session/cache.ts";
import { openCache, type SessionCache } from "../../../src/session/cache.ts";
import { cachedSession, needsCode, obtainSession, planKeys } from "../../../src/session/obtain.ts";
import { planSession } from "../../../src/session/plan.ts";
import { StepRefused } from "../../../src/session/step-run.ts";
import { chooseCodes, type TokenCodes } from "../../../src/session/mfa/token-code.ts";
import {
  given,
  keys,
  keyVariables,
  link,
  mfa,
  profile,
  resolved,
  testKeys,
  toRefusal,
  type Given,
  forProd,
} from "../../support/config/build.ts";
import {
  clock,
  FakeGuard,
  FakeSts,
  FakeTerminal,
  FakeVault,
  minute,
  now,
  refusals,
  refused,
  stsSession,
} from "../../support/session/build.ts";

const jon = profile("jon", keys());
/** MFA session, base, prod. */
const two = forProd(jon, link("base", "jon"), link("prod", "base", mfa("jon")));
/** prod with a code. */
const direct = forProd(jon, link("prod", "jon", mfa("jon"), "duration_seconds = 12h"));
/** prod without one. */
const noDevice = forProd(jon, link("prod", "jon"));

const noProvider = () => Promise.reject(new Error("no provider is asked here"));

function setUp(
  what: Given,
  sts = new FakeSts(),
  terminal = new FakeTerminal("111111", "222222", "333333", "444444"),
  kept: SessionCache | null = null,
) {
  const resolution = resolved(what);
  const plan = planSession(resolution);
  const vault = new FakeVault();
  const cache = kept ?? openCache(vault, (problem) => expect.fail(problem));
  const stepKeys = planKeys(resolution, plan);
  const from = { sts, cache, guard: new FakeGuard(), clock, terminal, credentials: noProvider };
  const obtain = (codes = chooseCodes(null, null, { terminal, mayPrompt: true })) =>
    obtainSession({ ...from, codes }, resolution, plan);
  /** Keeps a session of a step, for so long. */
  const keep = (step: number, tag: string, left = 60 * minute) => {
    cache.put({ key: stepKeys[step]!, profile: "prod", session: stsSession(tag, now + left) });
  };
  /** The error that it ends with. */
  const refusal = async (codes?: TokenCodes) =>
    toRefusal(await obtain(codes).catch((error: unknown) => error));
  const { guard } = from;
  return { sts, terminal, vault, cache, guard, stepKeys, resolution, plan, keep, obtain, refusal };
}

describe("the walk", () => {
  test("makes every session, and keeps it", async () => {
    const { obtain, sts, cache, stepKeys, terminal } = setUp(two);
    expect(await obtain()).toEqual(stsSession("S003"));
    expect(sts.calls).toEqual([
      "GetSessionToken by JON0, 43200 s, code 111111",
      "AssumeRole base by S001, 3600 s",
      "AssumeRole prod by S002, 3600 s",
    ]);
    expect(cache.entries()).toEqual([
      { key: stepKeys[0], profile: "prod", session: stsSession("S001", now + 720 * minute) },
      { key: stepKeys[1], profile: "prod", session: stsSession("S002") },
      { key: stepKeys[2], profile: "prod", session: stsSession("S003") },
    ]);
    expect([terminal.questions.length, terminal.notes, sts.prepared]).toEqual([1, [], 1]);
  });

  test.for<readonly [title: string, what: Given, calls: readonly string[]]>([
    ["a role with a code", direct, ["AssumeRole prod by JON0, 43200 s, code 111111"]],
    ["a role without one", noDevice, ["AssumeRole prod by JON0, 3600 s"]],
    [
      "a user",
      forProd(profile("prod", keys(), mfa("jon"))),
      ["GetSessionToken by JON0, 43200 s, code 111111"],
    ],
    [
      "temporary keys",
      {
        ...noDevice,
        config: [profile("jon", keys(), "aws_session_token = t"), link("prod", "jon")],
      },
      ["AssumeRole prod by JON0, 3600 s"],
    ],
  ])("%s", async ([, what, calls]) => {
    const { obtain, sts } = setUp(what);
    await obtain();
    expect(sts.calls).toEqual(calls);
  });

  test.for<readonly [title: string, kept: readonly number[], calls: readonly string[]]>([
    [
      "the MFA session",
      [0],
      ["AssumeRole base by K000, 3600 s", "AssumeRole prod by S001, 3600 s"],
    ],
    ["the role before", [1], ["AssumeRole prod by K001, 3600 s"]],
    ["both", [0, 1], ["AssumeRole prod by K001, 3600 s"]],
    ["the last session", [2], []],
    ["all of them", [0, 1, 2], []],
  ])("starts from what is kept: %s", async ([, kept, calls]) => {
    const { obtain, keep, sts, terminal } = setUp(two);
    for (const step of kept) keep(step, `K00${step}`);
    const { credentials } = await obtain();
    expect(sts.calls).toEqual(calls);
    expect([terminal.questions, sts.prepared]).toEqual([[], 0]);
    expect(credentials.accessKeyId.slice(-4)).toBe(
      calls.length === 0 ? "K002" : `S00${calls.length}`,
    );
  });

  test("one code opens the roles of other profiles too", async () => {
    const { obtain, cache, terminal } = setUp(forProd(jon, link("prod", "jon", mfa("jon"))));
    await obtain();
    const dev = { config: [jon, link("dev", "jon", mfa("jon"))], options: { profile: "dev" } };
    const other = setUp(dev, new FakeSts(), terminal, cache);
    await other.obtain();
    expect(other.sts.calls).toEqual(["AssumeRole dev by S001, 3600 s"]);
    expect(terminal.questions.length).toBe(1);
  });

  test("what other keys have made is not used", async () => {
    const { obtain, keep, cache, sts } = setUp(two);
    const [, ...links] = two.config;
    const other = setUp(forProd(profile("jon", keys("JON1")), ...links));
    cache.put({ key: other.stepKeys[0]!, profile: "prod", session: stsSession("X000") });
    keep(1, "K001");
    await obtain();
    expect(sts.calls).toEqual(["AssumeRole prod by K001, 3600 s"]);
  });
});

describe("a kept session counts", () => {
  test.for<readonly [left: number, isUsed: boolean]>([
    [60 * minute, true],
    [5 * minute + 1, true],
    [5 * minute, false],
    [5 * minute - 1, false],
    [1, false],
    [0, false],
    [-60 * minute, false],
  ])("with %i ms left: %s", async ([left, isUsed]) => {
    const last = setUp(noDevice);
    last.keep(0, "K000", left);
    const found = cachedSession(last.cache, last.resolution, last.plan, now);
    expect(found !== null).toBe(isUsed);
    await last.obtain();
    expect(last.sts.calls.length).toBe(isUsed ? 0 : 1);

    const first = setUp(two);
    first.keep(0, "K000", left);
    await first.obtain();
    expect(first.terminal.questions.length).toBe(isUsed ? 0 : 1);
  });

  test("not when another key's file has its name", async () => {
    const { obtain, stepKeys, sts, vault } = setUp(noDevice);
    const entry = { key: "other", profile: "prod", session: stsSession("K000") };
    vault.files.set(cacheName(stepKeys[0]!), encodeSession(entry));
    await obtain();
    expect(sts.calls.length).toBe(1);
  });
});

describe("codes", () => {
  const { wrongCode } = refusals;
  const note = "STS refused the code of arn:aws:iam::111111111111:mfa/jon";
  const next = "Wait for the next code: each works once. If none works, the device's clock is off.";

  test("a wrong one, then a right one", async () => {
    const { obtain, sts, terminal } = setUp(direct, new FakeSts([wrongCode]));
    await obtain();
    expect(sts.calls).toEqual([
      "AssumeRole prod by JON0, 43200 s, code 111111",
      "AssumeRole prod by JON0, 43200 s, code 222222",
    ]);
    expect([terminal.notes, terminal.questions.length, sts.prepared]).toEqual([
      [`${note}. ${next}`],
      2,
      2,
    ]);
  });

  test("three wrong ones", async () => {
    const sts = new FakeSts([wrongCode, wrongCode, wrongCode]);
    const { refusal, cache, terminal } = setUp(two, sts);
    expect(await refusal()).toEqual(["StsError", note, next]);
    expect(sts.calls).toEqual([
      "GetSessionToken by JON0, 43200 s, code 111111",
      "GetSessionToken by JON0, 43200 s, code 222222",
      "GetSessionToken by JON0, 43200 s, code 333333",
    ]);
    const told = `${note}. ${next}`;
    expect([terminal.notes, cache.entries()]).toEqual([[told, told], []]);
  });

  test("what is typed wrongly is no try", async () => {
    const terminal = new FakeTerminal("1", "22", "333", "4444", "555555");
    const { obtain, sts } = setUp(direct, new FakeSts(), terminal);
    await obtain();
    expect(sts.calls).toEqual(["AssumeRole prod by JON0, 43200 s, code 555555"]);
  });

  test("one that was given is tried once", async () => {
    const { refusal, sts, terminal } = setUp(direct, new FakeSts([wrongCode, wrongCode]));
    expect(
      await refusal(chooseCodes(given("123456"), null, { terminal, mayPrompt: true })),
    ).toEqual(["StsError", note, next]);
    expect(sts.calls).toEqual(["AssumeRole prod by JON0, 43200 s, code 123456"]);
    expect([terminal.notes, terminal.questions]).toEqual([[], []]);
  });

  test("nobody to ask: nothing is called", async () => {
    const { refusal, sts } = setUp(two, new FakeSts(), new FakeTerminal());
    const [kind, message] = await refusal();
    expect([kind, message, sts.calls]).toEqual([
      "CredentialsError",
      "there is no terminal to ask for the code of arn:aws:iam::111111111111:mfa/jon on",
      [],
    ]);
  });

  test("Ctrl-C: nothing is called", async () => {
    const { obtain, sts } = setUp(two, new FakeSts(), new FakeTerminal(new InterruptedError()));
    await expect(obtain()).rejects.toThrow(InterruptedError);
    expect(sts.calls).toEqual([]);
  });

  test("the question names the role at the end, whichever call it is for", async () => {
    const { obtain, terminal } = setUp(two);
    await obtain();
    expect(terminal.questions).toEqual([
      "MFA code of jon (111111111111) for role prod (222222222222): ",
    ]);
  });
});

describe("failures", () => {
  const { wrongCode, wrongSerial, notAuthorized, rootUser, sessionCredentials, expired } = refusals;
  const timeout = { ...expired, kind: "timeout", code: null } as const;
  const unknownToken = refused(
    "InvalidClientTokenId",
    "The security token included in the request is invalid.",
  );
  const unreachable = { ...expired, kind: "unreachable", code: "ECONNREFUSED" } as const;

  test.for(
    Object.entries({
      wrongSerial,
      notAuthorized,
      rootUser,
      sessionCredentials,
      expired,
      timeout,
      unreachable,
    }),
  )("%s: no other code is asked for", async ([, failure]) => {
    const { refusal, sts, terminal, cache } = setUp(direct, new FakeSts([failure]));
    const [kind] = await refusal();
    expect([kind, terminal.questions.length, terminal.notes]).toEqual(["StsError", 1, []]);
    expect(sts.calls.filter((call) => !call.startsWith("GetCallerIdentity"))).toHaveLength(1);
    expect(cache.entries()).toEqual([]);
  });

  test("what was made before is kept", async () => {
    const { refusal, cache, stepKeys } = setUp(two, new FakeSts([null, null, notAuthorized]));
    await refusal();
    expect(cache.entries().map(({ key }) => key)).toEqual(stepKeys.slice(0, 2));
  });

  test("the role that failed is named, and who asked", async () => {
    const { refusal } = setUp(two, new FakeSts([null, notAuthorized]));
    expect(await refusal()).toEqual([
      "StsError",
      "arn:aws:iam::111111111111:user/jonsmith may not assume arn:aws:iam::222222222222:role/base",
      "Check the ARN, the role's trust policy (does it name you? an external id, a session name, an MFA age?), and your own permission for sts:AssumeRole.",
    ]);
  });

  test("a device that is known and was not used is named", async () => {
    const given = forProd(profile("jon", keys(), mfa("jon")), link("prod", "jon"));
    const { refusal } = setUp(given, new FakeSts([notAuthorized]));
    expect(await refusal()).toEqual([
      "StsError",
      "arn:aws:iam::111111111111:user/jonsmith may not assume arn:aws:iam::222222222222:role/prod; no MFA code was sent, and a role that wants one answers just this",
      "The profile with the keys has mfa_serial = arn:aws:iam::111111111111:mfa/jon: write that into the role's profile too, or give --serial-number.",
    ]);
  });

  test("what STS said goes with it", async () => {
    const { obtain } = setUp(noDevice, new FakeSts([expired]));
    const error: unknown = await obtain().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StepRefused);
    expect((error as StepRefused).failure).toEqual(expired);
  });

  test.for([noDevice, direct])("a bug is left as it is", async (given) => {
    const bug = new TypeError("x is not a function");
    const { obtain } = setUp(given, new FakeSts([bug]));
    await expect(obtain()).rejects.toBe(bug);
  });

  describe("who asked is asked", () => {
    const asked = async (what: Given, sts: FakeSts) => {
      const { refusal } = setUp(what, sts);
      const [, message] = await refusal();
      const calls = sts.calls.filter((call) => call.startsWith("GetCallerIdentity"));
      return { message, calls };
    };

    test("with the keys that were refused", async () => {
      const { calls } = await asked(two, new FakeSts([null, notAuthorized]));
      expect(calls).toEqual(["GetCallerIdentity by S001"]);
    });

    test("in vain, which is no failure of its own", async () => {
      const { calls, message } = await asked(noDevice, new FakeSts([notAuthorized], null));
      expect(calls).toEqual(["GetCallerIdentity by JON0"]);
      expect(message).toMatch(/^the owner of the keys of profile "jon" \(.*\) may not assume/);
    });

    test.for(Object.entries({ wrongCode, expired, timeout, unreachable }))(
      "not for %s",
      async ([, failure]) => {
        const { calls } = await asked(noDevice, new FakeSts([failure]));
        expect(calls).toEqual([]);
      },
    );

    test("once and in vain, of a call with a code", async () => {
      const { calls } = await asked(direct, new FakeSts([notAuthorized], null));
      expect(calls).toEqual(["GetCallerIdentity by JON0"]);
    });

    // The words for these do not say who it was.
    test.for(Object.entries({ rootUser, sessionCredentials }))(
      "not for %s",
      async ([, failure]) => {
        const { calls } = await asked(noDevice, new FakeSts([failure]));
        expect(calls).toEqual([]);
      },
    );

    test.for(Object.entries({ wrongSerial, notAuthorized }))(
      "once for %s of a call with a code",
      async ([, failure]) => {
        const { calls } = await asked(direct, new FakeSts([failure]));
        expect(calls).toEqual(["GetCallerIdentity by JON0"]);
      },
    );
  });

  test.for(Object.entries({ ...refusals, timeout, unreachable }))(
    "%s: no secret, token or code is in the words",
    async ([, failure]) => {
      for (const what of [direct, two]) {
        const { refusal } = setUp(
          what,
          new FakeSts([null, failure, failure, failure].slice(what === two ? 0 : 1)),
        );
        const words = (await refusal()).join("\n");
        const { secretAccessKey } = testKeys("JON0");
        const { credentials } = stsSession("S001");
        const secrets = [
          secretAccessKey,
          credentials.secretAccessKey,
          credentials.sessionToken,
          "333333",
        ];
        expect(secrets.filter((secret) => words.includes(secret))).toEqual([]);
      }
    },
  );

  // AWS ends sessions early when the key that made them is deleted or made inactive.
  test("a kept session that STS no longer takes is forgotten and made anew", async () => {
    const { obtain, keep, sts } = setUp(two, new FakeSts([expired]));
    keep(0, "K000");
    await obtain();
    expect(sts.calls).toEqual([
      "AssumeRole base by K000, 3600 s",
      "GetSessionToken by JON0, 43200 s, code 111111",
      "AssumeRole base by S001, 3600 s",
      "AssumeRole prod by S002, 3600 s",
    ]);
  });

  test("so is a kept session in the middle, with the one before it while that is good", async () => {
    const { obtain, keep, sts, cache, stepKeys } = setUp(two, new FakeSts([unknownToken]));
    keep(0, "K000");
    keep(1, "K001");
    await obtain();
    expect(sts.calls).toEqual([
      "AssumeRole prod by K001, 3600 s",
      "AssumeRole base by K000, 3600 s",
      "AssumeRole prod by S001, 3600 s",
    ]);
    expect(stepKeys.map((key) => cache.get(key)?.credentials.accessKeyId.slice(-4))).toEqual([
      "K000",
      "S001",
      "S002",
    ]);
  });

  test("and so are all of them, one after the other", async () => {
    const refused = new FakeSts([unknownToken, expired]);
    const { obtain, keep, sts } = setUp(two, refused);
    keep(0, "K000");
    keep(1, "K001");
    await obtain();
    expect(sts.calls).toEqual([
      "AssumeRole prod by K001, 3600 s",
      "AssumeRole base by K000, 3600 s",
      "GetSessionToken by JON0, 43200 s, code 111111",
      "AssumeRole base by S001, 3600 s",
      "AssumeRole prod by S002, 3600 s",
    ]);
  });

  test("but once only", async () => {
    const { refusal, keep, sts } = setUp(two, new FakeSts([expired, null, expired, expired]));
    keep(0, "K000");
    const [kind] = await refusal();
    expect([kind, sts.calls.length]).toEqual(["StsError", 3]);
  });

  test("and not for a refusal that says nothing of the session", async () => {
    const { refusal, keep, sts, cache, stepKeys } = setUp(two, new FakeSts([null, notAuthorized]));
    keep(0, "K000");
    await refusal();
    expect(sts.calls[0]).toBe("AssumeRole base by K000, 3600 s");
    expect(cache.get(stepKeys[0]!)).not.toBeNull();
  });

  // The profile's keys are long-lived; it is the session in between that is over.
  test("a session in between is not taken for the keys of the profile", async () => {
    const { refusal } = setUp(two, new FakeSts([null, expired]));
    const [, message] = await refusal();
    expect(message).not.toContain('the temporary keys of profile "jon"');
  });
});

describe("used codes", () => {
  const { wrongCode, notAuthorized, expired } = refusals;
  const timeout = { ...expired, kind: "timeout", code: null } as const;
  const unreachable = { ...expired, kind: "unreachable" } as const;

  test.for<
    readonly [
      title: string,
      failures: ConstructorParameters<typeof FakeSts>[0],
      used: readonly string[],
    ]
  >([
    ["taken", [], ["111111"]],
    ["a wrong one is not used up", [wrongCode], ["222222"]],
    ["refused for something else, and perhaps looked at", [notAuthorized], ["111111"]],
    ["the same after a wrong one", [wrongCode, expired], ["222222"]],
    [
      "a connection that broke, perhaps after it was sent",
      [{ ...unreachable, code: "ECONNRESET" }],
      ["111111"],
    ],
    ["no answer", [timeout], ["111111"]],
    ...["ECONNREFUSED", "ENOTFOUND", "EPROXY", "DEPTH_ZERO_SELF_SIGNED_CERT"].map(
      (code) => [`${code}: it was never sent`, [{ ...unreachable, code }], []] as const,
    ),
  ])("%s", async ([, failures, used]) => {
    const { obtain, guard } = setUp(direct, new FakeSts(failures));
    await obtain().catch(() => null);
    expect(guard.used).toEqual(used);
  });
});

describe("another way", () => {
  const { notAuthorized } = refusals;
  const one = forProd(jon, link("prod", "jon", mfa("jon")));
  const denied = {
    ...notAuthorized,
    text: notAuthorized.text.replace("AssumeRole on resource", "GetSessionToken on resource"),
  };
  const chained = {
    ...notAuthorized,
    code: "ValidationError",
    text: "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
  };

  test("a role that an old MFA session does not open gets a fresh code", async () => {
    const { obtain, keep, sts, terminal } = setUp(one, new FakeSts([notAuthorized]));
    keep(0, "K000");
    await obtain();
    expect(sts.calls).toEqual([
      "AssumeRole prod by K000, 3600 s",
      "GetCallerIdentity by K000",
      "AssumeRole prod by JON0, 3600 s, code 111111",
    ]);
    expect(terminal.notes).toEqual([
      "AWS refused the role with the MFA session of earlier; it may want a fresh code",
    ]);
  });

  test("a role that a new MFA session does not open is refused", async () => {
    const { refusal, sts } = setUp(one, new FakeSts([null, notAuthorized]));
    const [kind] = await refusal();
    expect([kind, sts.calls.length]).toEqual(["StsError", 3]);
  });

  test("GetSessionToken that is denied gives way to AssumeRole, with another code", async () => {
    const { obtain, sts, terminal } = setUp(one, new FakeSts([denied]));
    await obtain();
    expect(sts.calls.filter((call) => !call.startsWith("GetCallerIdentity"))).toEqual([
      "GetSessionToken by JON0, 43200 s, code 111111",
      "AssumeRole prod by JON0, 3600 s, code 222222",
    ]);
    expect(terminal.notes).toEqual([
      "AWS denies GetSessionToken here, so the code goes with AssumeRole",
    ]);
  });

  test("a role that turns out to be capped is asked for 1 h, once", async () => {
    const given = { ...noDevice, options: { profile: "prod", duration: "2h" } };
    const sts = new FakeSts([chained, chained]);
    const { refusal, terminal } = setUp(given, sts);
    expect((await refusal())[1]).toBe(
      "arn:aws:iam::222222222222:role/prod is assumed with temporary credentials, for which AWS gives at most 1h",
    );
    expect(sts.calls).toEqual([
      "AssumeRole prod by JON0, 7200 s",
      "AssumeRole prod by JON0, 3600 s",
    ]);
    expect(terminal.notes).toHaveLength(1);
  });
});

describe("keys of which only the id is left", () => {
  const { AWS_ACCESS_KEY_ID } = keyVariables();
  const env = { AWS_ACCESS_KEY_ID, KOPS_MFA_ARN: "GAHT12345678" };

  test("cannot sign", async () => {
    const { refusal, sts, terminal } = setUp({ env });
    const [kind, , hint] = await refusal();
    expect([kind, hint, sts.calls, terminal.questions]).toEqual([
      "CredentialsError",
      "Set both. (A session in this shell replaces the keys that were there: open a new shell, or keep them in ~/.aws/credentials.)",
      [],
      [],
    ]);
  });

  test("are told in words that say each thing once", async () => {
    const [, message] = await setUp({ env }).refusal();
    expect(message).toBe("the environment has AWS_ACCESS_KEY_ID without AWS_SECRET_ACCESS_KEY");
  });

  test("still find the session that was made with them", async () => {
    const { obtain, keep } = setUp({ env });
    keep(0, "K000");
    expect((await obtain()).credentials.accessKeyId).toBe("ASIATESTTESTTESTK000");
  });
});

describe("whether a code is needed, by what is kept", () => {
  const needs = ({ cache, resolution, plan }: ReturnType<typeof setUp>) =>
    needsCode(cache, resolution, plan, now);

  test.for<
    readonly [
      title: string,
      what: Given,
      kept: readonly (readonly [number, number])[],
      needed: boolean,
    ]
  >([
    ["nothing kept", two, [], true],
    ["the MFA session", two, [[0, 60]], false],
    ["one that is all but over", two, [[0, 5]], true],
    ["the role before the last", two, [[1, 60]], false],
    ["the role itself", two, [[2, 60]], false],
    ["one that is all but over, of the role", two, [[2, 5]], true],
    ["a role that gets the code itself", direct, [], true],
    ["the same, kept", direct, [[0, 60]], false],
    ["a role that wants none", noDevice, [], false],
  ])("%s", ([, what, kept, needed]) => {
    const world = setUp(what);
    for (const [step, minutes] of kept) world.keep(step, "KEPT", minutes * minute);
    expect(needs(world)).toBe(needed);
  });
});
