import { describe, expect, it } from "vitest";
import { KopsMfaError, UsageError } from "../../../../src/errors.ts";
import {
  findDialect,
  recogniseShell,
  shellNames,
  undetectedShell,
} from "../../../../src/shell/dialects/registry.ts";

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
    ["csh", "tcsh"],
    ["bsd-csh", "tcsh"],
    ["nu", "nushell"],
    ["elvish", "elvish"],
    ["xonsh", "xonsh"],
    ["C:\\Windows\\System32\\cmd.exe", "cmd"],
    ["/usr/bin/zsh", "zsh"],
    ["C:\\Program Files\\Git\\bin\\bash.exe", "bash"],
  ] as const)("%s is %s", ([name, expected]) => {
    expect(findDialect(name).name).toBe(expected);
  });

  const all = "bash, zsh, sh, fish, powershell, tcsh, nushell, elvish, xonsh, cmd";
  const list = `the shells are ${all}`;

  it.for([
    ["fihs", `did you mean fish? ${list}`],
    ["bsh", `did you mean bash? ${list}`],
    ["power-shell", `did you mean powershell? ${list}`],
    ["pwhs", `did you mean pwsh? ${list}`],
    ["nushel", `did you mean nushell? ${list}`],
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
    expect(thrownBy(() => findDialect("ion"))).toEqual(undetectedShell("ion"));
    expect(undetectedShell("ion")).toMatchObject({
      message: "ion is not supported yet",
      hint: `--shell takes ${all}; for other programs there is --format json`,
    });
  });

  it("has an error for a shell that cannot be told", () => {
    expect(undetectedShell(null)).toMatchObject({
      message: "cannot tell which shell this is",
      hint: `say it with --shell: ${all}`,
    });
  });
});

describe("recogniseShell", () => {
  it.for([
    ["/opt/homebrew/bin/fish", { shell: "fish" }],
    ["-bash", { shell: "bash" }],
    ["/bin/tcsh", { shell: "tcsh" }],
    ["/bin/ion", { shell: null, seen: "ion" }],
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
      expect(() => dialect.render({ unset: [], set: [[variable, "1"]] })).toThrow(KopsMfaError);
      expect(() => dialect.render({ unset: [variable], set: [] })).toThrow(KopsMfaError);
    },
  );

  it.for(["\0", "secret\0", "\ud83d", "secret\ude00x"])("refuses the value %j", (value) => {
    const error = thrownBy(() => dialect.render({ unset: [], set: [["TOKEN", value]] }));
    expect(error).toBeInstanceOf(KopsMfaError);
    expect(error.message).toContain("TOKEN");
    expect(error.message).not.toContain("secret");
  });

  it("prints whole lines", () => {
    const change = { unset: ["GONE"], set: [["A", "1"]] } as const;
    for (const text of [dialect.render(change), dialect.fail]) {
      expect(text.endsWith("\n")).toBe(true);
      expect(text).not.toContain("#");
    }
  });
});

describe.each(["bash", "zsh", "sh", "fish", "powershell", "tcsh"])("every line of %s", (name) => {
  const dialect = findDialect(name);

  it("ends so that the next one can follow on the same line", () => {
    const change = { unset: ["GONE"], set: [["A", "1"]], conflicting: ["GONE"] } as const;
    expect(dialect.render(change)).toMatch(/^([^\n]*(;|\b(then|else|do))\n){2,}$/);
    expect(dialect.fail).toMatch(/^[^\n]+;\n$/);
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
