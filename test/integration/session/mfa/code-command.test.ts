import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Setting } from "../../../../src/config/origin.ts";
import type { CodeCommandEnd } from "../../../../src/context/terminal.ts";
import { CredentialsError } from "../../../../src/errors.ts";
import {
  codeCommandSeconds,
  fillPlaceholders,
  readCode,
} from "../../../../src/session/mfa/code-command.ts";
import { mfaArn, refusalOf } from "../../../support/config/build.ts";
import { cases, seed } from "../../../fuzz/effort.ts";
import { hostileValues } from "../../../support/shell/hostile-values.ts";

/** `mfa_process` of line 7. */
function mfaProcess(value: string): Setting {
  const file = "~/.aws/config";
  return {
    value,
    origin: { kind: "file", file, line: 7, profile: "prod", key: "mfa_process" },
  };
}

const serial = mfaArn("jon");
const fill = (command: string, profile: string | null = "prod", platform = "linux") =>
  fillPlaceholders(mfaProcess(command), { serial, profile }, platform);

describe("placeholders", () => {
  test.for<readonly [command: string, filled: string]>([
    ["oathtool", "oathtool"],
    ["otp {serial}", `otp ${serial}`],
    ['otp "{serial}"', `otp "${serial}"`],
    ["sh -c 'otp {serial}'", `sh -c 'otp ${serial}'`],
    ["otp $(name {profile}) {serial}{serial}", `otp $(name prod) ${serial}${serial}`],
    ["otp {Serial} {} {user} ${serial} {{profile}}", "otp {Serial} {} {user} $arn {prod}"],
    ["jq '{serialNumber}'", "jq '{serialNumber}'"],
  ])("%s", ([command, filled]) => {
    expect(fill(command)).toBe(filled.replace("$arn", `$${serial}`));
  });

  const name = "it's $HOME";
  const quoted = String.raw`'it'\''s $HOME'`;

  test.for<readonly [before: string]>([
    [""],
    ["otp "],
    ["otp --profile="],
    ["otp 'of the' \"team\" "],
    ["otp $(cat file) "],
    ["a && b; "],
  ])("a name with meaning is quoted after %j", ([before]) => {
    expect(fill(`${before}{profile}`, name)).toBe(before + quoted);
  });

  test("what a value says is not filled in again", () => {
    expect(fill("{profile}", "{serial} x")).toBe("'{serial} x'");
  });

  test.for([
    ['otp "', "double quotes"],
    ["otp '", "single quotes"],
    ["otp `", "an old substitution"],
    [String.raw`otp \"`, "an escape"],
    [String.raw`otp "a\"" "`, "an escape in quotes"],
    ['otp "$(id)" ', "a substitution in quotes, which may be whole or not"],
    ["otp ${x:-", "an expansion"],
    ["otp $((", "arithmetic"],
    ["cat <<EOF ", "a here document"],
    ["otp # it's\n", "another line"],
  ] as const)("a name with meaning does not go behind %j (%s)", ([before]) => {
    expect(refusalOf(() => fill(`${before}{profile}`, name))).toEqual([
      "CredentialsError",
      `~/.aws/config:7 (mfa_process): {profile} stands for "it's $HOME" here, which cannot be put into the command`,
      "Put {profile} outside of all quotes, or write what it stands for yourself.",
    ]);
  });

  test.for<readonly [profile: string | null, what: string]>([
    [null, "nothing"],
    ["-rf", '"-rf"'],
    ["- x", '"- x"'],
  ])("%j has no place anywhere", ([profile, what]) => {
    const [, message] = refusalOf(() => fill("otp {profile}", profile));
    expect(message).toContain(`{profile} stands for ${what} here`);
  });

  test("no profile is no matter where none is asked for", () => {
    expect(fill("otp {serial}", null)).toBe(`otp ${serial}`);
  });

  describe("on Windows", () => {
    test.for<readonly [command: string, profile: string, filled: string]>([
      ["otp {profile}", "prod", "otp prod"],
      ['otp "{profile}"', "prod", 'otp "prod"'],
      ["otp {profile}", "my team", 'otp "my team"'],
    ])("%s for %s", ([command, profile, filled]) => {
      expect(fill(command, profile, "win32")).toBe(filled);
    });

    test.for<readonly [command: string, profile: string]>([
      ['otp "{profile}"', "my team"],
      ["otp {profile}", "%PATH%"],
      ["otp {profile}", "a&b"],
      ["otp {profile}", 'a"b'],
      ["otp {profile}", "a!b"],
      ["otp {profile}", "a^b"],
    ])("%s for %s is refused", ([command, profile]) => {
      expect(() => fill(command, profile, "win32")).toThrow(CredentialsError);
    });
  });

  // Words that people may have around it, and what the shell then makes of the value.
  const frames = [
    "printf '%s\\0' {profile}",
    'printf "%s\\0" {profile}',
    "test -n {profile} && printf '%s\\0' {profile}",
    'x="$(printf "%s." {profile})"; printf "%s\\0" "${x%.}"',
    "printf '%s\\0' \"{profile}\"",
    "printf '%s\\0' '{profile}'",
    "x=$(printf '%s.' {profile}); printf '%s\\0' \"${x%.}\"",
    "eval \"printf '%s\\0' {profile}\"",
    "cat <<EOF | tr '\\n' '\\0'\n{profile}\nEOF",
    "printf '%s\\0' `printf '%s' {profile}`",
  ];

  test("whatever the name and wherever it stands, /bin/sh gets it or it is refused", () => {
    const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 });
    const sharp = fc.string({
      unit: fc.constantFrom(...Array.from("ab '\"\\`$(){}<>|&;*?#~!=-%\n\t")),
      minLength: 1,
      maxLength: 8,
    });
    const names = [
      ...hostileValues.filter((value) => !/[\0\ud800-\udfff]/.test(value)),
      ...fc.sample(fc.oneof(text, sharp), { numRuns: cases(300, 20), seed }),
    ];
    const filled = names.flatMap((profile) =>
      frames.flatMap((frame, index) => {
        try {
          return [{ profile, index, script: fill(frame, profile) }];
        } catch (error) {
          expect(error).toBeInstanceOf(CredentialsError);
          return [];
        }
      }),
    );
    const whole = filled.map(({ script }) => `(${script}\n)`).join("\n");
    const { stdout, stderr, status } = spawnSync("/bin/sh", {
      input: whole,
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    });
    expect([stderr, status], `seed ${seed}`).toEqual(["", 0]);
    expect(stdout.split("\0").slice(0, -1)).toEqual(filled.map(({ profile }) => profile));
    expect(filled.length).toBeGreaterThan(600);
  });
});

describe("the code", () => {
  const setting = mfaProcess("otp");
  const exited = (output: string, exitCode = 0): CodeCommandEnd => ({
    how: "exited",
    exitCode,
    output,
  });

  test.for(["123456", "000000", "123456\n", " \t123456\r\n\n"])("%j", (output) => {
    expect(readCode(setting, exited(output))).toBe(output.trim());
  });

  test.for<CodeCommandEnd>([
    exited("123456", 1),
    exited(""),
    exited(" \n"),
    exited("123 456"),
    exited("12345"),
    exited("1234567"),
    exited("１２３４５６"),
    exited("123456\n654321"),
    exited("JBSWY3DPEHPK3PXP"),
    exited("JBSWY3DPEHPK3PXP", 2),
    { how: "killed", signal: "SIGKILL" },
    { how: "timed-out", seconds: 60 },
    { how: "not-started", why: "no such file or directory" },
  ])("%j is none, and the words show nothing of it", (end) => {
    const words = refusalOf(() => readCode(setting, end)).join("\n");
    expect(words).toMatch(/^CredentialsError\n~\/\.aws\/config:7 \(mfa_process\): .+\n.+$/);
    expect(words).not.toMatch(/JBSWY|\d{5}/);
  });

  test("no shell", () => {
    const end = { how: "not-started", why: "no such file or directory" } as const;
    expect(refusalOf(() => readCode(setting, end))).toEqual([
      "CredentialsError",
      "~/.aws/config:7 (mfa_process): no shell could be started for the command (no such file or directory)",
      "Run it yourself in this terminal to see why.",
    ]);
  });
});

describe("the time", () => {
  test.for<readonly [text: string | undefined, seconds: number]>([
    [undefined, 60],
    ["", 60],
    ["5", 5],
    ["0.5", 0.5],
    ["600", 600],
  ])("%j", ([text, seconds]) => {
    expect(codeCommandSeconds({ KOPS_MFA_PROCESS_TIMEOUT: text })).toBe(seconds);
  });

  test.for(["0", "-1", "601", "soon", "NaN", "Infinity"])("%j is none", (text) => {
    expect(refusalOf(() => codeCommandSeconds({ KOPS_MFA_PROCESS_TIMEOUT: text }))).toEqual([
      "ConfigError",
      `KOPS_MFA_PROCESS_TIMEOUT: "${text}" is not a number of seconds up to 600`,
      "Leave it out for the 60 seconds that mfa_process is given otherwise.",
    ]);
  });
});
