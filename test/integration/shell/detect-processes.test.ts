import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeShell, findShell, runShell } from "../../support/shells.ts";
import type { AnyShell } from "../../support/shells.ts";
import { cases } from "./detect-cases.ts";

/** A program with the real effects, that prints the name of the shell. */
const program = `
  import { ancestor } from "./src/platform/processes/process-info.ts";
  import { detectShell } from "./src/shell/detect.ts";
  const { env, platform, ppid } = process;
  console.log(detectShell({ ancestor, env, platform, ppid }).shell);
`;

/** Node programs that run it through `sh -c`, by what they do to be recognised. */
const runners = {
  npm: 'process.title = "npm exec kops-mfa";',
  yarn: 'process.env.npm_execpath = "/usr/lib/yarn.js";',
  launcher: "",
} as const;

const viaSh =
  'require("node:child_process").spawnSync("sh", ["-c", "./detect; :"], { stdio: "inherit" });';

let cwd: string;

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "kops-mfa-"));
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: join(import.meta.dirname, "../../.."), loader: "ts" },
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
  });
  await script("detect", "#!/usr/bin/env node", outputFiles[0]!.text);
  await script("fish", "#!/bin/bash", "./detect; :");
  for (const [name, recognised] of Object.entries(runners)) {
    await script(name, "#!/usr/bin/env node", recognised, viaSh);
  }
});

afterAll(() => rm(cwd, { recursive: true }));

const script = (name: string, ...lines: readonly string[]): Promise<void> =>
  writeFile(join(cwd, name), `${lines.join("\n")}\n`, { mode: 0o755 });

/** What the program prints in this script, with a login shell that is never the right answer. */
async function detected(shell: AnyShell, typed: string): Promise<string> {
  const env = { SHELL: "/bin/murex" };
  const { stdout, stderr } = await runShell(shell, typed, { cwd, env });
  expect(stderr).toBe("");
  return stdout.toString().trim();
}

for (const { shell, expected, substitution, pipe, first } of cases) {
  // On Windows nothing is asked about processes, see detect.test.ts.
  if (process.platform === "win32") continue;
  describeShell(shell, () => {
    it.for([
      ["on its own", first("./detect")],
      ["in a substitution", substitution],
      ["in a pipe", pipe],
      ["through npm", first("./npm")],
      ["through yarn 1", first("./yarn")],
    ] as const)("is detected %s", async ([, typed]) => {
      expect(await detected(shell, typed)).toBe(expected);
    });

    it("is not detected where another shell stands between", async () => {
      expect(await detected(shell, first("./launcher"))).toBe("sh");
      expect(await detected(shell, first("./fish"))).toBe("bash");
    });
  });
}

describeShell("bash", () => {
  it("is detected as a login shell", async () => {
    const typed = `(exec -a -bash bash --norc --noprofile -c './detect; :'); :`;
    expect(await detected("bash", typed)).toBe("bash");
  });

  describe.runIf(process.platform === "linux")("on Linux", () => {
    it("is detected by a versioned name, and after an upgrade has deleted its file", async () => {
      await copyFile(findShell("bash")!, join(cwd, "bash-5.99"));
      const typed = "./bash-5.99 -c './detect; rm bash-5.99; ./detect; :'; :";
      expect(await detected("dash", typed)).toBe("bash\nbash");
    });
  });
});
