import { execFile } from "node:child_process";
import { cpus, release, type } from "node:os";
import { promisify } from "node:util";

/** What figures depend on. Never the name of the host, nor anything else that tells whose it is. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  /** `Linux 6.1`, without what the builder of the kernel appended. */
  readonly system: string;
  /** Of the programs that are measured, by name. */
  readonly versions: Readonly<Record<string, string>>;
}

/** How each program tells its version, in the first number with a dot that it prints. */
const programs = {
  aws: ["aws", "--version"],
  bash: ["bash", "--version"],
  zsh: ["zsh", "--version"],
  fish: ["fish", "--version"],
  pwsh: ["pwsh", "-NoProfile", "-Version"],
} as const;

export async function describeMachine(): Promise<Machine> {
  const processors = cpus();
  const found = Object.entries(programs).map(
    async ([name, command]) => [name, await versionOf(command)] as const,
  );
  const versions = (await Promise.all(found)).filter(([, version]) => version !== null);
  return {
    processor: processors[0]?.model.trim() || "an unnamed processor",
    cores: processors.length,
    system: `${type()} ${/^\d+\.\d+/.exec(release())?.[0] ?? ""}`.trim(),
    versions: {
      node: process.versions.node,
      ...(Object.fromEntries(versions) as Machine["versions"]),
    },
  };
}

async function versionOf([program, ...options]: readonly [string, ...string[]]) {
  try {
    const { stdout } = await promisify(execFile)(program, options);
    return /\d+\.\d+(?:\.\d+)?/.exec(stdout)?.[0] ?? null;
  } catch {
    // Not on the PATH.
    return null;
  }
}
