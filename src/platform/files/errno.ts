/** Node's and libuv's words for what a file system says, as people say it. */
const words: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "operation not permitted",
  ENOENT: "no such file or directory",
  ENOTDIR: "a part of the path is not a directory",
  EISDIR: "it is a directory",
  ENOSPC: "no space left on the device",
  EDQUOT: "the disk quota is used up",
  EROFS: "read-only file system",
  ELOOP: "too many symbolic links",
  EMFILE: "too many open files",
  EIO: "input/output error",
  EPIPE: "nobody reads it",
  EFBIG: "the file would be too large",
  E2BIG: "the arguments and the environment are too long together",
};

/** The code of a system error (`ENOENT`); null for any other error. */
export function errnoOf(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : null;
}

/** A system error in a few words. */
export function describeErrno(error: unknown): string {
  const code = errnoOf(error);
  return code === null ? String(error) : (words[code] ?? code);
}
