// Builds the demo (TypeScript, like the sandbox that it starts) beside the installed packages, and runs it.
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";
import { build } from "esbuild";

const outfile = resolve("node_modules/.cache/kops-mfa/demo.mjs");
await build({
  entryPoints: ["test/demo/demo.ts"],
  outfile,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20.17",
  packages: "external",
  logLevel: "warning",
});
await import(pathToFileURL(outfile).href);
