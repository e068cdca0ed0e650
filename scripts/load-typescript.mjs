import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

/** Builds a TypeScript module beside the installed packages, which stay apart from it, and imports it. */
export async function loadTypeScript(entry) {
  const outfile = resolve(`node_modules/.cache/kops-mfa/${basename(entry, ".ts")}.mjs`);
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.17",
    packages: "external",
    logLevel: "warning",
  });
  return import(pathToFileURL(outfile).href);
}
