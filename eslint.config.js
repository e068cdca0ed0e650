import js from "@eslint/js";
import tseslint from "typescript-eslint";

const core = ["config", "environment", "errors", "connection-errors", "paths", "nearest", "expiry"];
const features = [
  "session",
  "shell",
  "kops",
  "kubeconfig",
  "policy",
  "setup",
  "doctor",
  "completion",
];

/** The only folders of src/ that each folder may import values from; types may come from anywhere. */
const layers = {
  config: ["errors", "paths", "nearest"],
  environment: [],
  shell: ["errors", "paths", "nearest"],
  session: core,
  kops: core,
  kubeconfig: core,
  policy: [...core, "shell"],
  setup: [...core, "session", "shell"],
  doctor: [...core, "session", "kops", "shell", "accessibility", "version"],
  completion: ["config", "kops"],
  operations: [...core, ...features, "cli"],
  cli: ["errors", "nearest", "shell", "kops", "completion", "operations"],
  commands: [...core, ...features, "operations", "cli"],
  generate: ["app", "cli", "commands", "completion", "config"],
};
const folders = [...Object.keys(layers), "replay", "platform"];
const files = [
  "accessibility",
  "app",
  "connection-errors",
  "direct",
  "errors",
  "expiry",
  "main",
  "nearest",
  "paths",
  "report",
  "version",
];

/** Each dependency has one door. */
const doors = {
  ini: ["src/config/ini.ts"],
  chalk: ["src/platform/terminal/terminal.ts"],
  "@aws-sdk/client-sts": ["src/platform/aws/sdk-entry.ts"],
  "@aws-sdk/credential-provider-login": ["src/platform/providers/providers-entry.ts"],
  "@aws-sdk/credential-provider-sso": ["src/platform/providers/providers-entry.ts"],
  "@aws-sdk/credential-provider-web-identity": ["src/platform/providers/providers-entry.ts"],
  "@smithy/credential-provider-imds": ["src/platform/providers/providers-entry.ts"],
  "@smithy/shared-ini-file-loader": ["src/platform/providers/providers-entry.ts"],
  "@aws-sdk/xml-builder": ["src/platform/aws/sdk-entry.ts"],
  clipanion: ["src/app.ts", "src/cli/**", "src/commands/**"],
  "@napi-rs/keyring": ["src/platform/keyring/keyring-helper.ts"],
  yaml: ["src/kubeconfig/**"],
};

const nodeModules = {
  regex: "^node:",
  message: "Effects come in through the context (src/context.ts).",
};

function layerRule(folder, allowed) {
  const isForbidden = (name) => name !== folder && !allowed.includes(name);
  const forbiddenFolders = folders.filter(isForbidden).join("|");
  const forbiddenFiles = files.filter(isForbidden).join("|");
  return {
    files: [`src/${folder}/**/*.ts`],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            nodeModules,
            {
              regex: `^(\\.\\./)+((${forbiddenFolders})/|(${forbiddenFiles})\\.ts$)`,
              allowTypeImports: true,
              message: `src/${folder} imports only from: ${allowed.join(", ")}.`,
            },
          ],
          paths: doorPaths(`src/${folder}/`),
        },
      ],
    },
  };
}

function doorPaths(prefix) {
  return Object.entries(doors)
    .filter(([, files]) => !files.some((file) => file.startsWith(prefix)))
    .map(([name]) => ({
      name,
      message: `The one door of "${name}" is ${doors[name].join(", ")}.`,
    }));
}

export default tseslint.config(
  { ignores: ["dist", "coverage"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // An empty variable or value counts as an absent one, which only `||` says.
      "@typescript-eslint/prefer-nullish-coalescing": [
        "error",
        { ignorePrimitives: { string: true } },
      ],
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      eqeqeq: "error",
      complexity: ["error", 12],
      "max-lines-per-function": ["error", { max: 50, skipComments: true, skipBlankLines: true }],
    },
  },
  {
    files: ["src/**/*.ts"],
    rules: {
      "no-console": "error",
      "no-restricted-properties": [
        "error",
        {
          object: "process",
          property: "exit",
          message: "Output in flight is cut off; set exitCode.",
        },
      ],
      "no-restricted-globals": [
        "error",
        { name: "fetch", message: "Costs 160 ms on Node 20; use the SDK's handler." },
      ],
    },
  },
  {
    files: ["src/**/*.ts"],
    ignores: ["src/platform/processes/start-program.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        ...[
          ':not(ImportDeclaration[importKind="type"], TSLiteralType, TSImportType) > Literal[value=/^(?:(?:node:)?child_process|node:cluster)$/]',
          'Identifier[name="execve"]',
          'Literal[value="execve"]',
        ].map((selector) => ({
          selector,
          message:
            "Processes are started in src/platform/processes/start-program.ts, which filters their environment.",
        })),
      ],
    },
  },
  ...Object.entries(layers).map(([folder, allowed]) => layerRule(folder, allowed)),
  {
    files: ["test/**/*.ts", "bench/**/*.ts"],
    rules: { "max-lines-per-function": "off", "@typescript-eslint/no-non-null-assertion": "off" },
  },
  {
    files: ["test/unit/**/*.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        {
          object: "vi",
          property: "mock",
          message:
            "Unit tests share loaded modules (vitest.config.ts): vi.doMock and vi.resetModules.",
        },
      ],
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: "^node:(child_process|net|tls|http|https|http2|dgram|cluster|worker_threads)$",
              allowTypeImports: true,
              message:
                "A unit test stays in its own process: test/integration starts programs and servers.",
            },
            {
              regex:
                "/(sandbox/(server|support|loopback|tunnel|raw-request|http)|support/shells|e2e/.*)\\.ts$",
              allowTypeImports: true,
              message: "It starts programs or servers: test/integration.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["**/*.mjs", "*.js"],
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        Buffer: "readonly",
        setTimeout: "readonly",
        clearTimeout: "readonly",
        URL: "readonly",
      },
    },
  },
  {
    files: ["**/*.cjs"],
    languageOptions: {
      globals: { process: "readonly", performance: "readonly", require: "readonly" },
    },
  },
);
