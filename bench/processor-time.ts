import { spawn } from "node:child_process";
import { Readable, type Writable } from "node:stream";

/** A program and all that it runs with. */
export interface Command {
  readonly argv: readonly [program: string, ...args: string[]];
  readonly env: Readonly<Record<string, string>>;
}

/** What one run of a command took, in milliseconds. */
export interface Times {
  /** User and system time, with that of what the command itself ran. */
  readonly cpuMs: number;
  readonly wallMs: number;
}

export interface Timed extends Times {
  /** Of all runs, one after the other. */
  readonly stdout: string;
}

export interface Runs {
  readonly times: number;
  /** All at the same time, where they are run one after the other otherwise. */
  readonly atOnce?: boolean;
}

/** Node itself cannot tell what its children took; bash can, to the millisecond. Its report goes to descriptor 3, out of the programs' way. */
const opening = `TIMEFORMAT='%3U %3S %3R'; exec 4>&2 2>&3 3>&-; n=$1; shift`;
const inTurn = `${opening}
time for ((i = 0; i < n; i++)); do "$@" 2>&4 4>&- || exit; done`;
const atOnce = `${opening}
time { pids=(); for ((i = 0; i < n; i++)); do "$@" 2>&4 4>&- & pids+=($!); done; for pid in "\${pids[@]}"; do wait "$pid" || exit; done; }`;

/**
 * Runs a command so many times and takes the mean of its CPU time; of the wall time too, unless all run at once: then it is from the
 * first start to the last end. Throws where one of the runs fails, with its exit code and what it said.
 */
export async function timeCommand(
  { argv, env }: Command,
  { times, atOnce: isAtOnce = false }: Runs,
): Promise<Timed> {
  const script = isAtOnce ? atOnce : inTurn;
  const { exitCode, stdout, stderr, report } = await runBash(
    ["-c", script, "bash", String(times), ...argv],
    env,
  );
  const [user, system, wall] = report.trim().split(" ").map(Number);
  if (exitCode !== 0 || user === undefined || system === undefined || wall === undefined) {
    throw new Error(`${argv.join(" ")}: exit code ${exitCode}: ${(stderr || report).trim()}`);
  }
  const cpuMs = ((user + system) * 1000) / times;
  return { cpuMs, wallMs: (wall * 1000) / (isAtOnce ? 1 : times), stdout };
}

function runBash(args: readonly string[], env: Readonly<Record<string, string>>) {
  return new Promise<{ exitCode: number; stdout: string; stderr: string; report: string }>(
    (resolve, reject) => {
      // In a session of its own, so that no terminal is found and nobody is asked.
      const child = spawn("bash", ["--norc", "--noprofile", ...args], {
        env,
        detached: true,
        stdio: ["ignore", "pipe", "pipe", "pipe"],
      });
      const [, ...texts] = child.stdio.map((stream) => collect(stream));
      child.on("error", reject);
      child.on("close", (code, signal) => {
        const [stdout = "", stderr = "", report = ""] = texts.map((text) => text());
        resolve({ exitCode: code ?? -1, stdout, stderr: stderr || (signal ?? ""), report });
      });
    },
  );
}

/** What a stream has given so far. */
function collect(stream: Readable | Writable | null | undefined): () => string {
  const chunks: Buffer[] = [];
  if (stream instanceof Readable) stream.on("data", (bytes: Buffer) => void chunks.push(bytes));
  return () => Buffer.concat(chunks).toString("utf8");
}
