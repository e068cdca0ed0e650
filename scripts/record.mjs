// Writes the pictures of the README: a session of the built program, recorded anew. To be run when what it shows has changed.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const outfile = resolve("node_modules/.cache/kops-mfa/recording.mjs");
await build({
  entryPoints: ["test/recording/pictures.ts"],
  outfile,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20.17",
  packages: "external",
  logLevel: "warning",
});
const { makePictures } = await import(pathToFileURL(outfile).href);
for (const [file, text] of await makePictures()) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
