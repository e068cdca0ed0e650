import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const document = readFileSync("SECURITY.md", "utf8");
/** The points of its lists, each with the names of its tests. */
const claims = document
  .split("\n- ")
  .slice(1)
  .map((text) => (text.split(/\n\n|\n#/)[0] ?? "").replaceAll(/\s+/g, " ").trim())
  .map((claim) => {
    const [, names = ""] = /\[([^[\]]+)\]$/.exec(claim) ?? [];
    return { claim, tests: [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? "") };
  });

test("every claim names the tests that prove it", () => {
  expect(claims.length).toBeGreaterThan(20);
  expect(claims.filter(({ tests }) => tests.length === 0)).toEqual([]);
});

test("every test that is named exists, under that very name", () => {
  const titles = new Set(testFiles().flatMap((file) => titlesIn(file)));
  expect(titles).toContain("every test that is named exists, under that very name");
  const missing = claims.flatMap(({ tests }) => tests.filter((name) => !titles.has(name)));
  expect(missing).toEqual([]);
});

function testFiles(): readonly string[] {
  return readdirSync("test", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => join("test", name));
}

/** The first arguments of `test("…")`, `it("…")`, `test.for(…)("…")`, `test.skipIf(…)("…")` and the like. */
function titlesIn(file: string): readonly string[] {
  const titles: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^(?:test|it)$/.test(rootOf(node.expression))) {
      const [first] = node.arguments;
      if (first && ts.isStringLiteralLike(first)) titles.push(first.text);
      if (first && ts.isTemplateExpression(first)) titles.push(withPlaceholders(first));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest));
  return titles;
}

function rootOf(callee: ts.Expression): string {
  if (ts.isIdentifier(callee)) return callee.text;
  if (ts.isCallExpression(callee) || ts.isPropertyAccessExpression(callee)) {
    return rootOf(callee.expression);
  }
  return "";
}

/** `${…}` as vitest's own placeholder for a number. */
function withPlaceholders({ head, templateSpans }: ts.TemplateExpression): string {
  return [head.text, ...templateSpans.map(({ literal }) => `%i${literal.text}`)].join("");
}
