import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { ConfigError, KopsMfaError } from "../../errors.ts";
import { describeErrno, errnoOf } from "./errno.ts";
import { replaceFile } from "./replace-file.ts";
import { removeFile } from "./remove-file.ts";

/** `Files.refuseUnchangeable`; `shown` is the file's name in messages. */
export function refuseUnchangeable(path: string, shown: string): void {
  orNotWritten(shown, () => {
    const file = followLinks(path);
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat && !stat.isFile()) throw notAFile(shown);
    if (stat) accessSync(file, constants.W_OK);
    accessSync(existingParent(file), constants.W_OK);
    if (stat && !isText(readFileSync(file))) throw notText(shown);
  });
}

/** `Files.change`. */
export function changeFile(
  path: string,
  before: string | null,
  after: string,
  shown: string,
): string | null {
  return orNotWritten(shown, () => {
    const file = followLinks(path);
    const former = statSync(file, { throwIfNoEntry: false });
    if (!former) {
      if (before !== null) throw changedMeanwhile(shown);
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      replaceFile(file, after);
      return null;
    }
    accessSync(file, constants.W_OK);
    const bytes = readFileSync(file);
    if (before === null || !bytes.equals(Buffer.from(before))) throw changedMeanwhile(shown);
    const copy = keepCopy(path, bytes);
    try {
      replaceFile(file, after, former);
    } catch (error) {
      removeFile(copy);
      throw error;
    }
    return copy;
  });
}

/** More links than the kernel would follow. */
const longestWay = 40;

/** What a path stands for in the end, also where nothing is there yet. */
function followLinks(path: string): string {
  let file = path;
  for (let hops = 0; hops < longestWay; hops++) {
    const target = linkTarget(file);
    if (target === null) break;
    file = resolve(dirname(file), target);
  }
  return file;
}

function linkTarget(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch (error) {
    // EINVAL, or UNKNOWN on Windows: it is no link.
    if (/^(?:EINVAL|ENOENT|UNKNOWN)$/.test(errnoOf(error) ?? "")) return null;
    throw error;
  }
}

function existingParent(path: string): string {
  const parent = dirname(path);
  const isThere = statSync(parent, { throwIfNoEntry: false }) !== undefined || parent === path;
  return isThere ? parent : existingParent(parent);
}

/** Beside the path that people know, not beside what a link leads to; named after the time, and never over an older one. */
function keepCopy(path: string, bytes: Buffer): string {
  const time = new Date().toISOString().replace(/\.\d+Z$|[-:]/g, "");
  for (let count = 1; ; count++) {
    const copy = `${path}.before-kops-mfa-${time}${count === 1 ? "" : `-${count}`}`;
    if (writeNew(copy, bytes)) return copy;
  }
}

/** False where the file is there already. */
function writeNew(path: string, bytes: Buffer): boolean {
  let file: number;
  try {
    file = openSync(path, "wx", 0o600);
  } catch (error) {
    if (errnoOf(error) === "EEXIST") return false;
    throw error;
  }
  try {
    for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } catch (error) {
    removeFile(path);
    throw error;
  } finally {
    closeSync(file);
  }
  return true;
}

function isText(bytes: Buffer): boolean {
  return Buffer.from(bytes.toString()).equals(bytes);
}

function orNotWritten<T>(shown: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof KopsMfaError) throw cause;
    throw new KopsMfaError(`${shown}: cannot be written (${describeErrno(cause)})`, {
      hint: "It was not changed. Both the file and its directory have to be yours to write.",
      cause,
    });
  }
}

function notAFile(shown: string): KopsMfaError {
  return new KopsMfaError(`${shown}: is not a regular file`, {
    hint: "Name a file (AWS_CONFIG_FILE, KOPS_MFA_CONFIG).",
  });
}

function notText(shown: string): ConfigError {
  return new ConfigError(`${shown}: is not UTF-8 text, and would not survive a change`, {
    hint: "Convert it first: iconv -f LATIN1 -t UTF-8 does where that is what it is.",
  });
}

function changedMeanwhile(shown: string): KopsMfaError {
  return new KopsMfaError(`${shown}: has changed since it was read; it was left as it is`, {
    hint: "Run this again.",
  });
}
