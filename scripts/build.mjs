// CommonJS files (see CONTRIBUTING.md, "Why several files"): each import() of one of them stays a require() at run time.
import { chmod, readFile } from "node:fs/promises";
import { build } from "esbuild";

const packageJson = JSON.parse(await readFile("package.json", "utf8"));
const entries = {
  main: "src/main.ts",
  warm: "src/warm.ts",
  app: "src/app.ts",
  sts: "src/effects/sts-client.ts",
  sources: "src/effects/credential-sources.ts",
  keyring: "src/effects/keyring-helper.ts",
  yaml: "src/kubeconfig/yaml.ts",
};
const external = new Map([
  ["./warm.ts", "./warm.cjs"],
  ["./app.ts", "./app.cjs"],
  ["./sts-client.ts", "./sts.cjs"],
  ["./credential-sources.ts", "./sources.cjs"],
  ["../kubeconfig/yaml.ts", "./yaml.cjs"],
]);

const splitPoints = {
  name: "split-points",
  setup({ onResolve }) {
    onResolve({ filter: /\.ts$/ }, ({ path, kind }) =>
      kind === "dynamic-import" && external.has(path)
        ? { path: external.get(path), external: true }
        : null,
    );
  },
};

await build({
  entryPoints: entries,
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
  bundle: true,
  format: "cjs",
  platform: "node",
  target: "node20.17",
  minify: true,
  // `import()` becomes `require`: the ESM loader alone would cost 5 ms.
  supported: { "dynamic-import": false },
  mainFields: ["module", "main"],
  conditions: ["module"],
  legalComments: "none",
  logLevel: "warning",
  plugins: [splitPoints],
  define: {
    "import.meta.dirname": "__dirname",
    "process.env.npm_package_version": JSON.stringify(packageJson.version),
  },
});
await chmod("dist/main.cjs", 0o755);
