import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { parse as parseYaml } from "yaml";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readDocument } from "../support/docs/documents.ts";
import { describeProgram } from "../support/describe-program.ts";
import { readEnvFile } from "../support/shell/github-runner.ts";
import { runProgram } from "./person.ts";
import { blocksOf, Reader } from "./reader.ts";

let reader: Reader;
beforeAll(async () => {
  reader = await Reader.arrive();
});
afterAll(() => reader.person.leave());
beforeEach(() => reader.opens("docs/recipes.md"));

const recipe = (info: string, file = "docs/recipes.md") => {
  const [block] = blocksOf([info], file);
  return block?.text ?? "";
};
const sees = (variable: string) => `echo "${variable}=<\${${variable}-}>"`;

describeProgram("direnv", () => {
  const enter = 'direnv allow . && eval "$(direnv export bash 2>/dev/null)"';
  const leave = 'cd .. && eval "$(direnv export bash 2>/dev/null)"';

  test("direnv says which profile is meant", async () => {
    writeFileSync(reader.person.path("work/.envrc"), recipe("bash direnv profile"));
    const { screen } = await reader.types(
      "bash",
      `${enter}\n kops-mfa get clusters\n${leave}\n${sees("AWS_PROFILE")}`,
    );
    expect(screen).toContain("one.example.com");
    expect(screen).toContain("AWS_PROFILE=<>");
  });

  test("direnv brings a session, and takes it away", async () => {
    writeFileSync(reader.person.path("work/.envrc"), recipe("bash direnv session"));
    const { screen } = await reader.types(
      "bash",
      `${enter}\nkops get clusters && kops-mfa status\n${leave}\n${sees("AWS_ACCESS_KEY_ID")}`,
      { AWS_PROFILE: "prod" },
    );
    expect(screen).toContain("one.example.com");
    expect(screen).toContain("carries it");
    expect(screen).toContain("AWS_ACCESS_KEY_ID=<>");
  });
});

describe("the code comes from", () => {
  const secret = () => reader.person.world.jon.mfaDevices[0]?.secret ?? "";
  const codes = () =>
    reader.person.sandbox.requests.flatMap(({ params }) => params["TokenCode"] ?? []);

  /** Logs in with the profile of the recipe, and nobody to ask. */
  async function logsInWith(info: string, env: Readonly<Record<string, string>> = {}) {
    const config = reader.person.write("recipe.ini", `[default]\n\n${recipe(info)}`);
    const { stderr } = await reader.person.run(["login", "prod"], {
      env: { ...env, AWS_CONFIG_FILE: config },
    });
    expect(stderr).toContain("session of arn:aws:sts::222222222222:assumed-role/kops-admin/jon");
    const [code, ...more] = codes();
    expect([reader.person.code(), reader.person.code(-1)]).toContain(code);
    expect(more).toEqual([]);
  }

  /** A program that prints the code for exactly these words. */
  function standIn(name: string, words: string): void {
    const { person } = reader;
    const script = `#!/bin/sh\n[ "$*" = '${words}' ] || exit 64\necho ${person.code()}\n`;
    person.write(`bin/${name}`, script, 0o755);
  }

  test("a YubiKey", async () => {
    standIn("ykman", "oath accounts code --single arn:aws:iam::111111111111:mfa/jon");
    await logsInWith("ini process ykman");
    expect(recipe("sh ykman")).toBe(`ykman oath accounts add --touch ${reader.person.serial}\n`);
  });

  test("1Password", async () => {
    standIn("op", "item get AWS --otp");
    await logsInWith("ini process op");
  });

  const rows = [
    ...readDocument("docs/codes.md").prose.matchAll(/^\| .+ \| `([a-z]+ .+?)` +\|$/gm),
  ].map(([, command = ""]) => command.replaceAll("\\|", "|"));

  test.for(rows)("a row of the table: %s", async (command) => {
    const { person } = reader;
    const serial = person.serial;
    const [first = ""] = command.replace("{serial}", serial).split(" | ");
    const [name = "", ...words] = first.replace("~", person.home).split(" ");
    // What is not the last prints the secret, which the last makes a code of.
    standIn(name, words.join(" "));
    if (command.includes("|")) standIn("oathtool", "--totp --base32 -");
    const config = `[profile prod]\nrole_arn = arn:aws:iam::222222222222:role/kops-admin\nsource_profile = default\nmfa_serial = ${serial}\nmfa_process = ${command}\n`;
    const env = { AWS_CONFIG_FILE: person.write("row.ini", `[default]\n\n${config}`) };
    const { stderr } = await person.run(["login", "prod"], { env });
    for (const program of [name, "oathtool"])
      rmSync(person.path(`bin/${program}`), { force: true });
    expect(stderr).toContain("session of arn:aws:sts::222222222222:assumed-role/kops-admin/jon");
  });

  describeProgram("gpg", () => {
    /** A home of GnuPG with jon's key, for as long as it is used. */
    async function withKey(use: (env: Readonly<Record<string, string>>) => Promise<void>) {
      const GNUPGHOME = reader.person.path(".gnupg");
      mkdirSync(GNUPGHOME, { mode: 0o700 });
      const env = { ...reader.person.env, GNUPGHOME };
      const make = ["--batch", "--quiet", "--passphrase", "", "--quick-generate-key"];
      execFileSync("gpg", [...make, "jon", "default", "default", "never"], {
        env,
        stdio: "ignore",
      });
      try {
        await use({ GNUPGHOME });
      } finally {
        execFileSync("gpgconf", ["--kill", "all"], { env });
        rmSync(GNUPGHOME, { recursive: true, force: true });
      }
    }

    describeProgram("oathtool", () => {
      test("a file that GnuPG protects", () =>
        withKey(async (env) => {
          const script = `printf %s "$1" | ${recipe("sh gpg")}`;
          const args = ["-c", script, "sh", secret()];
          const all = { ...reader.person.env, ...env };
          const { exitCode, stderr } = await runProgram("sh", args, all);
          expect(exitCode, stderr).toBe(0);
          await logsInWith("ini process gpg", env);
        }));

      describeProgram("pass", () => {
        test("pass-otp", () =>
          withKey(async (env) => {
            const uri = `otpauth://totp/aws:jon?secret=${secret()}&issuer=aws`;
            const script = `pass init jon >/dev/null && printf '%s\n' "$1" | ${recipe("sh pass")}`;
            const all = { ...reader.person.env, ...env };
            const { exitCode, stderr } = await runProgram("sh", ["-c", script, "sh", uri], all);
            expect(exitCode, stderr).toBe(0);
            await logsInWith("ini process pass", env);
          }));
      });
    });
  });
});

test("the workflow carries the session to its next step", async () => {
  interface Workflow {
    readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
  }
  interface Step {
    readonly run: string;
    readonly env?: Readonly<Record<string, string>>;
  }
  const { person } = reader;
  const [key] = person.world.jon.accessKeys;
  const given: Readonly<Record<string, string>> = {
    "secrets.AWS_ACCESS_KEY_ID": key?.accessKeyId ?? "",
    "secrets.AWS_SECRET_ACCESS_KEY": key?.secretAccessKey ?? "",
    "inputs.code": person.code(),
  };
  const workflow = parseYaml(recipe("yaml workflow")) as Workflow;
  const file = person.write("github-env", "");
  const runner = { CI: "true", GITHUB_ACTIONS: "true", GITHUB_ENV: file };
  // A runner has no AWS files.
  const none = person.path("none");
  const files = { AWS_CONFIG_FILE: none, AWS_SHARED_CREDENTIALS_FILE: none };
  let output = "";
  for (const { run, env = {} } of workflow.jobs["clusters"]?.steps ?? []) {
    const variables = new Map(readEnvFile(readFileSync(file, "utf8"), "linux"));
    for (const [name, value] of Object.entries(env)) {
      const filled = value.replace(/\$\{\{ (.+?) \}\}/g, (_, what: string) => given[what] ?? "?");
      variables.set(name, filled);
    }
    const all = { ...person.env, ...files, ...runner, ...Object.fromEntries(variables) };
    const step = await runProgram("bash", ["-e", "-c", run], all);
    expect(step.exitCode, step.stderr).toBe(0);
    output = step.stdout;
  }
  expect(output).toContain("one.example.com");
});

test("VS Code's task writes the file that its launch configuration reads", async () => {
  const { tasks } = JSON.parse(recipe("json tasks")) as {
    tasks: readonly { label: string; command: string }[];
  };
  const { configurations } = JSON.parse(recipe("json launch")) as {
    configurations: readonly { envFile: string; preLaunchTask: string }[];
  };
  const [task] = tasks;
  const [launch] = configurations;
  expect(launch?.preLaunchTask).toBe(task?.label);
  const { exitCode } = await reader.types("bash", task?.command ?? "false");
  expect(exitCode).toBe(0);
  const file = launch?.envFile.replace("${workspaceFolder}", reader.person.path("work")) ?? "";
  const shown = execFileSync(
    process.execPath,
    [`--env-file=${file}`, "-p", "process.env.AWS_ACCESS_KEY_ID"],
    { env: {}, encoding: "utf8" },
  );
  expect(shown).toMatch(/^ASIA/);
});

describe("migration", () => {
  test.for([
    ["awsudo", "sh awsudo", '[ "$1 $2" = "-u prod" ] || exit 64; shift 2'],
    ["aws-vault", "sh aws-vault", '[ "$1 $2 $3" = "exec prod --" ] || exit 64; shift 3'],
  ] as const)("the lines before it are those of %s", async ([name, info, words]) => {
    const script = `#!/bin/sh\n${words}\nAWS_SESSION_TOKEN=of-${name} exec "$@"\n`;
    reader.person.write(`bin/${name}`, script, 0o755);
    const lines = `set -e\n${recipe(info, "docs/migration.md")}`;
    const { exitCode, screen } = await reader.types("bash", lines, { AWS_PROFILE: "prod" });
    expect(exitCode, screen).toBe(0);
    expect(screen).toContain("one.example.com");
  });

  test("the access keys stay in aws-vault's keyring", async () => {
    const { person } = reader;
    const [key] = person.world.jon.accessKeys;
    const json = JSON.stringify({
      Version: 1,
      AccessKeyId: key?.accessKeyId,
      SecretAccessKey: key?.secretAccessKey,
    });
    const words = "export --no-session --format=json jon-keys";
    const script = `#!/bin/sh\n[ "$*" = '${words}' ] || exit 64\necho '${json}'\n`;
    person.write("bin/aws-vault", script, 0o755);
    const config = person.write("keyring.ini", recipe("ini keyring", "docs/migration.md"));
    const { stderr } = await person.run(["login", "clusters", "--token-code", person.code()], {
      env: { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: person.path("none") },
    });
    expect(stderr).toContain("session of arn:aws:sts::222222222222:assumed-role/kops-admin/jon");
  });
});
