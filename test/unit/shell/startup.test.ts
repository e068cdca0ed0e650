import { describe, expect, test } from "vitest";
import type { ShellName } from "../../../src/shell/dialects/registry.ts";
import { loadsIntegration, startupOf, withIntegration } from "../../../src/shell/startup.ts";

const home = "/home/jon";
const file = (shell: ShellName, env = {}, platform = "linux") =>
  startupOf(shell)?.file({ env, platform, home });

test.each([
  ["bash", file("bash"), "/home/jon/.bashrc"],
  ["bash of macOS", file("bash", {}, "darwin"), "/home/jon/.bash_profile"],
  ["zsh", file("zsh"), "/home/jon/.zshrc"],
  ["zsh elsewhere", file("zsh", { ZDOTDIR: "/z" }), "/z/.zshrc"],
  ["fish", file("fish"), "/home/jon/.config/fish/config.fish"],
  ["fish elsewhere", file("fish", { XDG_CONFIG_HOME: "/x" }), "/x/fish/config.fish"],
  ["sh", file("sh"), null],
  ["sh with a file", file("sh", { ENV: "/home/jon/.shrc" }), "/home/jon/.shrc"],
  ["sh with a file that it works out", file("sh", { ENV: "/${USER}/.shrc" }), null],
  ["tcsh", file("tcsh"), "/home/jon/.tcshrc"],
  ["nushell", file("nushell"), "/home/jon/.config/nushell/config.nu"],
  ["nushell of macOS", file("nushell", {}, "darwin"), null],
  ["elvish", file("elvish", { XDG_CONFIG_HOME: "/x" }), "/x/elvish/rc.elv"],
  ["xonsh", file("xonsh"), "/home/jon/.xonshrc"],
  ["PowerShell on Windows", file("powershell", {}, "win32"), null],
])("the start-up file of %s", (_, found, expected) => {
  expect(found).toBe(expected);
});

describe("the line is there already", () => {
  test.each([
    ['eval "$(kops-mfa init bash)"', true],
    ['x=1\n  [ -t 0 ] && eval "$(kops-mfa init bash --wrap kops)"\n', true],
    [". /opt/kops-mfa/shell/kops-mfa.bash", true],
    ['# eval "$(kops-mfa init bash)"', false],
    ["alias k=kops-mfa", false],
    ["kops-mfa status", false],
    ["", false],
  ])("%j: %s", (text, expected) => {
    expect(loadsIntegration(text)).toBe(expected);
  });
});

test.each([
  ["", ""],
  ["a", "a\n\n"],
  ["a\n", "a\n\n"],
  ["a\r\n", "a\r\n\r\n"],
])("added to %j", (before, start) => {
  const eol = before.includes("\r") ? "\r\n" : "\n";
  const startup = startupOf("fish");
  if (!startup) throw new Error("no fish");
  const text = withIntegration(before, startup);
  expect(text.slice(0, start.length)).toBe(start);
  expect(text.slice(start.length)).toMatch(
    /^# kops-mfa: .*\r?\nkops-mfa init fish \| source\r?\n$/,
  );
  expect(text.endsWith(eol)).toBe(true);
  expect(loadsIntegration(text)).toBe(true);
});
