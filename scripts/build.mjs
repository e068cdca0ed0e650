// CommonJS files (see CONTRIBUTING.md, "Why several files"): each import() of one of them stays a require() at run time.
import { chmod, readdir, readFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { build } from "esbuild";

const packageJson = JSON.parse(await readFile("package.json", "utf8"));
const entries = {
  main: "src/main.ts",
  warm: "src/warm.ts",
  app: "app-and-what-setup-shares",
  sts: "src/effects/sts-client.ts",
  sources: "src/effects/credential-sources.ts",
  keyring: "src/effects/keyring-helper.ts",
  yaml: "src/kubeconfig/yaml.ts",
  setup: "src/setup/run.ts",
  policy: "src/policy/make-policies.ts",
};
/** What only the chunk "setup" has. All else that it imports is in app.cjs, once. */
const setupOnly = ["src/config/edit-section.ts", ...(await filesIn("src/setup"))];
const external = new Map([
  ["./warm.ts", "./warm.cjs"],
  ["./app.ts", "./app.cjs"],
  ["./sts-client.ts", "./sts.cjs"],
  ["./credential-sources.ts", "./sources.cjs"],
  ["../kubeconfig/yaml.ts", "./yaml.cjs"],
  ["../setup/run.ts", "./setup.cjs"],
  ["../policy/make-policies.ts", "./policy.cjs"],
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

/** app.cjs exports what "setup" imports, so that there is one of each class: `instanceof` tells errors apart. */
const sharedWithSetup = {
  name: "shared-with-setup",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^app-and-what-setup-shares$/ }, ({ path }) => ({
      path,
      namespace: "app",
    }));
    onLoad({ filter: /.*/, namespace: "app" }, async () => ({
      contents: `export * from "./src/app.ts";\n${await sharedExports()}`,
      resolveDir: process.cwd(),
      loader: "ts",
    }));
    onResolve({ filter: /^\.\.?\// }, ({ path, importer }) => {
      const isOurs = setupOnly.includes(inProject(importer));
      if (!isOurs || setupOnly.includes(inProject(resolve(dirname(importer), path)))) return null;
      return { path: "./app.cjs", external: true };
    });
  },
};

async function sharedExports() {
  const lines = new Set();
  for (const file of setupOnly) {
    const text = await readFile(file, "utf8");
    for (const [, names, path] of text.matchAll(/^import \{([^}]*)\} from "(\.[^"]+)";$/gm)) {
      const module = inProject(resolve(dirname(file), path));
      if (setupOnly.includes(module)) continue;
      const values = names.split(",").map((name) => name.trim());
      for (const name of values.filter((name) => /^\w+$/.test(name))) {
        lines.add(`export { ${name} } from "./${module}";`);
      }
    }
  }
  return [...lines].join("\n");
}

/** `src/app.ts`, whatever the platform. */
function inProject(path) {
  return relative(process.cwd(), path).replaceAll("\\", "/");
}

async function filesIn(folder) {
  return (await readdir(folder)).map((name) => `${folder}/${name}`);
}

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
  plugins: [splitPoints, sharedWithSetup],
  define: {
    "import.meta.dirname": "__dirname",
    "process.env.npm_package_version": JSON.stringify(packageJson.version),
  },
});
await chmod("dist/main.cjs", 0o755);
