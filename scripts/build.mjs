// CommonJS files (see CONTRIBUTING.md, "Why several files"): each import() of one of them stays a require() at run time.
import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { build, transform } from "esbuild";
import { mergeChunks } from "./merge-chunks.mjs";
import { bundledInputs, licencesOf } from "./licences.mjs";
import { stubs } from "./stubs.mjs";

const packageJson = JSON.parse(await readFile("package.json", "utf8"));

const target = {
  platform: "node",
  target: "node20.17",
  minify: true,
  // `import()` becomes `require`: the ESM loader alone would cost 5 ms.
  supported: { "dynamic-import": false },
};
const bundle = {
  ...target,
  bundle: true,
  mainFields: ["module", "main"],
  conditions: ["module"],
  legalComments: "none",
  logLevel: "warning",
  metafile: true,
  define: {
    "import.meta.dirname": "__dirname",
    "process.env.npm_package_version": JSON.stringify(packageJson.version),
    "process.env.npm_package_engines_node": JSON.stringify(packageJson.engines.node),
  },
};

/** What comes first at every start, and what runs in a process of its own: whole files, so that no other has to be opened. */
const small = {
  main: "src/main.ts",
  keyring: "src/platform/keyring/keyring-helper.ts",
};
/** The program, and what of it is needed only now and then. What two of them need is in a file that both load. */
const large = {
  app: "src/app.ts",
  direct: "src/direct.ts",
  remote: "src/platform/aws/remote-entry.ts",
  sts: "src/platform/aws/sts.ts",
  sdk: "src/platform/aws/sdk-entry.ts",
  sources: "src/platform/providers/providers-entry.ts",
  kubeconfig: "src/commands/kubeconfig-run.ts",
  setup: "src/commands/setup-run.ts",
  policy: "src/commands/policy-run.ts",
  doctor: "src/commands/doctor-run.ts",
};

const besides = {
  name: "besides",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/(app|direct)\.ts$/ }, ({ path, kind }) =>
      kind === "dynamic-import" ? { path: path.replace(/ts$/, "cjs"), external: true } : null,
    );
  },
};

/**
 * A minified ES module, exporting as CommonJS does: esbuild would make a getter of each export, copied at each start. None of ours changes
 * after the end of its module, and no two files load each other at once.
 */
function plainExports(text) {
  return text.replace(/\bexport\{([^}]*)\};?\s*$/, (_, names) => {
    const pairs = names.split(",").map((name) => name.split(" as ").reverse().join(":"));
    return `module.exports={${pairs.join(",")}};`;
  });
}

await rm("dist", { recursive: true, force: true });
await mkdir("dist");
const { metafile: ofSmall } = await build({
  ...bundle,
  format: "cjs",
  entryPoints: small,
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
  plugins: [besides],
});
// esbuild shares code between files only as ES modules, so these become CommonJS in a second step.
const { outputFiles, metafile: ofLarge } = await build({
  ...bundle,
  format: "esm",
  splitting: true,
  entryPoints: large,
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
  chunkNames: "shared-[hash]",
  plugins: [stubs],
  write: false,
});
let files = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
for (const entry of ["direct.cjs", "sdk.cjs", "sts.cjs"])
  files = await mergeChunks(files, entry, bundle);
for (const [name, text] of files) {
  const { code } = await transform(plainExports(text), { ...target, format: "cjs" });
  await writeFile(`dist/${name}`, code);
}
await chmod("dist/main.cjs", 0o755);
const inputs = [ofSmall, ofLarge].flatMap(bundledInputs);
await writeFile("dist/THIRD-PARTY-LICENSES", licencesOf(inputs));
