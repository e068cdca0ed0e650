import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { requestVariables } from "../../src/config/request.ts";
import { settingKeys } from "../../src/config/settings.ts";
import {
  conflictingVariables,
  credentialVariables,
  markerVariables,
} from "../../src/environment/variables.ts";
import { readDocument } from "../docs/documents.ts";
import { describeShell, type AnyShell } from "../shells.ts";
import { runProgram } from "./person.ts";
import { blocksOf, Reader } from "./reader.ts";

let reader: Reader;
beforeAll(async () => {
  reader = await Reader.arrive();
});
afterAll(() => reader.person.leave());
beforeEach(() => reader.person.forget());

const profile = { AWS_PROFILE: "prod" };

test("installs: the two commands lead from a clone to a session", async () => {
  const { person } = reader;
  const [script] = blocksOf(["sh install"]);
  expect(script?.text.trim()).toBe("npm ci && npm run build && npm install --global .");
  const prefix = person.path("prefix");
  const installed = await runProgram("npm", ["install", "--global", "--prefix", prefix, "."], {
    ...person.env,
    npm_config_cache: person.path("npm-cache"),
  });
  expect(installed.exitCode, installed.stderr).toBe(0);
  expect(readFileSync(`${prefix}/share/man/man1/kops-mfa.1`, "utf8")).toContain("KOPS\\-MFA");
  const path = `${prefix}/bin:${process.env["PATH"] ?? ""}`;
  const { exitCode, screen } = await reader.types(
    "bash",
    `eval "$(kops-mfa env)" && command -v kops-mfa && kops-mfa status prod`,
    { ...profile, PATH: path },
  );
  expect(screen).toContain(`${prefix}/bin/kops-mfa`);
  expect(screen).toContain("carries it");
  expect(exitCode).toBe(0);
});

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
