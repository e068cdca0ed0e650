import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { requestVariables } from "../../src/config/request.ts";
import { settingKeys } from "../../src/config/settings.ts";
import {
  conflictingVariables,
  credentialVariables,
  markerVariables,
} from "../../src/environment/variables.ts";
import { readDocument } from "../support/docs/documents.ts";
import { isExecutable } from "../support/programs.ts";
import { describeShell, type AnyShell } from "../support/shells.ts";
import { runProgram } from "./person.ts";
import { blocksOf, Reader } from "./reader.ts";
import { TestTerminal } from "./terminal.ts";

let reader: Reader;
beforeAll(async () => {
  reader = await Reader.arrive();
});
afterAll(() => reader.person.leave());
beforeEach(() => reader.person.forget());

const profile = { AWS_PROFILE: "prod" };

/** A directory with Node and npm in it, and the shell that npm runs scripts with: all that a newcomer has. */
function onlyNode(directory: string): string {
  mkdirSync(directory);
  symlinkSync(process.execPath, join(directory, "node"));
  symlinkSync(findOnPath("npm"), join(directory, "npm"));
  symlinkSync("/bin/sh", join(directory, "sh"));
  // The test's own terminal wants it.
  symlinkSync(findOnPath("sleep"), join(directory, "sleep"));
  return directory;
}

function findOnPath(program: string): string {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const found = folders.map((folder) => join(folder, program)).find(isExecutable);
  if (found === undefined) throw new Error(`there is no ${program} on the PATH`);
  return found;
}

/** How this machine gets to npm's registry, and the packages that it has fetched before. */
function wayToRegistry(): Record<string, string> {
  const names = ["NODE_EXTRA_CA_CERTS", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"];
  const all = names.flatMap((name) => [name, name.toLowerCase()]);
  const network = all.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const configured = (name: string) =>
    execFileSync("npm", ["config", "get", name], { encoding: "utf8" }).trim();
  return {
    ...Object.fromEntries(network),
    npm_config_userconfig: configured("userconfig"),
    npm_config_cache: configured("cache"),
    npm_config_prefer_offline: "true",
  };
}

/** What is in the repository, without what was built or installed. */
function copyRepository(target: string): void {
  const names = execFileSync("git", ["ls-files", "-z"], { encoding: "utf8" });
  for (const name of names.split("\0").filter((file) => file !== "" && existsSync(file))) {
    cpSync(name, join(target, name));
  }
}

/** `aws configure` has been run; the answers to `kops-mfa setup`, in its order. */
const answers: readonly (readonly [prompt: string, keys: string])[] = [
  ["Profile [kops]:", ""],
  ["Role [none]:", "arn:aws:iam::222222222222:role/kops-admin"],
  ["Region [eu-west-1]:", ""],
  ["State store [none]:", ""],
  ["Cluster [none]:", ""],
  ["Use kops then? [Y/n]", ""],
  ["Write this? [Y/n/c]", ""],
  ["MFA code of jon", "code"],
  ["Add it? [y/N]", ""],
];

test("a newcomer with Node and nothing else: from the clone to a session, by the README alone", async () => {
  const { person } = reader;
  const home = person.path("newcomer");
  mkdirSync(join(home, ".aws"), { recursive: true });
  const credentials = readFileSync(person.path(".aws/credentials"), "utf8").split("\n\n")[0];
  writeFileSync(join(home, ".aws/credentials"), `${credentials ?? ""}\n`);
  writeFileSync(join(home, ".aws/config"), "[default]\nregion = eu-west-1\n");
  const clone = join(home, "kops-mfa");
  copyRepository(clone);
  const env = {
    ...wayToRegistry(),
    HOME: home,
    PATH: [onlyNode(join(home, "bin")), join(home, "global/bin")].join(delimiter),
    TERM: "xterm-256color",
    AWS_ENDPOINT_URL_STS: person.sandbox.url,
    AWS_ENDPOINT_URL_IAM: person.sandbox.url,
    // Where `npm install --global` may write.
    npm_config_prefix: join(home, "global"),
  };
  const [install, evaluate] = blocksOf(["sh install", "sh"], "README.md").map(({ text }) => text);
  const shellFile = findOnPath("bash");
  const bash = (script: string) => ["-c", `cd "${clone}" && ${script}`];
  const installed = await runProgram("/bin/sh", bash(install ?? ""), env);
  expect(installed.exitCode, installed.stderr).toBe(0);
  const page = join(home, "global/share/man/man1/kops-mfa.1");
  expect(readFileSync(page, "utf8")).toContain("KOPS\\-MFA");

  const setup = new TestTerminal(shellFile, bash("kops-mfa setup; true"), env);
  for (const [prompt, keys] of answers) {
    await setup.shows(prompt);
    setup.type(`${keys === "code" ? person.code() : keys}\r`);
  }
  await setup.ends();

  const shown = 'test -n "$AWS_SESSION_TOKEN" && kops-mfa status';
  const shell = new TestTerminal(shellFile, bash(`set -e\n${evaluate ?? ""}\n${shown}`), env);
  expect(await shell.ends(), shell.screen).toBe(0);
  expect(shell.screen).toContain("arn:aws:sts::222222222222:assumed-role/kops-admin/jon");
  expect(shell.screen).toContain("carries it");
}, 180_000);

const shellRows: readonly (readonly [AnyShell, string])[] = [
  ["bash", "bash, zsh, dash, ksh, sh"],
  ["zsh", "bash, zsh, dash, ksh, sh"],
  ["dash", "bash, zsh, dash, ksh, sh"],
  ["ksh", "bash, zsh, dash, ksh, sh"],
  ["fish", "fish"],
  ["powershell", "PowerShell"],
  ["tcsh", "tcsh, csh"],
  ["nushell", "nushell 0.98 or newer"],
  ["elvish", "elvish"],
  ["xonsh", "xonsh"],
];

describe.each(shellRows)("the line for %s", (shell, row) => {
  describeShell(shell, () => {
    test("puts a session into it", async () => {
      const { text } = readDocument("docs/shells.md");
      const [, line = ""] =
        new RegExp(`^\\| ${row} +\\| \`+ ?(.+?) ?\`+ +\\|$`, "m")
          .exec(text)
          ?.map((cell) => cell.replaceAll("\\|", "|")) ?? [];
      expect(line).toContain("kops-mfa env");
      const show = `node -p "process.env.AWS_ACCESS_KEY_ID"`;
      const { screen } = await reader.types(shell, `${line}; ${show}`, profile);
      // PowerShell puts a control sequence of the terminal before what a program prints.
      expect(screen).toMatch(/(?:^|=)ASIA[A-Z0-9]{16}$/m);
    });
  });
});

describe("the reference names", () => {
  test("every variable that is set or unset, and no other", () => {
    const { prose } = readDocument("docs/environment.md");
    const [section = ""] = prose.split("`env --unset`");
    const named = new Set([...section.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name));
    const touched = [
      ...credentialVariables,
      ...markerVariables,
      ...conflictingVariables.map(({ name }) => name),
      ...["AWS_REGION", "AWS_DEFAULT_REGION", "KOPS_STATE_STORE", "KOPS_CLUSTER_NAME"],
    ];
    expect([...named].sort()).toEqual([...touched].sort());
  });

  const { prose: configuration } = readDocument("docs/configuration.md");

  test("every variable that an option has", () => {
    for (const names of Object.values(requestVariables)) {
      const missing = names.filter(
        (name) => name !== "AWS_DEFAULT_PROFILE" && !configuration.includes(`\`${name}\``),
      );
      expect(missing).toEqual([]);
    }
  });

  test("every setting", () => {
    const { text } = readDocument("docs/configuration.md");
    for (const key of settingKeys) expect(text).toMatch(new RegExp(`\\b${key}\\b`));
  });
});

test("promises npm scripts that exist", () => {
  const { scripts: existing } = JSON.parse(readFileSync("package.json", "utf8")) as {
    scripts: object;
  };
  const pages = ["README.md", "CONTRIBUTING.md"].map((file) => readDocument(file).text).join("\n");
  const promised = [...pages.matchAll(/npm (?:run )?([a-z:]+)\b/g)]
    .map(([, name = ""]) => name)
    .filter((name) => !["ci", "install", "run", "pack"].includes(name));
  expect(promised).toContain("demo");
  for (const name of promised) expect(existing).toHaveProperty([name]);
});
