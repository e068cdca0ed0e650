import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** The program as `npm install --global` leaves it: a link in the folder of programs, to a file with a `#!` line. */
export interface Installed {
  /** The folder with the link. */
  readonly folder: string;
  readonly program: string;
  remove(): void;
}

const run = promisify(execFile);

/** Packs what is built (dist/) and installs it into a folder of its own. Nothing is fetched: the package needs nothing but itself. */
export async function install(): Promise<Installed> {
  const prefix = mkdtempSync(join(tmpdir(), "kops-mfa-bench-"));
  const remove = () => rmSync(prefix, { recursive: true, force: true });
  try {
    const quiet = ["--offline", "--ignore-scripts", "--loglevel=error"];
    await run("npm", ["pack", ...quiet, "--pack-destination", prefix]);
    const tarball = readdirSync(prefix).find((name) => name.endsWith(".tgz")) ?? "";
    const options = ["--global", "--prefix", prefix, "--omit=optional", "--no-audit", "--no-fund"];
    await run("npm", ["install", ...quiet, ...options, join(prefix, tarball)]);
  } catch (error) {
    remove();
    throw error;
  }
  const folder = join(prefix, "bin");
  return { folder, program: join(folder, "kops-mfa"), remove };
}
