import { describe, expect, test } from "vitest";
import { InterruptedError } from "../../../../src/errors.ts";
import { chooseCodes, type CodeRequest } from "../../../../src/session/mfa/token-code.ts";
import { given, mfaArn, roleArn, toRefusal } from "../../../support/config/build.ts";
import { FakeTerminal } from "../../../support/session/build.ts";

const request: CodeRequest = {
  serialNumber: mfaArn("jonsmith"),
  roleArn: roleArn("kops-admin"),
  profile: "prod",
};

const promptedCodes = (terminal: FakeTerminal) =>
  chooseCodes(null, null, { terminal, mayPrompt: true });

test("a code that was given is the only one", async () => {
  const codes = chooseCodes(given("123456", "--token-code"), null, {
    terminal: new FakeTerminal(),
    mayPrompt: true,
  });
  expect([codes.tries, await codes.next(request)]).toEqual([1, "123456"]);
});

test("a person may try three", () => {
  expect(promptedCodes(new FakeTerminal()).tries).toBe(3);
});

describe("the question", () => {
  const device = "MFA code of jonsmith (111111111111)";

  test.for<readonly [title: string, change: Partial<CodeRequest>, question: string]>([
    ["for a role", {}, `${device} for role kops-admin (222222222222): `],
    [
      "for a role with a path",
      { roleArn: roleArn("team/kops/admin") },
      `${device} for role team/kops/admin (222222222222): `,
    ],
    ["for a user", { roleArn: null }, `${device} for profile prod: `],
    ["for a user of no profile", { roleArn: null, profile: null }, `${device}: `],
    [
      "of a hardware token",
      { serialNumber: "GAHT12345678", roleArn: null },
      "MFA code of GAHT12345678 for profile prod: ",
    ],
    [
      "of a device with a path",
      { serialNumber: mfaArn("people/jonsmith"), roleArn: null },
      `${device} for profile prod: `,
    ],
    [
      "in GovCloud",
      {
        serialNumber: "arn:aws-us-gov:iam::333333333333:mfa/jon",
        roleArn: "arn:aws-us-gov:iam::444444444444:role/kops",
      },
      "MFA code of jon (333333333333) for role kops (444444444444): ",
    ],
  ])("%s", async ([, change, question]) => {
    const terminal = new FakeTerminal("123456");
    await promptedCodes(terminal).next({ ...request, ...change });
    expect(terminal.questions).toEqual([question]);
  });
});

test.for(["123456", "000000", "123 456", " 123456 ", "123-456", "12 34 56", "\t123456\r"])(
  "%j is a code",
  async (answer) => {
    const terminal = new FakeTerminal(answer);
    const code = await promptedCodes(terminal).next(request);
    expect([code, terminal.notes]).toEqual([answer.replaceAll(/\D/g, ""), []]);
  },
);

// Conformance 50.
test.for(["", "12a", "12345", "1234567", "abcdef", "１２３４５６", "٠١٢٣٤٥", "12.456", "$(id)"])(
  "%j is none, and another is asked for",
  async (answer) => {
    const terminal = new FakeTerminal(answer, "123456");
    const code = await promptedCodes(terminal).next(request);
    expect([code, terminal.notes, terminal.questions.length]).toEqual([
      "123456",
      ["the code has six digits"],
      2,
    ]);
  },
);

test("nobody to ask", async () => {
  const codes = promptedCodes(new FakeTerminal());
  expect(toRefusal(await codes.next(request).catch((error: unknown) => error))).toEqual([
    "CredentialsError",
    `there is no terminal to ask for the code of ${mfaArn("jonsmith")} on`,
    "Give it with --token-code, KOPS_MFA_TOKEN_CODE or mfa_process, or run kops-mfa in a terminal first: the session is kept.",
  ]);
});

test("Ctrl-C ends it, with nothing said", async () => {
  const terminal = new FakeTerminal("12", new InterruptedError());
  await expect(promptedCodes(terminal).next(request)).rejects.toThrow(InterruptedError);
  expect(terminal.notes).toEqual(["the code has six digits"]);
});
