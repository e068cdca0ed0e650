import { defineConfig } from "vitest/config";

/** `npm run fuzz` says how much is tried; who says nothing does not load it. */
const setupFiles = process.env["KOPS_MFA_FUZZ_CASES"] ? ["test/fuzz/setup.ts"] : [];

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/e2e/**"],
          testTimeout: 20_000,
          setupFiles,
          server: { deps: { inline: ["clipanion"] } },
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          server: { deps: { inline: ["clipanion"] } },
        },
      },
    ],
  },
});
