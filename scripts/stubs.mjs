// What of the bundled packages never runs in this program, and what is bundled in its place: much of the AWS SDK is for browsers, for
// Lambda functions, for streams. Each has its reason. A package whose update takes away what is replaced here ends the build.
import { readFile } from "node:fs/promises";
import { resolve, sep } from "node:path";

const root = resolve("node_modules");

/** For what would only be imported by a feature that the program does not use. */
const never = { contents: 'throw new Error("this part of a package is not bundled");' };

/** By the names that they are imported by: a file below `node_modules`, or what stands in its place. */
const imported = {
  // The same source as what Node gets, but in ES modules: what of them is not used is left out.
  yaml: { file: "yaml/browser/dist/index.js" },
  clipanion: { file: "clipanion/lib/advanced/index.mjs" },
  // clipanion loads it for the `schema` of a command; ours have none.
  typanion: never,
  // For operations that stream; none of STS, SSO and sign-in does.
  "@smithy/core/event-streams": never,
  // The SDK's chain of providers. A client is made with credentials of its own, or calls what takes none, and never asks it.
  "@aws-sdk/credential-provider-node": {
    contents:
      'export const defaultProvider = () => async () => { throw new Error("no credentials"); };',
  },
  // A second STS client, for the provider of web identities; the first one does.
  "@aws-sdk/nested-clients/sts": {
    contents: 'export { getDefaultRoleAssumerWithWebIdentity } from "@aws-sdk/client-sts";',
  },
  // Loaded where a file is read, which of the SDK only the providers do: it takes a twentieth of Node's start.
  "node:fs/promises": {
    contents: `
      const promises = () => process.getBuiltinModule("node:fs/promises");
      export const readFile = (...args) => promises().readFile(...args);
      export const writeFile = (...args) => promises().writeFile(...args);`,
  },
  // What a Lambda function knows of the request that it answers; this program answers none.
  "@aws/lambda-invoke-store": {
    contents: "export const InvokeStore = { getInstanceAsync: async () => undefined };",
  },
};

const core = "@smithy/core/dist-es/submodules";
const awsCore = "@aws-sdk/core/dist-es/submodules";

/** By their paths below `node_modules`: what is bundled instead of a file, given its text. */
const files = {
  // Only the version is read, for the User-Agent.
  "@aws-sdk/client-sts/package.json": onlyVersion,
  "@aws-sdk/nested-clients/package.json": onlyVersion,
  // Reads the name of a browser, with a package that knows them all.
  [`${awsCore}/client/util-user-agent-browser/createUserAgentStringParsingProvider.js`]: () =>
    "export const createUserAgentStringParsingProvider = undefined;",
  // Of a region only the partition counts, which its name tells; the table is of the regions' names in English.
  [`${awsCore}/client/util-endpoints/lib/aws/partitions.js`]: (text) =>
    text.replaceAll(/"description": "[^"]*"/g, ""),
  // Signatures for all regions at once take a package that is not here; the SDK's own file says so at more length.
  "@aws-sdk/signature-v4-multi-region/dist-es/SignatureV4MultiRegion.js": () => `
    import { SignatureV4SignWithCredentials } from "./SignatureV4SignWithCredentials";
    export class SignatureV4MultiRegion extends SignatureV4SignWithCredentials {
      static sigv4aDependency() { return "none"; }
      async sign(request, options = {}) {
        if (options.signingRegion === "*") throw new Error("SigV4a is not supported");
        return super.sign(request, options);
      }
    }`,
  // Makes the three standard streams when it is loaded, which this program writes past.
  "clipanion/lib/advanced/Cli.mjs": (text) =>
    text.replace(/\n\s+(?:stdin|stdout|stderr): process\.\w+,/g, ""),
  // Asks the terminal for its colours when it is loaded.
  "clipanion/lib/platform/node.js": () => `
    export const getDefaultColorDepth = () => 1;
    export const getCaptureActivator = () => null;`,
  // Asks the terminal for its colours, too. Whoever makes a Chalk here says its level.
  "chalk/source/vendor/supports-color/index.js": () =>
    "export default { stdout: false, stderr: false };",
  // Slows down over many calls; each client here is told to retry in the standard way.
  [`${core}/retry/util-retry/AdaptiveRetryStrategy.js`]: () =>
    'export { StandardRetryStrategy as AdaptiveRetryStrategy } from "./StandardRetryStrategy";',
  // YAML 1.1's own types. A kubeconfig has none of them: kubectl takes it for JSON.
  "yaml/browser/dist/schema/tags.js": () => `
    import { schema } from "./core/schema.js";
    import { merge } from "./yaml-1.1/merge.js";
    export const coreKnownTags = { [merge.tag]: merge };
    export const getTags = (_, name) => (name === "yaml-1.1" ? [...schema, merge] : [...schema]);`,
  // kubeconfig files are edited as text; none is written from the tree.
  "yaml/browser/dist/stringify/stringifyDocument.js": () =>
    "export const stringifyDocument = undefined;",
};

function onlyVersion(text) {
  return JSON.stringify({ version: JSON.parse(text).version });
}

/** For esbuild. Ends the build where a file of the table was not met: then it replaces nothing any more. */
export const stubs = {
  name: "stubs",
  setup({ onResolve, onLoad, onEnd }) {
    const unmet = new Set([...Object.keys(imported), ...Object.keys(files)]);
    onResolve({ filter: /^[@\w]/ }, ({ path }) => {
      const { file, contents } = imported[path] ?? {};
      unmet.delete(path);
      if (file !== undefined) return { path: resolve(root, file), sideEffects: false };
      return contents === undefined
        ? null
        : { path, namespace: "stub", pluginData: contents, sideEffects: false };
    });
    onLoad({ filter: /.*/, namespace: "stub" }, ({ pluginData: contents }) => ({
      contents,
      resolveDir: root,
    }));
    onLoad({ filter: /node_modules.*\.m?js(on)?$/ }, async ({ path }) => {
      const name = path.slice(root.length + 1).replaceAll(sep, "/");
      const replace = files[name];
      if (replace === undefined) return null;
      unmet.delete(name);
      const contents = replace(await readFile(path, "utf8"));
      return { contents, loader: path.endsWith(".json") ? "json" : "js" };
    });
    onEnd(() => ({
      errors: [...unmet].map((name) => ({ text: `scripts/stubs.mjs: ${name} is not imported` })),
    }));
  },
};
