// Writes completions/ from the program's own table of commands: to be run when a command, an option or a template has changed.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const outfile = resolve("node_modules/.cache/kops-mfa/completions.mjs");
await build({
  entryPoints: ["src/completions.ts"],
  outfile,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20.17",
  packages: "external",
  logLevel: "warning",
});
const { completionFiles } = await import(pathToFileURL(outfile).href);
mkdirSync("completions", { recursive: true });
const template = (file) => readFileSync(`src/completion/templates/${file}`, "utf8");
for (const [file, text] of completionFiles(template)) writeFileSync(`completions/${file}`, text);
