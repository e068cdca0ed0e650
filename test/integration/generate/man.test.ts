import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { commandDefinitions } from "../../../src/app.ts";
import { settingKeys } from "../../../src/config/settings.ts";
import { manual } from "../../../src/generate/man.ts";
import { escapeText, line, typed } from "../../../src/generate/roff.ts";
import { describeProgram } from "../../support/describe-program.ts";

const file = "man/kops-mfa.1";
const committed = readFileSync(file, "utf8");
const { version, man, files } = JSON.parse(readFileSync("package.json", "utf8")) as {
  readonly version: string;
  readonly man: readonly string[];
  readonly files: readonly string[];
};

/** The text as it was before it was roff. */
const text = committed
  .replaceAll(/\\f[RBI]/g, "")
  .replaceAll("\\-", "-")
  .replaceAll("\\(ti", "~")
  .replaceAll("\\(aq", "'")
  .replaceAll("\\(ga", "`")
  .replaceAll("\\e", "\\");

test("is in step with the commands (else: npm run man)", () => {
  const [, date = ""] = /^\.TH \S+ 1 (\d{4}-\d{2}-\d{2}) /m.exec(committed) ?? [];
  expect(committed).toBe(manual(version, date));
});

test("is installed with the package", () => {
  // npm links it for a folder (`npm install --global .`) only where it is a list.
  expect(man).toEqual([`./${file}`]);
  expect(files).toContain("man");
  expect(existsSync(man[0] ?? "")).toBe(true);
});

test("has the sections of a manual page, in their order: man-pages(7)", () => {
  const sections = [...committed.matchAll(/^\.SH (.*)$/gm)].map(([, title]) => title);
  expect(sections).toEqual([
    ...["NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "ENVIRONMENT", "FILES"],
    ...["EXIT STATUS", "EXAMPLES", "SECURITY", "SEE ALSO"],
  ]);
});

test("has every command, option, example and setting", () => {
  for (const { path, options, examples = [] } of commandDefinitions()) {
    expect(text).toContain(`\n${path}`);
    for (const { definition } of options) {
      const [names = ""] = definition.split(" ");
      expect(text).toContain(`.TP\n${names.replaceAll(",", ", ")}`);
    }
    for (const [, example] of examples) expect(text).toContain(`\n${example.trim()}\n`);
  }
  for (const key of settingKeys) expect(text).toContain(key);
});

test("has every variable of ours that the program reads, but what one process tells another", () => {
  const among = new Set(["KOPS_MFA_DEPTH", "KOPS_MFA_PROCESS_CHAIN", "KOPS_MFA_INTEGRATION"]);
  // A word of $GITHUB_ENV's here-document.
  among.add("KOPS_MFA_END");
  const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.startsWith("generate"))
    .map((name) => readFileSync(`src/${name}`, "utf8"))
    .join("\n");
  const read = new Set([...sources.matchAll(/\bKOPS_MFA_[A-Z_]*[A-Z]\b/g)].map(([name]) => name));
  const missing = [...read].filter((name) => !among.has(name) && !text.includes(name));
  expect(missing).toEqual([]);
});

test.for([
  ["a-b", "a\\-b"],
  ["C:\\x", "C:\\ex"],
  ["'`^~", "\\(aq\\(ga\\(ha\\(ti"],
  ["a → b…", "a \\-> b..."],
] as const)("%s is %s", ([plain, roff]) => {
  expect(escapeText(plain)).toBe(roff);
});

test("no line of text is a request", () => {
  expect([line(".env"), line("'x"), line("a.b")]).toEqual(["\\&.env", "\\(aqx", "a.b"]);
});

test("what stands for something else is told apart from what is typed", () => {
  expect(typed("--role-arn ARN")).toEqual([
    { font: "B", text: "--role-arn " },
    { font: "I", text: "ARN" },
  ]);
});

const linters = [
  ["mandoc", ["-T", "lint", "-W", "warning"]],
  ["groff", ["-man", "-ww", "-T", "utf8", "-z"]],
] as const;

describe.each(linters)("the page as %s reads it", (program, args) => {
  describeProgram(program, () => {
    test("has no fault", () => {
      const { status, stdout, stderr } = spawnSync(program, [...args, file], { encoding: "utf8" });
      expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
    });
  });
});

describeProgram("man", () => {
  test("shows examples as they can be copied", () => {
    const env = { PATH: process.env["PATH"], LC_ALL: "C.UTF-8", MANWIDTH: "200", TERM: "dumb" };
    const { stdout } = spawnSync("man", ["-l", file], { encoding: "utf8", env });
    // eslint-disable-next-line no-control-regex -- bold is a letter over itself
    const shown = stdout.replaceAll(/.\x08/g, "");
    for (const { examples = [] } of commandDefinitions()) {
      for (const [, example] of examples) expect(shown).toContain(` ${example.trim()}\n`);
    }
  });
});
