import { existsSync, readdirSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { describeShell, runShell, type AnyShell } from "../support/shells.ts";
import { Person } from "./person.ts";

let person: Person;
beforeAll(async () => {
  person = await Person.arrive();
});
afterAll(() => person.leave());
beforeEach(() => person.forget());

/** All that a name could do to a shell, a path or an option, in one. */
const worst = "-rf ../../x $(touch $HOME/ran) `touch $HOME/ran` && touch $HOME/ran ' \" %s {} | !!";

const names = ["../../x", "$(touch $HOME/ran)", "-rf", worst];

function config(name: string): Record<string, string> {
  const text = `[profile ${name}]\nrole_arn = arn:aws:iam::222222222222:role/kops-admin\nsource_profile = default\nmfa_serial = ${person.serial}\n`;
  return { AWS_CONFIG_FILE: person.write("names-config", text) };
}

const ran = () => existsSync(person.path("ran"));

describe("a profile of a hostile name", () => {
  test.for(names)("%s: by option and variable it is a profile like any other", async (name) => {
    const env = config(name);
    const code = ["--token-code", person.code()];
    const first = await person.run(["login", `--profile=${name}`, ...code], { env });
    expect(first).toMatchObject({ exitCode: 0, stdout: "" });
    const format = ["--format", "json"];
    const { exitCode, stdout } = await person.run(["env", ...format], {
      env: { ...env, AWS_PROFILE: name },
    });
    expect(exitCode).toBe(0);
    expect(stdout).toContain(JSON.stringify(name));
    // Nothing but our own names came into being, and nothing was run.
    expect(readdirSync(person.path(".cache")).sort()).toEqual(["kops-mfa"]);
    for (const file of readdirSync(person.path(".cache/kops-mfa"))) {
      expect(file).toMatch(/^[0-9a-zA-Z.-]+\.(?:json|code|lock)$/);
    }
    expect(ran()).toBe(false);
  });

  test.for(["a\nb", "\u001b[31mred", ""])(
    "%j is refused, and shows nothing that a terminal obeys",
    async (name) => {
      for (const [args, env] of [
        [["env", `--profile=${name}`, "--shell", "sh"], {}],
        [["env", "--shell", "sh"], { KOPS_MFA_PROFILE: name }],
      ] as const) {
        if (name === "" && args.length === 3) continue;
        const { exitCode, stdout, stderr } = await person.run(args, { env });
        expect([exitCode, stdout]).toEqual([2, "false;\n"]);
        expect(stderr).toMatch(/^[\x20-\x7e…\n]+$/);
      }
    },
  );
});

const evaluate: Readonly<Record<AnyShell, string>> = {
  bash: `eval "$(kops-mfa env --shell bash)"`,
  zsh: `eval "$(kops-mfa env --shell zsh)"`,
  dash: `eval "$(kops-mfa env --shell sh)"`,
  ksh: `eval "$(kops-mfa env --shell ksh)"`,
  fish: `kops-mfa env --shell fish | source`,
  powershell: `kops-mfa env --shell powershell | Out-String | Invoke-Expression`,
  tcsh: `eval "\`kops-mfa env --shell tcsh\`"`,
  nushell: `kops-mfa env --shell nushell | from json | load-env`,
  elvish: `eval (kops-mfa env --shell elvish | slurp)`,
  xonsh: `execx($(kops-mfa env --shell xonsh) or "raise")`,
};

describe.each(Object.keys(evaluate) as AnyShell[])("the worst name, in %s", (shell) => {
  describeShell(shell, () => {
    test("arrives as it is, and runs nothing", async () => {
      const env = { ...person.env, ...config(worst), KOPS_MFA_PROFILE: worst };
      expect(await person.run(["login", "--token-code", person.code()], { env })).toMatchObject({
        exitCode: 0,
      });
      person.write("bin/tell", '#!/bin/sh\nprintf "%s\\n" "$KOPS_MFA_PROFILE"\n', 0o700);
      // A bare word is Python to xonsh.
      const tell = shell === "xonsh" ? "$[tell]" : "tell";
      const { stdout, stderr } = await runShell(shell, `${evaluate[shell]}; ${tell}`, { env });
      expect(stderr).toBe("");
      expect(stdout.toString().replaceAll("\r", "")).toBe(`${worst}\n`);
      expect(ran()).toBe(false);
    });
  });
});

describe("variables", () => {
  const evil = "x; $(touch $HOME/ran) `touch $HOME/ran` '\" \u202e";
  test.for([
    "AWS_REGION",
    "AWS_ENDPOINT_URL_STS",
    "KOPS_MFA_ROLE_ARN",
    "KOPS_MFA_ARN",
    "KOPS_MFA_ROLE_SESSION_NAME",
    "AWS_SESSION_TAGS",
    "KOPS_MFA_CACHE",
    "HTTPS_PROXY",
    "AWS_CA_BUNDLE",
  ])(
    "%s with a shell's words in it, or a terminal's, is one clear error or only a value",
    async (name) => {
      const env = { KOPS_MFA_TOKEN_CODE: person.code(), [name]: evil };
      const { exitCode, stdout, stderr } = await person.run(["env", "prod", "--shell", "sh"], {
        env,
      });
      expect(stderr).toMatch(/^[\x20-\x7e…→\n]*$/);
      expect(stderr).not.toContain("internal error");
      if (exitCode === 0) {
        const { stdout: said } = await runShell("dash", `${stdout}\nprintf "%s" "$X"`, {
          env: { HOME: person.home },
        });
        expect(said.toString()).toBe("");
      } else {
        expect(stdout).toBe("false;\n");
        expect(stderr.trimEnd().split("\n").slice(-2).join("\n")).toMatch(
          /^kops-mfa: .+\n {10}\S.*$/,
        );
      }
      expect(ran()).toBe(false);
    },
  );

  test("a library that NODE_OPTIONS names is Node's to load; nothing of ours adds to it", async () => {
    await person.run(["login", "prod", "--token-code", person.code()]);
    const NODE_OPTIONS = "--max-old-space-size=256";
    const env = { NODE_OPTIONS };
    const { stdout } = await person.run(
      ["exec", "prod", "--", "sh", "-c", 'echo "$NODE_OPTIONS"'],
      { env },
    );
    expect(stdout).toBe(`${NODE_OPTIONS}\n`);
  });
});
