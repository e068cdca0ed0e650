import {
  closeSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from "node:fs";
import type { Lock, LockHolder } from "../context.ts";
import { errnoOf } from "./errno.ts";

const heartbeatMs = 2000;
/** A holder that shows no life for so long is gone, on whatever machine it was. */
const deadAfterMs = 15_000;

/** Locks nothing: where there is no place for a lock, everybody goes on alone. */
export const noLock: Lock = { release: () => undefined };

/**
 * Takes a lock file, made with O_EXCL, which network file systems honour too. Its holder touches it while it lives; a lock whose
 * process is gone (same machine) or that was not touched for 15 s (another one) is taken over. Null when somebody has it.
 */
export function tryLockFile(path: string): Lock | null {
  try {
    return create(path) ?? (removeIfDead(path) ? create(path) : null);
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    return noLock;
  }
}

/** Who holds the lock in that file; null when nobody does. */
export function lockHolder(path: string): LockHolder | null {
  try {
    const identity = read(path);
    const [, pid, host] = holder.exec(identity ?? "") ?? [];
    if (identity === null || pid === undefined || host === undefined) return null;
    return { pid: Number(pid), host, isDead: isDead(path, identity) };
  } catch (error) {
    // Released in the meantime.
    if (errnoOf(error) === "ENOENT") return null;
    throw error;
  }
}

/** Not imported: only a run that takes a lock needs it. */
const hostname = () => process.getBuiltinModule("node:os").hostname();

function create(path: string): Lock | null {
  const identity = `${process.pid} ${hostname()} ${Date.now()}-${Math.random()}\n`;
  try {
    const file = openSync(path, "wx", 0o600);
    writeSync(file, identity);
    closeSync(file);
  } catch (error) {
    if (errnoOf(error) === "EEXIST") return null;
    throw error;
  }
  const heartbeat = setInterval(() => touch(path), heartbeatMs).unref();
  const release = () => {
    clearInterval(heartbeat);
    process.removeListener("exit", release);
    // Somebody may have thought us dead, and taken it over.
    if (read(path) === identity) rmSync(path, { force: true });
  };
  process.once("exit", release);
  return { release };
}

function touch(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // Taken away: nothing to keep alive.
  }
}

/** Moved aside before it is removed, so that of two who find it dead only one takes it away, and never a new one. */
function removeIfDead(path: string): boolean {
  const identity = read(path);
  if (identity === null) return true;
  if (!isDead(path, identity)) return false;
  const aside = `${path}.${process.pid}.dead`;
  renameSync(path, aside);
  const isSame = read(aside) === identity;
  if (isSame) rmSync(aside, { force: true });
  else renameSync(aside, path);
  return isSame;
}

/** The process and the machine that a lock file names. */
const holder = /^(\d+) (\S+) /;

function isDead(path: string, identity: string): boolean {
  const [, pid, host] = holder.exec(identity) ?? [];
  if (host === hostname() && pid !== undefined && !isRunning(Number(pid))) return true;
  const { mtimeMs } = statSync(path);
  return Math.abs(Date.now() - mtimeMs) > deadAfterMs;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) === "EPERM";
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
