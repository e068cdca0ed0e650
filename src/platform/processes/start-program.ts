// The only module that starts a process, so that none gets an environment that was not filtered: eslint.config.js.
import type {
  ChildProcess,
  ExecFileException,
  ExecFileOptions,
  SpawnOptions,
  SpawnSyncOptions,
  SpawnSyncReturns,
} from "node:child_process";
import type { Environment } from "../../environment/environment.ts";
import { childEnvironment, helperEnvironment } from "../../environment/child-environment.ts";

type WithEnvironment<Options> = Omit<Options, "env"> & { readonly env: Environment };
type Execve = (file: string, args: readonly string[], env: Record<string, string>) => void;
type Ended = (error: ExecFileException | null, output: string, errors: string) => void;

/** As Node's spawn(), with `env` as {@link childEnvironment} lets it through. */
export function startProgram(
  file: string,
  args: readonly string[],
  { env, ...options }: WithEnvironment<SpawnOptions>,
): ChildProcess {
  return childProcess().spawn(file, args, { ...options, env: ownEnvironment(env) });
}

/** As Node's execFile(), with `env` as {@link childEnvironment} lets it through. */
export function execProgram(
  file: string,
  args: readonly string[],
  { env, ...options }: WithEnvironment<ExecFileOptions>,
  ended: Ended,
): ChildProcess {
  const whole = { ...options, env: ownEnvironment(env), encoding: "utf8" } as const;
  return childProcess().execFile(file, args, whole, ended);
}

/** Runs a program that needs nothing of AWS to its end, as Node's spawnSync(): with the environment of this process, but for credentials. */
export function runHelper(
  file: string,
  args: readonly string[],
  options: Omit<SpawnSyncOptions, "env" | "encoding">,
): SpawnSyncReturns<string> {
  const env = helperEnvironment(process.env, process.platform);
  return childProcess().spawnSync(file, args, { ...options, env, encoding: "utf8" });
}

/** Becomes the program: execve(2). Comes back where Node (before 22.15) or the platform has no such call. */
export function becomeProgram(file: string, argv: readonly string[], env: Environment): void {
  const { execve } = process as { execve?: Execve };
  execve?.call(process, file, argv, ownEnvironment(env));
}

function ownEnvironment(env: Environment): Record<string, string> {
  return { ...childEnvironment(env, process.platform) };
}

function childProcess() {
  // Not imported: that costs each start 2 ms.
  return process.getBuiltinModule("node:child_process");
}
