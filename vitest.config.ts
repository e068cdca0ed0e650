import { defineConfig } from "vitest/config";

/** `npm run fuzz` sets the number of cases; an ordinary run does not load this. */
const fuzzSetup = process.env["KOPS_MFA_FUZZ_CASES"] ? ["test/fuzz/setup.ts"] : [];

const common = {
  server: { deps: { inline: ["clipanion"] } },
  // A test that no expect ran in, such as one whose loop had nothing to go over, has shown nothing.
  expect: { requireAssertions: true },
};

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...common,
          name: "unit",
          include: ["test/unit/**/*.test.ts"],
          // The files of a worker share its modules, which takes a third of the time; so no vi.mock, which a loaded module does not see.
          isolate: false,
          unstubEnvs: true,
          env: { npm_package_version: "1.2.3", npm_package_engines_node: "^20.17.0 || >=22.9.0" },
          testTimeout: 20_000,
          setupFiles: ["test/unit/in-process.ts", ...fuzzSetup],
        },
      },
      {
        test: {
          ...common,
          name: "integration",
          include: ["test/integration/**/*.test.ts"],
          testTimeout: 20_000,
          setupFiles: fuzzSetup,
        },
      },
      {
        test: {
          ...common,
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
