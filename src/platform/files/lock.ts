import {
  closeSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  utimesSync,
  writeSync,
} from "node:fs";
import type { Lock, LockHolder } from "../../context/files.ts";
import { errnoOf } from "./errno.ts";
import { removeFile } from "./remove-file.ts";

const heartbeatMs = 2000;
/** A holder that shows no life for so long is gone, on whatever machine it was. */
const deadAfterMs = 15_000;
/** A holder says who it is at once; one that has not by then was killed before it could, or had no room for it. */
const namelessAfterMs = 2000;

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
  const identity = writeLock(path);
  if (identity === null) return null;
  const heartbeat = setInterval(() => touch(path), heartbeatMs).unref();
  const release = () => {
    clearInterval(heartbeat);
    process.removeListener("exit", release);
    // Somebody may have thought us dead, and taken it over.
    if (read(path) === identity) removeFile(path);
  };
  process.once("exit", release);
  return { release };
}

/** Makes the file with this process's identity in it, which is given back; null where there is one already. Throws Node's errors. */
export function writeLock(path: string): string | null {
  const identity = `${process.pid} ${hostname()} ${Date.now()}-${Math.random()}\n`;
  let file: number;
  try {
    file = openSync(path, "wx", 0o600);
  } catch (error) {
    if (errnoOf(error) === "EEXIST") return null;
    throw error;
  }
  try {
    writeSync(file, identity);
  } catch (error) {
    // Nobody could tell whose it is: on a full disk everybody would wait for it.
    removeFile(path);
    throw error;
  } finally {
    closeSync(file);
  }
  return identity;
}

function touch(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // Taken away: nothing to keep alive.
  }
}

function removeIfDead(path: string): boolean {
  const identity = read(path);
  if (identity === null) return true;
  return isDead(path, identity) && takeAway(path, identity);
}

/** Removes a lock whose process was of this program, on this machine, and is gone; false for any other. */
export function removeIfKilled(path: string): boolean {
  const identity = read(path);
  return identity !== null && isGone(identity) && takeAway(path, identity);
}

/** Moved aside before it is removed, so that of two who find it dead only one takes it away, and never a new one. */
function takeAway(path: string, identity: string): boolean {
  const aside = `${path}.${process.pid}.dead`;
  renameSync(path, aside);
  const isSame = read(aside) === identity;
  if (isSame) removeFile(aside);
  else renameSync(aside, path);
  return isSame;
}

/** The process and the machine that a lock file names. */
const holder = /^(\d+) (\S+) /;

function isDead(path: string, identity: string): boolean {
  if (isGone(identity)) return true;
  const { mtimeMs } = statSync(path);
  return Math.abs(Date.now() - mtimeMs) > (identity === "" ? namelessAfterMs : deadAfterMs);
}

function isGone(identity: string): boolean {
  const [, pid, host] = holder.exec(identity) ?? [];
  return host === hostname() && pid !== undefined && !isRunning(Number(pid));
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
