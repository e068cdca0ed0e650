import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { processCredentials } from "../../../../src/platform/providers/credential-process.ts";
import { isRunning } from "../../../support/processes.ts";
import { linesOf, source } from "../../../support/credential-source.ts";

const directory = mkdtempSync(join(tmpdir(), "kops-mfa-process-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const env = { PATH: process.env["PATH"], OUT: join(directory, "out") };
const run = (command: string, limit?: number) => processCredentials(source, command, env, limit);
const ending = async (command: string, limit?: number) => {
  const [message, hint] = await linesOf(() => run(command, limit));
  return [message.replace(`${source.where}: `, ""), hint];
};

const keys = '{"Version": 1, "AccessKeyId": "AKIATEST", "SecretAccessKey": "secret"}';

test("the command is the shell's, with its quotes, pipes and variables", async () => {
  expect(await run(`printf '%s' '${keys}' | tee "$OUT"`)).toEqual({
    accessKeyId: "AKIATEST",
    secretAccessKey: "secret",
    sessionToken: null,
    expiresAt: null,
  });
  expect(readFileSync(env.OUT, "utf8")).toBe(keys);
});

describe.skipIf(process.platform === "win32")("a command that does not end", () => {
  const slow = "Run the command by itself: if it waits for something, do that first.";

  test("is ended, with all that it has started", async () => {
    const command = `(echo $$; sh -c 'echo $$; sleep 60; true'; true) >"$OUT"; true`;
    expect(await ending(command, 500)).toEqual(["no answer within 0.5 s", slow]);
    const pids = readFileSync(env.OUT, "utf8").trim().split("\n").map(Number);
    expect(pids).toHaveLength(2);
    await vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]));
  });

  test("is killed when it does not want to", async () => {
    const start = Date.now();
    const command = "trap '' TERM; while :; do sleep 0.1; done";
    expect(await ending(command, 300)).toEqual(["no answer within 0.3 s", slow]);
    expect(Date.now() - start).toBeLessThan(8000);
  });

  test("prints without end", async () => {
    expect((await ending("yes"))[0]).toBe("it prints without end");
  });
});

test("an agent that it leaves running does not hold it up", async () => {
  const found = await run(`printf '%s' '${keys}'; sleep 60 & echo $! >"$OUT"`);
  process.kill(Number(readFileSync(env.OUT, "utf8")));
  expect(found).toMatchObject({ accessKeyId: "AKIATEST" });
});

test("one that is killed, and one that cannot be started", async () => {
  expect((await ending("kill -9 $$"))[0]).toBe("it was ended by SIGKILL");
  expect((await ending("x".repeat(4_000_000)))[0]).toBe(
    "it cannot be started (the arguments and the environment are too long together)",
  );
});
