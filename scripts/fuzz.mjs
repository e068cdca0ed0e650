// The property tests with as many cases as there is time for: npm run fuzz -- --cases 100000 [--seed N] [FILE…]
// A failure names the seed that repeats it.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cases: { type: "string", default: "10000" },
    seed: { type: "string", default: String(1 + Math.floor(Math.random() * 999_999_999)) },
  },
});
for (const text of [values.cases, values.seed]) {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`"${text}" is not a number`);
}

/** Tests that make up their own cases. */
const files = readdirSync("test", { recursive: true })
  .map((name) => `test/${name.replaceAll("\\", "/")}`)
  .filter((name) => name.endsWith(".test.ts") && !name.startsWith("test/e2e/"))
  .filter(
    (name) => /^test\/\w+\/fuzz\//.test(name) || /"fast-check"/.test(readFileSync(name, "utf8")),
  );

console.log(`seed ${values.seed}, ${values.cases} cases each`);
const vitest = [
  "node_modules/vitest/vitest.mjs",
  "run",
  "--project",
  "unit",
  "--project",
  "integration",
];
const { status } = spawnSync(
  process.execPath,
  [...vitest, "--testTimeout", "7200000", ...(positionals.length > 0 ? positionals : files)],
  {
    stdio: "inherit",
    env: {
      ...process.env,
      KOPS_MFA_FUZZ_CASES: values.cases,
      KOPS_MFA_FUZZ_SEED: values.seed,
    },
  },
);
process.exitCode = status ?? 1;
