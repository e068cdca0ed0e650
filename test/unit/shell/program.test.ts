import { describe, expect, it } from "vitest";
import { plainName, plainNames } from "../../../src/shell/program.ts";

describe("plainName", () => {
  it.for([
    ["bash", "bash"],
    ["-bash", "bash"],
    ["/usr/bin/bash", "bash"],
    ["/usr/local/bin/-zsh", "zsh"],
    ["zsh-5.9", "zsh"],
    ["/usr/bin/bash-5.2.15-static", "bash"],
    ["bash5", "bash"],
    ["fish-4.0b1", "fish"],
    ["ksh93", "ksh"],
    ["python3.11", "python"],
    ["rbash", "bash"],
    ["rksh", "ksh"],
    ["/usr/bin/bash (deleted)", "bash"],
    ["/usr/bin/zsh-5.9 (deleted)", "zsh"],
    ["/bin/bash-static", "bash"],
    ["pwsh-preview", "pwsh"],
    ["C:\\Program Files\\PowerShell\\7\\pwsh.exe", "pwsh"],
    ["/c/Program Files/Git/usr/bin/bash.exe", "bash"],
    ["/Applications/My Shells/fish", "fish"],
    ["npm exec kops-m", "npm"],
    ["xonsh --no-rc -", "xonsh"],
    ["sh", "sh"],
    ["rsh", "rsh"],
    ["bash2csv", "bash2csv"],
    ["fish_indent", "fish_indent"],
    ["", ""],
  ] as const)("%j is %j", ([text, name]) => {
    expect(plainName(text)).toBe(name);
  });
});

describe("plainNames", () => {
  it.for([
    [{ exe: "/bin/bash", comm: "deploy.sh" }, ["bash", "deploy.sh"]],
    [{ exe: null, comm: "-zsh" }, ["zsh"]],
    [{ exe: null, comm: null }, []],
    [{ exe: "/bin/busybox", comm: "deploy.sh" }, ["sh"]],
    [{ exe: "/bin/busybox", comm: "init" }, ["busybox", "init"]],
  ] as const)("%j", ([program, names]) => {
    expect(plainNames(program)).toEqual(names);
  });
});
