import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";
import { anchorsOf, documents, readDocument } from "../../support/docs/documents.ts";

const links = documents().flatMap(({ file, prose }) =>
  [...prose.matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"/g)]
    .map(([, first, second]) => first ?? second ?? "")
    .filter((target) => !/^(?:https?|mailto):/.test(target))
    .map((target) => [file, target] as const),
);

test("there are links", () => {
  expect(links.length).toBeGreaterThan(40);
});

test.for(links)("%s: %s", ([file, target]) => {
  const [path = "", anchor] = target.split("#");
  const linked = path === "" ? file : normalize(join(dirname(file), path));
  expect(existsSync(linked), `${linked} does not exist`).toBe(true);
  if (anchor === undefined) return;
  expect(anchorsOf(readDocument(linked))).toContain(anchor);
});

test("every page of docs/ is in the README's list", () => {
  const { text } = readDocument("README.md");
  for (const { file } of documents()) {
    if (file !== "README.md") expect(text).toContain(`](${file})`);
  }
});
