import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import packageJson from "../../../package.json" with { type: "json" };
import { readDocument } from "../../support/docs/documents.ts";

const { prose, blocks } = readDocument("CONTRIBUTING.md");

/** The files and folders between backticks; words in capitals stand for a name. */
const paths = [
  ...prose.matchAll(/`((?:src|test|shell|completions|scripts|docs|bench|\.ci)\/[^` ]*)`/g),
].map(([, path = ""]) => path);

test("there are paths", () => {
  expect(new Set(paths).size).toBeGreaterThan(30);
});

test.for([...new Set(paths)])("%s is there", (path) => {
  if (!/[A-Z]{3,}/.test(path)) {
    expect(existsSync(path)).toBe(true);
    return;
  }
  const [folder = "", name = ""] = /^(.*)\/([^/]+)$/.exec(path)?.slice(1) ?? [];
  const pattern = new RegExp(
    `^${name.replaceAll(".", "\\.").replaceAll(/[A-Z]{3,}/g, "[\\w-]+")}$`,
  );
  expect(readdirSync(folder).filter((file) => pattern.test(file))).not.toEqual([]);
});

test("from a clone to green in three lines, each a script of the package", () => {
  const [lines] = blocks.filter(({ info }) => info === "sh");
  const commands = (lines?.text ?? "").trim().split("\n");
  expect(commands).toHaveLength(3);
  const [install, ...scripts] = commands.map((line) => line.replace(/^npm (?:run )?/, ""));
  expect(install).toBe("ci");
  for (const script of scripts) expect(packageJson.scripts).toHaveProperty([script]);
});

test("the files of dist that it names are those that the build makes", () => {
  const named = [...prose.matchAll(/`(?:dist\/)?([\w-]+)\.cjs`/g)].map(([, name = ""]) => name);
  const entries = readFileSync("scripts/build.mjs", "utf8").matchAll(/^ {2}(\w+): "src\//gm);
  expect([...new Set(named)].sort()).toEqual([...entries].map(([, name = ""]) => name).sort());
});
