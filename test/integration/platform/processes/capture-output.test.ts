import { expect, test } from "vitest";
import { askProgram } from "../../../../src/platform/processes/capture-output.ts";

const ask = (script: string, seconds = 10) =>
  askProgram({ path: "/bin/sh", name: "sh", args: ["-c", script], env: { A: "b" } }, seconds);

test("what it printed, and how it ended, with the environment that it was given", async () => {
  expect(await ask('echo "$A"; echo why >&2; exit 3')).toEqual({
    ...{ how: "exited", exitCode: 3, output: "b\n", errors: "why\n" },
  });
  expect(await ask("cat; [ ! -t 0 ] && echo end")).toMatchObject({ exitCode: 0, output: "end\n" });
});

test("one that does not end is ended, also where a child of it holds the output", async () => {
  const start = Date.now();
  expect(await ask("sleep 20 & wait", 0.3)).toEqual({ how: "timed-out" });
  expect(Date.now() - start).toBeLessThan(10_000);
});

test("one that cannot be started, and one that was killed", async () => {
  const none = { path: "/nowhere", name: "kops", args: [], env: {} };
  expect(await askProgram(none, 5)).toEqual({
    ...{ how: "not-started", why: "no such file or directory" },
  });
  expect(await ask("kill -TERM $$")).toMatchObject({ how: "exited", exitCode: 1 });
});
