import { describe, expect, test } from "vitest";
import { InterruptedError } from "../../../../src/errors.ts";
import { openCache } from "../../../../src/session/cache.ts";
import { obtainSession, planKeys } from "../../../../src/session/obtain.ts";
import { planSession } from "../../../../src/session/plan.ts";
import { chooseCodes } from "../../../../src/session/mfa/token-code.ts";
import {
  keys,
  keyVariables,
  link,
  mfa,
  mfaArn,
  profile,
  resolved,
  roleArn,
  toRefusal,
  type Given,
  forProd,
} from "../../../support/config/build.ts";
import {
  clock,
  FakeGuard,
  FakeSts,
  FakeTerminal,
  FakeVault,
  refusals,
} from "../../../support/session/build.ts";

const jon = profile("jon", keys());
/** A role and no device. */
const bare = forProd(jon, link("prod", "jon"));

const { notAuthorized, rootUser, expired } = refusals;
const phone = mfaArn("jon-phone");
const token = "GAHT12345678";
const key = "arn:aws:iam::111111111111:u2f/user/jon/yubikey-ABCDEFGHIJ";

interface Case {
  readonly what?: Given;
  readonly devices?: readonly string[] | null;
  readonly answers?: readonly (string | Error)[];
  readonly failures?: ConstructorParameters<typeof FakeSts>[0];
}

/** What comes of it when AWS refuses the role, and these answers are given. */
async function meet({ what = bare, devices = null, answers = [], failures }: Case) {
  const sts = new FakeSts(failures ?? [notAuthorized]);
  sts.devices = devices;
  const terminal = new FakeTerminal("111111");
  terminal.openAnswers.push(...answers);
  const resolution = resolved(what);
  const cache = openCache(new FakeVault(), (problem) => expect.fail(problem));
  const codes = chooseCodes(null, null, { terminal, mayPrompt: true });
  const credentials = () => Promise.reject(new Error("no provider is asked here"));
  const from = { sts, cache, codes, guard: new FakeGuard(), clock, terminal, credentials };
  const ended: unknown = await obtainSession(from, resolution, planSession(resolution)).catch(
    (error: unknown) => error,
  );
  const calls = sts.calls.filter((call) => !call.startsWith("GetCallerIdentity"));
  return { ended, calls, terminal, listings: sts.listings, cache };
}

const message = `arn:aws:iam::111111111111:user/jonsmith may not assume ${roleArn("prod")}; no MFA code was sent, and a role that wants one answers just this`;
const plainHint = "Set mfa_serial in the profile, or KOPS_MFA_ARN, to the ARN of your MFA device.";
const withCode = [
  "AssumeRole prod by JON0, 3600 s",
  "GetSessionToken by JON0, 43200 s, code 111111",
  "AssumeRole prod by S001, 3600 s",
];
const useJon = `Use MFA device ${mfaArn("jon")}? [Y/n]`;
const afterwards = `to be asked for the code only, write into profile "prod": mfa_serial = ${mfaArn("jon")}`;

describe("one device", () => {
  test.for(["", "y", "Y", "yes", " yes "])("is used after %j", async (answer) => {
    const { calls, terminal, listings } = await meet({
      devices: [mfaArn("jon")],
      answers: [answer],
    });
    expect(calls).toEqual(withCode);
    expect([terminal.openQuestions, terminal.notes, listings]).toEqual([
      [useJon],
      [afterwards],
      ["JON0"],
    ]);
    expect(terminal.questions).toEqual([
      "MFA code of jon (111111111111) for role prod (222222222222): ",
    ]);
  });

  test.for(["n", "N", "no"])("is not used after %j", async (answer) => {
    const { ended, calls, terminal } = await meet({ devices: [mfaArn("jon")], answers: [answer] });
    expect(toRefusal(ended)).toEqual(["StsError", message, plainHint]);
    expect([calls, terminal.questions]).toEqual([withCode.slice(0, 1), []]);
  });

  test("is asked for again after another answer", async () => {
    const { calls, terminal } = await meet({ devices: [mfaArn("jon")], answers: ["111111", "y"] });
    expect(calls).toEqual(withCode);
    expect([terminal.openQuestions, terminal.notes[0]]).toEqual([
      [useJon, useJon],
      "answer y or n",
    ]);
  });

  test("is named where there is nobody to ask", async () => {
    const { ended, calls } = await meet({ devices: [mfaArn("jon")] });
    expect(toRefusal(ended)).toEqual([
      "StsError",
      message,
      `Your MFA device is ${mfaArn("jon")}: set mfa_serial in the profile, or KOPS_MFA_ARN, to it.`,
    ]);
    expect(calls).toEqual(withCode.slice(0, 1));
  });

  test("Ctrl-C", async () => {
    const { ended } = await meet({ devices: [token], answers: [new InterruptedError()] });
    expect(ended).toBeInstanceOf(InterruptedError);
  });

  test("is the one beside security keys", async () => {
    const { terminal } = await meet({ devices: [key, token], answers: ["y"] });
    expect(terminal.openQuestions).toEqual([`Use MFA device ${token}? [Y/n]`]);
  });
});

describe("several devices", () => {
  const devices = [mfaArn("jon"), key, phone, token];
  const question = `Your MFA devices:\n  1  ${mfaArn("jon")}\n  2  ${phone}\n  3  ${token}\nUse which? [1-3, or n]`;

  test("are a choice", async () => {
    const { terminal, calls } = await meet({ devices, answers: ["", "0", "4", "y", "2"] });
    expect(calls).toEqual(withCode);
    expect(terminal.openQuestions).toEqual(Array.from({ length: 5 }, () => question));
    expect(terminal.questions[0]).toContain("MFA code of jon-phone");
    expect(new Set(terminal.notes.slice(0, 4))).toEqual(
      new Set(["answer with a number from 1 to 3, or n for none"]),
    );
  });

  test("none of them", async () => {
    const { ended } = await meet({ devices, answers: ["n"] });
    expect(toRefusal(ended)).toEqual(["StsError", message, plainHint]);
  });

  test("are named where there is nobody to ask", async () => {
    const [, , hint] = toRefusal((await meet({ devices: devices.slice(0, 3) })).ended);
    expect(hint).toBe(
      `Your MFA devices are ${mfaArn("jon")} and ${phone}: set mfa_serial in the profile, or KOPS_MFA_ARN, to one of them.`,
    );
  });
});

test.for<readonly [title: string, devices: readonly string[] | null, hint: string]>([
  ["that may not be listed", null, plainHint],
  [
    "that are not there",
    [],
    "Your user has no MFA device: if the role wants one, add an authenticator app to the user in the IAM console.",
  ],
  [
    "that are security keys",
    [key, "arn:aws:iam::111111111111:sms-mfa/jon"],
    "Your user has only a security key or passkey, and AWS STS accepts only codes: add an authenticator app in the IAM console.",
  ],
])("devices %s: nobody is asked", async ([, devices, hint]) => {
  const { ended, terminal } = await meet({ devices, answers: ["y"] });
  expect([toRefusal(ended), terminal.openQuestions]).toEqual([["StsError", message, hint], []]);
});

describe("a device of the profile with the keys", () => {
  const what = forProd(profile("jon", keys(), mfa("jon")), link("prod", "jon"));

  test("is offered, and nothing is listed", async () => {
    const { calls, terminal, listings } = await meet({ what, devices: [phone], answers: ["y"] });
    expect([calls, terminal.openQuestions, listings]).toEqual([withCode, [useJon], []]);
  });

  test.for([[], ["n"]])("is in the error as ever (%j)", async (answers) => {
    const [, , hint] = toRefusal((await meet({ what, answers })).ended);
    expect(hint).toMatch(/^The profile with the keys has mfa_serial = /);
  });
});

describe("the plan with the device", () => {
  test.for<readonly [title: string, what: Given, last: string]>([
    ["shared", bare, "AssumeRole prod by S001, 3600 s"],
    [
      "direct, for longer than an hour",
      forProd(jon, link("prod", "jon", "duration_seconds = 12h")),
      "AssumeRole prod by JON0, 43200 s, code 111111",
    ],
    [
      "direct, if asked for",
      { ...bare, options: { profile: "prod", noSession: true } },
      "AssumeRole prod by JON0, 3600 s, code 111111",
    ],
  ])("%s", async ([, what, last]) => {
    const { calls } = await meet({ what, devices: [mfaArn("jon")], answers: ["y"] });
    expect(calls.at(-1)).toBe(last);
  });

  test("is what it would be if the profile named it, so that the session is found again", async () => {
    const { cache } = await meet({ devices: [mfaArn("jon")], answers: ["y"] });
    const named = resolved(forProd(jon, link("prod", "jon", mfa("jon"))));
    expect(cache.entries().map((entry) => entry.key)).toEqual(planKeys(named, planSession(named)));
  });

  test("that is refused is an error of its own, and nothing is to be written down", async () => {
    const { ended, terminal } = await meet({
      devices: [mfaArn("jon")],
      answers: ["y"],
      failures: [notAuthorized, null, notAuthorized],
    });
    expect(toRefusal(ended)[1]).toBe(
      `arn:aws:iam::111111111111:user/jonsmith may not assume ${roleArn("prod")}`,
    );
    expect(terminal.notes).toEqual([]);
  });

  test("without a profile the variable is named", async () => {
    const env = { ...keyVariables("JON0"), KOPS_MFA_ROLE_ARN: roleArn("prod") };
    const { terminal } = await meet({ what: { env }, devices: [token], answers: ["y"] });
    expect(terminal.notes).toEqual([`to be asked for the code only, set KOPS_MFA_ARN=${token}`]);
  });
});

describe("nothing is listed", () => {
  test.for<readonly [title: string, meeting: Case]>([
    ["after another refusal", { failures: [rootUser] }],
    ["when the keys have expired", { failures: [expired] }],
    [
      "when a code was sent",
      { what: forProd(jon, link("prod", "jon", mfa("jon"))), failures: [null, notAuthorized] },
    ],
    [
      "for temporary keys",
      { what: forProd(profile("jon", keys(), "aws_session_token = t"), link("prod", "jon")) },
    ],
    [
      "for the second role of a chain",
      {
        what: forProd(jon, link("base", "jon"), link("prod", "base")),
        failures: [null, notAuthorized],
      },
    ],
    ["when all is well", { failures: [] }],
  ])("%s", async ([, meeting]) => {
    const { listings, terminal } = await meet({ ...meeting, devices: [token], answers: ["y"] });
    expect([listings, terminal.openQuestions]).toEqual([[], []]);
  });
});
