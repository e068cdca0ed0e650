// The main job, for somebody who has never seen it: the real program in a real shell, against the embedded STS.
import { spawn as spawnPty } from "@lydell/node-pty";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { startSandbox } from "../sandbox/server.ts";
import { kopsWorld, type KopsWorld } from "../sandbox/world.ts";
import { callerIdentityScript, shellScript } from "./scripts.ts";
import { isExecutable } from "../support/programs.ts";

const serial = "arn:aws:iam::111111111111:mfa/jon";

const world = kopsWorld();
const sandbox = await startSandbox({ world });
const home = mkdtempSync(join(tmpdir(), "kops-mfa-demo-"));
try {
  furnish(home, world);
  say(introduction(sandbox.url));
  const shell = findShell();
  const isPersonThere =
    process.stdin.isTTY && process.stdout.isTTY && process.env["CI"] === undefined;
  process.exitCode = await (isPersonThere ? letPersonType : typeItself)(shell, sandbox);
} finally {
  await sandbox.close();
  rmSync(home, { recursive: true, force: true });
}

function introduction(url: string): string {
  return `
  An STS of its own runs at ${url}: no AWS account is touched.
  Jon is a user of account 111111111111. The role kops-admin of account 222222222222
  may read the cluster's state store, and wants MFA. His AWS files are the usual ones:

      [profile prod]
      role_arn       = arn:aws:iam::222222222222:role/kops-admin
      source_profile = default
      mfa_serial     = ${serial}
`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** A home directory like Jon's, with the built program on the PATH. */
function furnish(directory: string, { jon }: KopsWorld): void {
  for (const name of [".aws", "bin"]) mkdirSync(join(directory, name));
  symlinkSync(resolve("dist/main.cjs"), join(directory, "bin", "kops-mfa"));
  const [key] = jon.accessKeys;
  write(".aws/credentials", [
    "[default]",
    `aws_access_key_id = ${key?.accessKeyId ?? ""}`,
    `aws_secret_access_key = ${key?.secretAccessKey ?? ""}`,
  ]);
  write(".aws/config", [
    "[default]",
    "region = eu-west-1",
    "[profile prod]",
    "role_arn = arn:aws:iam::222222222222:role/kops-admin",
    "source_profile = default",
    `mfa_serial = ${serial}`,
    "region = eu-west-1",
  ]);
  write("caller-identity.cjs", [callerIdentityScript]);
  write("session.sh", [shellScript]);
}

function write(name: string, lines: readonly string[]): void {
  writeFileSync(join(home, name), `${lines.join("\n")}\n`, { mode: 0o600 });
}

function environment(shell: string): Record<string, string> {
  return {
    HOME: home,
    PATH: [join(home, "bin"), process.env["PATH"] ?? ""].join(delimiter),
    TERM: process.env["TERM"] ?? "xterm",
    AWS_PROFILE: "prod",
    AWS_ENDPOINT_URL_STS: sandbox.url,
    NODE_PATH: resolve("node_modules"),
    DEMO_NODE: process.execPath,
    DEMO_SHELL: shell,
    DEMO_HOME: home,
  };
}

/** The first shell of this machine that `eval "$(…)"` is written for. */
function findShell(): string {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const candidates = ["bash", "zsh", "sh"].flatMap((name) =>
    folders.map((folder) => join(folder, name)),
  );
  const found = candidates.find(isExecutable);
  if (found === undefined) throw new Error("The demo needs bash, zsh or sh on the PATH.");
  return found;
}

/** The person reads the code here, as they would from their phone, and types it. */
async function letPersonType(shell: string, sts: Sandbox): Promise<number> {
  say(`  Jon's MFA device shows \x1b[1m${sts.code(serial)}\x1b[0m. Type it when you are asked.\n`);
  let seen = sts.requests.length;
  const watch = setInterval(() => {
    const isRefused = sts.requests.slice(seen).some(({ outcome }) => outcome === "AccessDenied");
    seen = sts.requests.length;
    if (isRefused) say(`  (Jon's device now shows \x1b[1m${sts.code(serial)}\x1b[0m)`);
  }, 100);
  const child = spawn(shell, [join(home, "session.sh")], {
    env: environment(shell),
    stdio: "inherit",
  });
  return new Promise((done) => {
    child.on("close", (exitCode) => {
      clearInterval(watch);
      done(exitCode ?? 1);
    });
  });
}

/** Nobody is there: the code is typed on a terminal of the demo's own. */
async function typeItself(shell: string, sts: Sandbox): Promise<number> {
  say("  (Nobody is at the terminal, so the demo types the code itself.)\n");
  const terminal = spawnPty(shell, [join(home, "session.sh")], {
    env: environment(shell),
    cols: 100,
  });
  let isAsked = false;
  terminal.onData((text) => {
    const plain = process.stdout.isTTY ? text : stripVTControlCharacters(text);
    process.stdout.write(plain.replaceAll("\r\n", "\n"));
    if (isAsked || !text.includes("MFA code of")) return;
    isAsked = true;
    terminal.write(`${sts.code(serial)}\r`);
  });
  return new Promise((done) => {
    terminal.onExit(({ exitCode }) => done(exitCode));
  });
}
