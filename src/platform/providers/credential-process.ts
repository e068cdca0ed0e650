import type { ChildProcess, StdioOptions } from "node:child_process";
import type { Readable } from "node:stream";
import type { ProviderSource } from "../../config/source.ts";
import type { Environment } from "../../environment/environment.ts";
import type { SourceCredentials } from "../../context/sts.ts";
import { processEnvironment } from "../../config/process-chain.ts";
import { readDocument } from "./credential-document.ts";
import { sourceError } from "./provider-error.ts";
import { stopTree } from "./stop-process-tree.ts";
import { describeErrno } from "../files/errno.ts";
import { startProgram } from "../processes/start-program.ts";
import { refuseUntrusted } from "../files/trusted-file.ts";

/** The Go SDK's limit, so kops's own: github.com/aws/aws-sdk-go-v2, credentials/processcreds/provider.go, DefaultTimeout. */
const limitMs = 60_000;
/** How long the output may stay open when the command has ended. */
const graceMs = 1000;
/** Where Node's own exec() stops too; the document has some 2 KB. */
const longestOutput = 1024 * 1024;

/**
 * What a credential_process prints. It runs as the Go SDK runs it: by the shell, with the terminal as standard input and error,
 * so that it can ask. AWS's provider for JavaScript keeps both from it, and waits for ever.
 * Throws {@link CredentialsError}.
 */
export async function processCredentials(
  source: ProviderSource,
  command: string,
  env: Environment,
  limit = limitMs,
): Promise<SourceCredentials> {
  refuseUntrusted(source.command);
  const running = run(command, processEnvironment(source.where, env), limit);
  const { output, ending } = await running.catch((error: unknown) => {
    throw sourceError(source, `it cannot be started (${describeErrno(error)})`, tryAlone);
  });
  if (ending !== null) throw sourceError(source, ending, hintOf(ending));
  if (output.trim() === "") {
    throw sourceError(source, "it printed nothing", tryAlone);
  }
  const read = readDocument(output, "SessionToken");
  if (typeof read !== "string") return read;
  const form = '{"Version": 1, "AccessKeyId": …, "SecretAccessKey": …, "SessionToken": …}';
  throw sourceError(source, `what it printed ${read}`, `It must print ${form} and nothing else.`);
}

const tryAlone = "Run the command by itself to see what it does.";

type Started = ChildProcess & { readonly stdout: Readable };

interface Run {
  readonly output: string;
  /** Why the output does not count; null where it does. */
  readonly ending: string | null;
}

function run(command: string, env: Environment, limit: number): Promise<Run> {
  let timer: NodeJS.Timeout | undefined;
  return new Promise<Run>((resolve, reject) => {
    const stdio: StdioOptions = ["inherit", "pipe", "inherit"];
    const child = startProgram(command, [], { shell: true, env, stdio }) as Started;
    const chunks: Buffer[] = [];
    let [size, stopped] = [0, null as string | null];
    const stop = (why: string) => {
      if (stopped !== null) return;
      stopped = why;
      stopTree(child);
      child.stdout.destroy();
    };
    timer = setTimeout(() => stop(`no answer within ${limit / 1000} s`), limit);
    child.stdout.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= longestOutput) chunks.push(chunk);
      else stop("it prints without end");
    });
    child.on("error", reject);
    child.on("exit", () => {
      clearTimeout(timer);
      // An agent that it has left running may hold the pipe; what the command itself has printed is in there already.
      timer = setTimeout(() => child.stdout.destroy(), graceMs);
    });
    child.on("close", (code, signal) => {
      const output = Buffer.concat(chunks).toString("utf8");
      resolve({ output, ending: stopped ?? describeEnd(code, signal) });
    });
  }).finally(() => clearTimeout(timer));
}

function describeEnd(code: number | null, signal: NodeJS.Signals | null): string | null {
  if (code === 0) return null;
  if (code === 127) return "the command was not found (exit code 127)";
  return code === null
    ? `it was ended by ${signal ?? "a signal"}`
    : `it failed (exit code ${code})`;
}

function hintOf(ending: string): string {
  return ending.startsWith("no answer")
    ? "Run the command by itself: if it waits for something, do that first."
    : "What it says stands above; run the command by itself to see more.";
}
