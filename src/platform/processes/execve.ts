import { closeSync, openSync, readSync } from "node:fs";
import type { ChildCommand } from "../../context/processes.ts";
import { becomeProgram } from "./start-program.ts";

/** Linux takes no longer string (MAX_ARG_STRLEN), and at least so much in all: execve(2). */
const longestString = 128 * 1024;
const mostInAll = 1024 * 1024;

/**
 * Becomes the program: this process goes on as it, under the same number. Comes back where the platform or Node (before 22.15) cannot, and
 * where the system might refuse, since Node aborts then: https://nodejs.org/api/process.html#processexecvefile-args-env
 */
export function replaceProcess({ path, name, args, env }: ChildCommand): void {
  const argv = [name, ...args];
  if (isRunnable(path) && isTaken(argv, env)) becomeProgram(path, argv, env);
}

function isTaken(args: readonly string[], env: ChildCommand["env"]): boolean {
  const strings = [...args, ...Object.entries(env).map(([name, value]) => `${name}=${value}`)];
  const sizes = strings.map((text) => Buffer.byteLength(text) + 1);
  return (
    sizes.every((size) => size < longestString) &&
    sizes.reduce((sum, size) => sum + size, 0) < mostInAll
  );
}

/** Whether the file is a program of the same kind as Node itself, or a script for one. */
function isRunnable(path: string): boolean {
  const start = startOf(path);
  const [, interpreter] = /^#! *([^ \n]+)/.exec(start.toString("latin1")) ?? [];
  return isLikeNode(interpreter === undefined ? start : startOf(interpreter));
}

/** By the format, the width and the machine that its header names: elf(5), Mach-O's mach_header. */
function isLikeNode(start: Buffer): boolean {
  const node = startOf(process.execPath);
  const kind = (header: Buffer) =>
    header.subarray(0, 4).toString("latin1") === "\x7fELF"
      ? Buffer.concat([header.subarray(0, 6), header.subarray(18, 20)])
      : header.subarray(0, 8);
  return kind(node).equals(kind(start));
}

/** Empty where the file cannot be read. */
function startOf(path: string): Buffer {
  const start = Buffer.alloc(256);
  try {
    const file = openSync(path, "r");
    try {
      return start.subarray(0, readSync(file, start));
    } finally {
      closeSync(file);
    }
  } catch {
    return start.subarray(0, 0);
  }
}
