import { shortenHome } from "../../../src/paths.ts";
import type { FileFacts, Files } from "../../../src/context/files.ts";
import { ConfigError, KopsMfaError } from "../../../src/errors.ts";
import { FakeVault } from "../../support/session/build.ts";

/** Why files cannot be read or written, by their whole paths: `permission denied`. */
export interface FileFaults {
  readonly unreadable: Readonly<Record<string, string>>;
  readonly unwritable: Readonly<Record<string, string>>;
  readonly home: string | null;
}

/** Files in memory, by their whole paths, and the vaults beside them. */
export class FakeFiles {
  readonly texts: Map<string, string>;
  readonly #faults: FileFaults;
  readonly #vaults = new Map<string, FakeVault>();

  constructor(texts: Readonly<Record<string, string>>, faults: FileFaults) {
    this.texts = new Map(Object.entries(texts));
    this.#faults = faults;
  }

  readonly context: Files = {
    read: (path) => {
      const why = this.#faults.unreadable[path];
      if (why === undefined) return this.texts.get(path) ?? null;
      throw new ConfigError(`${this.#shown(path)}: cannot be read (${why})`, {
        hint: "Make the file readable for you (chmod u+r), or name another.",
      });
    },
    open: (path) => {
      const text = this.context.read(path);
      return text === null ? null : { text, ownership: { isForeign: false, mode: 0o600 } };
    },
    look: (path) => this.#look(path),
    lockHolder: () => null,
    writePrivate: (path, text) => {
      this.#write(path, text);
    },
    replaceLocked: (path, before, after) => {
      this.#change(path, before, after);
      return Promise.resolve();
    },
    refuseUnchangeable: (path) => {
      this.#refuseUnwritable(path);
    },
    change: (path, before, after) => {
      this.#change(path, before, after);
      if (before === null) return null;
      this.texts.set(`${path}.bak`, before);
      return `${path}.bak`;
    },
    vault: (directory) => this.vault(directory),
    foreignVault: (directory) => this.vault(directory),
  };

  vault(directory: string): FakeVault {
    const vault = this.#vaults.get(directory) ?? new FakeVault();
    this.#vaults.set(directory, vault);
    return vault;
  }

  #look(path: string): FileFacts | null {
    const facts = { isWritable: true, isForeign: false };
    if (this.texts.has(path)) return { ...facts, kind: "file", mode: 0o600 };
    const isVault = (this.#vaults.get(path)?.files.size ?? 0) > 0;
    const isParent = [...this.texts.keys()].some((name) => name.startsWith(`${path}/`));
    return isVault || isParent ? { ...facts, kind: "directory", mode: 0o700 } : null;
  }

  #change(path: string, before: string | null, after: string): void {
    if ((this.texts.get(path) ?? null) !== before) {
      throw new Error(`${path} is not what the change is made from`);
    }
    this.#write(path, after);
  }

  #write(path: string, text: string): void {
    this.#refuseUnwritable(path);
    this.texts.set(path, text);
  }

  #refuseUnwritable(path: string): void {
    const why = this.#faults.unwritable[path];
    if (why !== undefined) {
      throw new KopsMfaError(`${this.#shown(path)}: cannot be written (${why})`, {
        hint: "Nothing was written. Name a file in a directory where you may write.",
      });
    }
  }

  #shown(path: string): string {
    return shortenHome(path, this.#faults.home);
  }
}
