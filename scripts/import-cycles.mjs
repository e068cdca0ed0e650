// Fails if modules of src/ import each other in a circle, be it only for types: a part of `npm run lint`.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import ts from "typescript";

const files = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => join("src", name));
const imports = new Map(files.map((file) => [file, importsOf(file)]));

function importsOf(file) {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, "utf8"));
  const relative = importedFiles
    .map(({ fileName }) => fileName)
    .filter((name) => /^\.{1,2}\//.test(name));
  return relative
    .map((name) => normalize(join(dirname(file), name)))
    .filter((name) => files.includes(name));
}

/** The files from one import to the same file again; null if no path leads back. */
function cycleOf(start) {
  const cameFrom = new Map([[start, null]]);
  for (const file of cameFrom.keys()) {
    for (const next of imports.get(file)) {
      if (next === start) return pathTo(file, cameFrom);
      if (!cameFrom.has(next)) cameFrom.set(next, file);
    }
  }
  return null;
}

function pathTo(end, cameFrom) {
  const path = [];
  for (let file = end; file !== null; file = cameFrom.get(file)) path.unshift(file);
  return path;
}

const reported = new Set();
for (const file of files) {
  const cycle = reported.has(file) ? null : cycleOf(file);
  if (cycle === null) continue;
  for (const one of cycle) reported.add(one);
  console.error(`import cycle: ${[...cycle, file].join(" → ")}`);
  process.exitCode = 1;
}
