import { describe, expect, it } from "vitest";
import { detectShell } from "../../../src/shell/detect.ts";
import type { Ancestor, Detection, DetectionInput } from "../../../src/shell/detect.ts";

type Line = readonly [exe: string | null, comm: string | null];

/** The parent first, then its parent, and so on; the last one has the process id 1. */
function detect(line: readonly Line[], rest: Partial<DetectionInput> = {}): Detection {
  const ancestors = new Map(
    line.map(([exe, comm], index): [number, Ancestor] => {
      const pid = line.length - index;
      return [pid, { ppid: pid - 1, exe, comm }];
    }),
  );
  const ancestor = (pid: number): Ancestor | null => ancestors.get(pid) ?? null;
  return detectShell({ ppid: line.length, ancestor, env: {}, platform: "linux", ...rest });
}

const init: Line = ["/usr/lib/systemd/systemd", "systemd"];
const fish: Line = ["/usr/bin/fish", "fish"];
const bash: Line = ["/usr/bin/bash", "bash"];
const dash: Line = ["/usr/bin/dash", "sh"];
const node: Line = ["/usr/bin/node", "node"];
const npm: Line = ["/usr/bin/node", "npm exec kops-m"];

const direct: readonly (readonly [title: string, parent: Line, expected: string | null])[] = [
  ["bash", bash, "bash"],
  ["a login shell", ["/usr/bin/bash", "-bash"], "bash"],
  ["a restricted shell", ["/usr/bin/rbash", "rbash"], "bash"],
  ["a versioned name", ["/usr/local/bin/zsh-5.9", "zsh-5.9"], "zsh"],
  ["an upgraded shell, still running", ["/usr/bin/fish (deleted)", "fish"], "fish"],
  ["a script, by its interpreter", ["/usr/bin/bash", "fish"], "bash"],
  ["sh that is dash", dash, "sh"],
  ["sh that is bash", ["/usr/bin/bash", "sh"], "bash"],
  ["busybox", ["/bin/busybox", "busybox"], "sh"],
  ["busybox by another name", ["/bin/busybox", "sh"], "sh"],
  ["a script in busybox", ["/bin/busybox", "deploy.sh"], "sh"],
  ["ksh", ["/usr/bin/ksh93", "ksh"], "sh"],
  ["mksh", ["/usr/bin/mksh", "mksh"], "sh"],
  ["PowerShell", ["/opt/microsoft/powershell/7/pwsh", "pwsh"], "powershell"],
  ["PowerShell as a dotnet tool", ["/usr/lib/dotnet/dotnet", "pwsh"], "powershell"],
  ["ps: only a name", [null, "-zsh"], "zsh"],
  ["ps: only a path", [null, "/bin/zsh"], "zsh"],
  ["tcsh", ["/usr/bin/tcsh", "-csh"], "tcsh"],
  ["csh", ["/bin/csh", "-csh"], "tcsh"],
  ["bsd-csh", ["/bin/bsd-csh", "csh"], "tcsh"],
  ["nushell", ["/usr/bin/nu", "nu"], "nushell"],
  ["elvish", ["/usr/bin/elvish", "elvish"], "elvish"],
  ["xonsh, which names its process", ["/usr/bin/python3.11", "xonsh --no-rc -"], "xonsh"],
  ["xonsh, as the script that it is", ["/usr/bin/python3.11", "xonsh"], "xonsh"],
  ["a shell without a dialect", ["/usr/bin/ion", "ion"], null],
  ["no shell at all", ["/usr/bin/python3.11", "python3"], "fish"],
  ["nothing known", [null, null], "fish"],
];

describe("the nearest ancestor that is a shell", () => {
  it.for(direct)("%s", ([, parent, expected]) => {
    expect(detect([parent, fish, init]).shell).toBe(expected);
  });

  it("says which process it was", () => {
    expect(detect([node, fish, init])).toEqual({ shell: "fish", how: "process 2" });
  });

  it("is never passed over, even without a dialect", () => {
    expect(detect([["/usr/bin/ion", "ion"], bash, init])).toEqual({ shell: null, seen: "ion" });
  });

  it("is behind launchers", () => {
    const launchers: readonly Line[] = [node, ["/usr/bin/sudo", "sudo"], [null, "timeout"]];
    expect(detect([...launchers, fish, init]).shell).toBe("fish");
  });

  it("may be the first process of a container", () => {
    expect(detect([bash]).shell).toBe("bash");
    expect(detect([["/bin/busybox", "init"]]).shell).toBeNull();
  });

  it("is not searched for ever", () => {
    const env = { SHELL: "/bin/zsh" };
    const chain = (length: number) => [...Array<Line>(length).fill(node), fish];
    expect(detect(chain(7), { env }).shell).toBe("fish");
    expect(detect(chain(8), { env })).toEqual({ shell: "zsh", how: "SHELL" });
    const self = (): Ancestor => ({ ppid: 7, exe: null, comm: null });
    expect(detect([], { env, ppid: 7, ancestor: self }).shell).toBe("zsh");
  });
});

describe("the sh of a package runner", () => {
  it.for([
    ["npm exec", npm],
    ["npx", [null, "npx"]],
    ["pnpm", ["/opt/pnpm/pnpm", "pnpm"]],
    ["yarn", ["/usr/bin/node", "yarn"]],
    ["bun", ["/home/me/.bun/bin/bun", "bun"]],
  ] as const)("is passed over: %s", ([, runner]) => {
    expect(detect([dash, runner, fish, init]).shell).toBe("fish");
    expect(detect([["/bin/busybox", "sh"], runner, fish, init]).shell).toBe("fish");
    expect(detect([["/usr/bin/bash", "sh"], runner, fish, init]).shell).toBe("fish");
  });

  it("is known by the runner's variable where the runner has no name", () => {
    const env = { npm_execpath: "/usr/lib/node_modules/yarn/bin/yarn.js" };
    expect(detect([dash, node, fish, init], { env }).shell).toBe("fish");
    expect(detect([dash, node, fish, init]).shell).toBe("sh");
  });

  it("is no other shell, and no sh of anything else", () => {
    expect(detect([bash, npm, fish, init]).shell).toBe("bash");
    expect(detect([dash, ["/usr/bin/make", "make"], fish, init]).shell).toBe("sh");
    expect(detect([dash]).shell).toBe("sh");
  });
});

describe("the order", () => {
  it("starts with KOPS_MFA_SHELL", () => {
    const env = { KOPS_MFA_SHELL: "pwsh", SHELL: "/bin/zsh" };
    const expected = { shell: "powershell", how: "KOPS_MFA_SHELL" };
    expect(detect([bash], { env })).toEqual(expected);
    expect(detect([bash], { env, platform: "win32" })).toEqual(expected);
  });

  it("takes an empty KOPS_MFA_SHELL for none and refuses a wrong one", () => {
    expect(detect([bash], { env: { KOPS_MFA_SHELL: "" } }).shell).toBe("bash");
    expect(() => detect([bash], { env: { KOPS_MFA_SHELL: "fihs" } })).toThrow(
      'KOPS_MFA_SHELL: unknown shell "fihs"',
    );
  });

  it("believes the ancestors more than SHELL", () => {
    expect(detect([bash, init], { env: { SHELL: "/usr/bin/fish" } }).shell).toBe("bash");
  });

  it.for([
    ["/usr/bin/fish", { shell: "fish", how: "SHELL" }],
    ["/bin/tcsh", { shell: "tcsh", how: "SHELL" }],
    ["/bin/murex", { shell: null, seen: "murex" }],
    ["/usr/sbin/nologin", { shell: null, seen: null }],
    ["", { shell: null, seen: null }],
    [undefined, { shell: null, seen: null }],
  ] as const)("ends with SHELL: %j", ([SHELL, expected]) => {
    expect(detect([init], { env: { SHELL } })).toEqual(expected);
  });
});

describe("Windows", () => {
  it.for([
    [{ MSYSTEM: "MINGW64" }, { shell: "bash", how: "MSYSTEM" }],
    [
      { MSYSTEM: "MSYS", SHELL: "/usr/bin/zsh" },
      { shell: "zsh", how: "SHELL" },
    ],
    [{ SHELL: "C:\\Program Files\\Git\\usr\\bin\\bash.exe" }, { shell: "bash", how: "SHELL" }],
    [{ PSModulePath: "C:\\Modules" }, { shell: null, seen: null }],
  ] as const)("goes by what Git Bash leaves behind: %j", ([env, expected]) => {
    const ancestor = () => expect.fail("asked for a process");
    expect(detect([], { env, ancestor, ppid: 5, platform: "win32" })).toEqual(expected);
  });
});
