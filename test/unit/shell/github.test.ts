import { describe, expect, it, vi } from "vitest";
import { githubText } from "../../../src/operations/env-output.ts";
import type { Context } from "../../../src/context.ts";
import { KopsMfaError } from "../../../src/errors.ts";
import type { EnvironmentChange } from "../../../src/shell/change.ts";
import { maskCommands, renderGithub } from "../../../src/shell/github.ts";
import { readEnvFile, readMask } from "../../support/shell/github-runner.ts";
import { generatedValues, hostileValues } from "../../support/shell/hostile-values.ts";

const setting = (name: string, value: string): EnvironmentChange => ({
  unset: ["AWS_PROFILE"],
  set: [[name, value]],
});

const session: EnvironmentChange = {
  unset: [],
  set: [
    ["AWS_ACCESS_KEY_ID", "ASIAIOSFODNN7EXAMPLE"],
    ["AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY="],
    ["AWS_SESSION_TOKEN", "FwoG+/=="],
  ],
};

describe("renderGithub", () => {
  it.for([
    ["FwoG+/==", "N=FwoG+/==\n"],
    ["", "N=\n"],
    ["a b", "N<<KOPS_MFA_END\na b\nKOPS_MFA_END\n"],
    ["a\n\nb\n", "N<<KOPS_MFA_END\na\n\nb\n\nKOPS_MFA_END\n"],
    ["KOPS_MFA_END\nP=1", "N<<KOPS_MFA_END_\nKOPS_MFA_END\nP=1\nKOPS_MFA_END_\n"],
    ["KOPS_MFA_END__\n", "N<<KOPS_MFA_END___\nKOPS_MFA_END__\n\nKOPS_MFA_END___\n"],
  ])("prints %j", ([value, text]) => {
    expect(renderGithub(setting("N", value!))).toBe(text);
  });

  const values = [...hostileValues, ...generatedValues].filter((value) => !value.endsWith("\r"));
  const set = values.map((value, index) => [`KM_${index}`, value] as const);

  it.for(["linux", "win32"])("carries any value to the runner: %s", (platform) => {
    const read = readEnvFile(renderGithub({ unset: [], set }), platform);
    expect(set.filter(([name, value]) => read.get(name) !== value)).toEqual([]);
    expect(read.size).toBe(set.length);
  });

  it("refuses by name what the runner on Windows takes for a line end", () => {
    expect(() => renderGithub(setting("SETTING", "secret\r"))).toThrow(
      /^the value of SETTING ends in a carriage return, which a runner on Windows would drop$/,
    );
  });

  it("refuses what no environment can carry", () => {
    expect(() => renderGithub(setting("N", "a\0"))).toThrow(KopsMfaError);
    expect(() => renderGithub(setting("A\nB", "1"))).toThrow(KopsMfaError);
  });
});

describe("maskCommands", () => {
  it("are for the secret and the token", () => {
    expect(maskCommands(session)).toBe(
      "::add-mask::wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY=\n::add-mask::FwoG+/==\n",
    );
    expect(maskCommands(setting("AWS_SESSION_TOKEN", ""))).toBe("");
  });

  it("are read by the runner as they are meant, in one line", () => {
    for (const value of [...hostileValues, ...generatedValues, "%0D%250A%25::a::"]) {
      const text = maskCommands(setting("AWS_SESSION_TOKEN", value));
      expect(text).toMatch(/^[^\r\n]+\n$/);
      expect(readMask(text.slice(0, -1))).toBe(value);
    }
  });
});

describe("what env does with them", () => {
  const terminal = { note: vi.fn(), print: vi.fn() };
  const inEnvironment = (env: Context["env"]): string =>
    githubText(session, { env, terminal: terminal });

  it("prints the masks on standard error for a runner, and the text for the file", () => {
    expect(inEnvironment({ GITHUB_ACTIONS: "true" })).toBe(renderGithub(session));
    expect(terminal.print).toHaveBeenCalledExactlyOnceWith(maskCommands(session));
    expect(terminal.note).not.toHaveBeenCalled();
  });

  it("shows no secret where there is no runner, and says so", () => {
    vi.clearAllMocks();
    expect(inEnvironment({})).toBe(renderGithub(session));
    expect(terminal.print).not.toHaveBeenCalled();
    expect(terminal.note).toHaveBeenCalledExactlyOnceWith(
      "GITHUB_ACTIONS is not set here: no runner was told to mask the secrets",
    );
  });
});
