import js from "@eslint/js";
import tseslint from "typescript-eslint";

/** The only folders of src/ that each folder may import values from; types may come from anywhere. */
const layers = {
  config: ["config", "errors"],
  environment: ["environment", "errors"],
  shell: ["shell", "errors"],
  session: ["session", "config", "errors"],
  kops: ["kops", "config", "errors"],
  kubeconfig: ["kubeconfig", "config", "errors"],
  doctor: ["doctor", "session", "kops", "config", "environment"],
  examine: ["examine", "doctor", "session", "kops", "config", "environment", "shell", "errors"],
  completion: ["completion", "kops", "errors"],
  manual: ["manual", "commands", "config"],
  setup: ["setup", "session", "config", "environment", "shell", "errors"],
  policy: ["policy", "config", "shell", "errors"],
  // Put together from all of the above.
  runs: [
    ...["runs", "commands", "session", "config", "environment", "shell", "errors"],
    ...["kops", "kubeconfig", "examine", "policy", "setup"],
  ],
};
const folders = [...Object.keys(layers), "commands", "effects"];

/** Each dependency has one door. */
const doors = {
  ini: ["src/config/ini.ts"],
  chalk: ["src/effects/terminal.ts"],
  "@aws-sdk/client-sts": ["src/effects/sts-client.ts"],
  "@aws-sdk/credential-provider-login": ["src/effects/credential-sources.ts"],
  "@aws-sdk/credential-provider-sso": ["src/effects/credential-sources.ts"],
  "@aws-sdk/credential-provider-web-identity": ["src/effects/credential-sources.ts"],
  "@smithy/credential-provider-imds": ["src/effects/credential-sources.ts"],
  "@smithy/shared-ini-file-loader": ["src/effects/credential-sources.ts"],
  "@aws-sdk/xml-builder": ["src/effects/sts-client.ts"],
  clipanion: ["src/app.ts", "src/commands/**"],
  "@napi-rs/keyring": ["src/effects/keyring-helper.ts"],
  yaml: ["src/kubeconfig/**"],
};

const nodeModules = {
  regex: "^node:",
  message: "Effects come in through the context (src/context.ts).",
};

function layerRule(folder, allowed) {
  const forbidden = folders.filter((other) => !allowed.includes(other));
  return {
    files: [`src/${folder}/**/*.ts`],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            nodeModules,
            {
              regex: `^\\.\\./(${[...forbidden, "app", "main"].join("|")})(/|\\.ts)`,
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
    ignores: ["src/effects/start-program.ts"],
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
            "Processes are started in src/effects/start-program.ts, which filters their environment.",
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
