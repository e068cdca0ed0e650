import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { runProgram } from "./person.ts";

const env = { PATH: process.env["PATH"] ?? "", HOME: tmpdir() };

/** One figure, measured once: what is tested is the table, never the time. */
const bench = (...args: readonly string[]) => {
  const only = ["--rounds", "1", "--only", "other commands: --version"];
  return runProgram(process.execPath, ["scripts/bench.mjs", ...only, ...args], env);
};

test("the report has the machine, and each figure beside bare node with its target", async () => {
  const { exitCode, stdout, stderr } = await bench("--json");
  expect([exitCode, stderr]).toEqual([0, ""]);
  const positive = expect.toSatisfy((value: unknown) => Number(value) > 0) as unknown;
  const spread = { low: positive, median: positive, high: positive };
  expect(JSON.parse(stdout)).toEqual({
    machine: {
      processor: expect.any(String) as string,
      cores: positive,
      system: expect.any(String) as string,
      versions: expect.objectContaining({
        node: process.versions.node,
        bash: expect.stringMatching(/^\d+\.\d+/) as string,
      }) as object,
    },
    rounds: 1,
    rows: [
      {
        group: "other commands",
        name: "--version",
        cpuMs: spread,
        wallMs: spread,
        timesNode: spread,
        target: { text: "≤ 2.00", isMet: expect.any(Boolean) as boolean },
        oursOverIt: null,
        eachFurtherMs: null,
        note: null,
      },
    ],
  });
});

test("the same as a table for the documents", async () => {
  const { exitCode, stdout } = await bench("--markdown");
  expect(exitCode).toBe(0);
  expect(stdout).toContain("| figure | CPU | wall | × node | quartiles | target | note |\n");
  expect(stdout).toMatch(/^\| --version \| [\d.]+ ms \| \d+.* \| \d+\.\d\d \| .* \| ≤ 2\.00.* \|/m);
});

test("a figure that there is not, is told which there are", async () => {
  const { exitCode, stdout, stderr } = await runProgram(
    process.execPath,
    ["scripts/bench.mjs", "--only", "nothing"],
    env,
  );
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/^bench: no figure is called that; there are: env; .*status/);
});
