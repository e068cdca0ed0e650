import { spawn } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { startSandbox } from "../sandbox/server.ts";
import type { AccessKey } from "../sandbox/directory.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { kopsWorld, type KopsWorld } from "../sandbox/world.ts";

export const program = resolve("dist/main.cjs");

export interface Result {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Somebody with a home directory, AWS files, the program on the PATH, and an STS of their own. */
export class Person {
  readonly home = mkdtempSync(join(tmpdir(), "kops-mfa-e2e-"));
  readonly sandbox: Sandbox;
  readonly world: KopsWorld;

  private constructor(sandbox: Sandbox, world: KopsWorld) {
    this.sandbox = sandbox;
    this.world = world;
    mkdirSync(join(this.home, ".aws"));
    mkdirSync(join(this.home, "bin"));
    symlinkSync(program, join(this.home, "bin", "kops-mfa"));
    this.write(".aws/credentials", credentialsFile(world));
    this.write(".aws/config", configFile);
  }

  /** @param clock - that of the STS, where it is not the machine's */
  static async arrive(clock?: () => number): Promise<Person> {
    const world = kopsWorld();
    const options = clock === undefined ? { world } : { world, clock };
    return new Person(await startSandbox(options), world);
  }

  /** Everything as on the first day: no session, no code used. */
  forget(): void {
    this.sandbox.reset();
    rmSync(this.path(".cache"), { recursive: true, force: true });
  }

  async leave(): Promise<void> {
    await this.sandbox.close();
    // What a test has left running may still write there, and rmSync of Node 20 lists a directory
    // only once, however often it tries.
    await rm(this.home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  /** Built from nothing, so that no variable of the machine decides a test. */
  get env(): Record<string, string> {
    return {
      HOME: this.home,
      PATH: [join(this.home, "bin"), process.env["PATH"] ?? ""].join(delimiter),
      AWS_ENDPOINT_URL_STS: this.sandbox.url,
      TERM: "xterm-256color",
      NO_COLOR: "1",
    };
  }

  readonly serial = "arn:aws:iam::111111111111:mfa/jon";

  /** The code that jon's device shows now. */
  code(steps = 0): string {
    return this.sandbox.code(this.serial, steps);
  }

  path(name: string): string {
    return join(this.home, name);
  }

  write(name: string, text: string, mode = 0o600): string {
    const path = this.path(name);
    writeFileSync(path, text);
    chmodSync(path, mode);
    return path;
  }

  /** Adds a profile to the AWS configuration. */
  addProfile(text: string): void {
    this.write(".aws/config", `${readFileSync(this.path(".aws/config"), "utf8")}\n${text}`);
  }

  /** The files of the sessions that are kept. */
  sessionFiles(): readonly string[] {
    const directory = this.path(".cache/kops-mfa");
    return readdirSync(directory)
      .filter((name) => name.endsWith(".json"))
      .map((name) => join(directory, name));
  }

  /** Lets the kept sessions of one action end in so many seconds, as time would. */
  shortenSessions(action: "AssumeRole" | "GetSessionToken", seconds: number): void {
    for (const file of this.sessionFiles()) {
      const entry = JSON.parse(readFileSync(file, "utf8")) as { key: string; expiresAt: number };
      if (!entry.key.startsWith(`["${action}"`)) continue;
      entry.expiresAt = Date.now() + seconds * 1000;
      writeFileSync(file, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
    }
  }

  /** Runs the built program without a terminal. */
  run(args: readonly string[], { env = {}, input }: RunOptions = {}): Promise<Result> {
    return runProgram(process.execPath, [program, ...args], { ...this.env, ...env }, input);
  }
}

/** Runs any program in a session of its own, so that it finds no terminal, also where the tests have one. */
export function runProgram(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  input?: string,
): Promise<Result> {
  return new Promise((resolveResult, reject) => {
    const child = spawn(file, args, { env, detached: true, stdio: ["pipe", "pipe", "pipe"] });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", reject);
    child.on("close", (exitCode) => resolveResult({ exitCode, stdout, stderr }));
    child.stdin.on("error", () => undefined).end(input);
  });
}

function credentialsFile({ jon, mallory, people }: KopsWorld): string {
  const section = (name: string, key: AccessKey | undefined) =>
    `[${name}]\naws_access_key_id = ${key?.accessKeyId ?? ""}\naws_secret_access_key = ${key?.secretAccessKey ?? ""}\n\n`;
  return (
    section("default", jon.accessKeys[0]) +
    section("mallory", mallory.accessKeys[0]) +
    section("root", people.root.accessKeys[0])
  );
}

/** What such files look like: the account of the people, and roles in the account of the clusters. */
const configFile = `[default]
region = eu-west-1

[profile prod]
role_arn = arn:aws:iam::222222222222:role/kops-admin
source_profile = default
mfa_serial = arn:aws:iam::111111111111:mfa/jon

[profile staging]
role_arn = arn:aws:iam::222222222222:role/kops-short
source_profile = default
mfa_serial = arn:aws:iam::111111111111:mfa/jon
region = eu-central-1

[profile chained]
role_arn = arn:aws:iam::222222222222:role/kops-chained
source_profile = prod

[profile me]
mfa_serial = arn:aws:iam::111111111111:mfa/jon
source_profile = default

[profile mallory]
role_arn = arn:aws:iam::222222222222:role/kops-admin
mfa_serial = arn:aws:iam::111111111111:mfa/mallory
source_profile = mallory
`;
