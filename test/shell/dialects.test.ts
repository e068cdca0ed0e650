import { describe, expect, it } from "vitest";
import { KopsMfaError, UsageError } from "../../src/errors.ts";
import {
  findDialect,
  recogniseShell,
  shellNames,
  undetectedShell,
} from "../../src/shell/dialects.ts";

describe("findDialect", () => {
  it.for([
    ["bash", "bash"],
    ["zsh", "zsh"],
    ["sh", "sh"],
    ["fish", "fish"],
    ["powershell", "powershell"],
    ["pwsh", "powershell"],
    ["dash", "sh"],
    ["ash", "sh"],
    ["ksh", "sh"],
    ["mksh", "sh"],
    ["PowerShell", "powershell"],
    ["/usr/bin/zsh", "zsh"],
    ["C:\\Program Files\\Git\\bin\\bash.exe", "bash"],
  ] as const)("%s is %s", ([name, expected]) => {
    expect(findDialect(name).name).toBe(expected);
  });

  const list = "the shells are bash, zsh, sh, fish, powershell";

  it.for([
    ["fihs", `did you mean fish? ${list}`],
    ["bsh", `did you mean bash? ${list}`],
    ["power-shell", `did you mean powershell? ${list}`],
    ["pwhs", `did you mean pwsh? ${list}`],
    ["teletype", list],
    ["", list],
  ])("suggests for %j", ([name, hint]) => {
    const error = thrownBy(() => findDialect(name!));
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({ message: `--shell: unknown shell "${name}"`, hint });
  });

  it("blames the variable that the name came from", () => {
    const error = thrownBy(() => findDialect("\x1b[2J", "KOPS_MFA_SHELL"));
    expect(error.message).toBe(String.raw`KOPS_MFA_SHELL: unknown shell "\u001b[2J"`);
  });

  it("knows shells that it has no dialect for", () => {
    expect(thrownBy(() => findDialect("nu"))).toEqual(undetectedShell("nu"));
    expect(undetectedShell("nu")).toMatchObject({
      message: "nu is not supported yet",
      hint: "--shell takes bash, zsh, sh, fish, powershell; for other programs there is --format json",
    });
  });

  it("has an error for a shell that cannot be told", () => {
    expect(undetectedShell(null)).toMatchObject({
      message: "cannot tell which shell this is",
      hint: "say it with --shell: bash, zsh, sh, fish, powershell",
    });
  });
});

describe("recogniseShell", () => {
  it.for([
    ["/opt/homebrew/bin/fish", { shell: "fish" }],
    ["-bash", { shell: "bash" }],
    ["/bin/tcsh", { shell: null, seen: "tcsh" }],
    ["/usr/bin/python3.11", null],
    ["", null],
  ] as const)("%j", ([program, expected]) => {
    expect(recogniseShell(program)).toEqual(expected);
  });
});

describe.each(shellNames)("every dialect: %s", (name) => {
  const dialect = findDialect(name);

  it.for(["", "A-B", "1A", "A B", "A;B", "A=B", "É", "A\n", "$(x)"])(
    "refuses the variable name %j",
    (variable) => {
      expect(() => dialect.set(variable, "1")).toThrow(KopsMfaError);
      expect(() => dialect.unset(variable)).toThrow(KopsMfaError);
    },
  );

  it.for(["\0", "secret\0", "\ud83d", "secret\ude00x"])("refuses the value %j", (value) => {
    const error = thrownBy(() => dialect.set("TOKEN", value));
    expect(error).toBeInstanceOf(KopsMfaError);
    expect(error.message).toContain("TOKEN");
    expect(error.message).not.toContain("secret");
  });

  it("ends each line so that the next one can follow on the same line", () => {
    for (const text of [dialect.set("A", "1"), dialect.unset("A"), dialect.fail]) {
      expect(text).toMatch(/^[^#\n]+;.*\n$|^[^#\n]+;\n$/);
      expect(text.endsWith(";\n")).toBe(true);
    }
  });
});

function thrownBy(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  return expect.fail("nothing was thrown");
}
