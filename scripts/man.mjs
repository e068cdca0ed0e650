// Writes man/kops-mfa.1 from the program's own table of commands: to be run when a command, an option or src/generate has changed.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const outfile = resolve("node_modules/.cache/kops-mfa/manual.mjs");
await build({
  entryPoints: ["src/generate/man.ts"],
  outfile,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20.17",
  packages: "external",
  logLevel: "warning",
});
const { manual } = await import(pathToFileURL(outfile).href);
const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const file = "man/kops-mfa.1";
const former = existsSync(file) ? readFileSync(file, "utf8") : "";
const [, date = ""] = /^\.TH \S+ 1 (\S+)/m.exec(former) ?? [];
// The date is that of the last change.
if (manual(version, date) !== former) {
  mkdirSync("man", { recursive: true });
  writeFileSync(file, manual(version, new Date().toISOString().slice(0, 10)));
}
