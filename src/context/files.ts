export interface Files {
  /** The text of a file, null when it does not exist. Throws {@link ConfigError} when it cannot be read. */
  read(path: string): string | null;
  /** The same, with the ownership of the file that was read, which is told by its descriptor: no other can have taken its place. */
  open(path: string): OpenedFile | null;
  /** What is known about a file or directory without opening it; null when there is none, or it cannot be seen. */
  look(path: string): FileFacts | null;
  /** Who holds the lock in that file; null when nobody does. */
  lockHolder(path: string): LockHolder | null;
  /**
   * Writes a file that only its owner can read, whole or not at all, in place of a regular file or of none; where the path is a link,
   * the link stays. Throws {@link KopsMfaError}.
   */
  writePrivate(path: string, text: string): void;
  /**
   * Changes a file of Kubernetes' clients from `before` to `after`, under the lock that they take, whole or not at all; mode, owner
   * and, where the path is a link, the link stay. Throws {@link KopsMfaError}, also where the file is not `before` any more.
   */
  replaceLocked(path: string, before: string, after: string): Promise<void>;
  /** Throws {@link KopsMfaError} where {@link Files.change} could not write this file. */
  refuseUnchangeable(path: string): void;
  /**
   * Changes a file of this person's from `before`, null for none, to `after`, whole or not at all; mode, owner and, where the path is a
   * link, the link stay. What was there is kept beside it, in a file of a name that is given back; null where there was none.
   * Throws {@link KopsMfaError}, also where the file is not `before` any more.
   */
  change(path: string, before: string | null, after: string): string | null;
  /** A directory of this person's own for secrets (0700; its files 0600). */
  vault(directory: string): Vault;
  /** The same in the directory of another program, in which nothing is touched but the names that are given. */
  foreignVault(directory: string): Vault;
}

export interface OpenedFile {
  readonly text: string;
  readonly ownership: FileOwnership;
}

/** What decides who can have written a file. */
export interface FileOwnership {
  /** The permission bits, `0o600`; null where the platform has none. */
  readonly mode: number | null;
  /** Whether it belongs to neither this person nor root. */
  readonly isForeign: boolean;
}

export interface FileFacts extends FileOwnership {
  readonly kind: "file" | "directory" | "other";
  /** Whether this person may write it. */
  readonly isWritable: boolean;
}

export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** Whether its process is gone, so that the lock is anybody's to take over. */
  readonly isDead: boolean;
}

/** Small secret files by name. No method throws: what cannot be read is a miss, what cannot be written is a {@link VaultProblem}. */
export interface Vault {
  read(name: string): { readonly text: string | null; readonly problem: VaultProblem | null };
  /** Writes beside and renames, so that a reader sees the old text or the new one. */
  write(name: string, text: string): VaultProblem | null;
  remove(name: string): VaultProblem | null;
  names(): readonly string[];
  /**
   * Takes the lock of that name, until it is released or this process ends, however it ends. `null` when somebody else has it.
   * Where no lock can be had, the lock that is given locks nothing.
   */
  tryLock(name: string): Lock | null;
}

export interface Lock {
  release(): void;
}

/** One line about a file or directory that could not be used, such as `~/.cache/kops-mfa: read-only file system`. */
export type VaultProblem = string;
