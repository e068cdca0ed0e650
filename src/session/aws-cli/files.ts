import type { StsSession } from "../../context/sts.ts";
import type { Vault, VaultProblem } from "../../context/files.ts";
import { decodeAwsCliEntry, encodeAwsCliEntry } from "./entry.ts";
import { decodeReceipt, encodeReceipt, type AwsCliReceipt } from "./receipt.ts";
import type { CacheEntry } from "../cache-entry.ts";

/** The AWS CLI's directory, and the one of ours for the receipts of what we put there. */
export interface AwsCliVaults {
  readonly shared: Vault;
  readonly receipts: Vault;
}

/** What a file of the AWS CLI holds. */
export interface AwsCliFile {
  readonly session: StsSession & { readonly arn: string };
  /** Null for a session that the AWS CLI made, or that nobody remembers making. */
  readonly receipt: AwsCliReceipt | null;
}

/** The files of the AWS CLI's cache, by their names without `.json`. */
export class AwsCliFiles {
  readonly #vaults: AwsCliVaults;
  readonly #hear: (problem: VaultProblem | null) => void;

  /** `hear` is told of what cannot be read, written or removed. */
  constructor(vaults: AwsCliVaults, hear: (problem: VaultProblem | null) => void) {
    this.#vaults = vaults;
    this.#hear = hear;
  }

  /** Null when there is no session in it. */
  read(name: string): AwsCliFile | null {
    const { shared, receipts } = this.#vaults;
    const { text, problem } = shared.read(fileOf(name));
    this.#hear(problem);
    if (text === null) return null;
    const session = decodeAwsCliEntry(text);
    if (!session) this.#hear(`the AWS CLI's ${fileOf(name)} is not readable, and is ignored`);
    if (!session) return null;
    const receipt = decodeReceipt(receipts.read(receiptOf(name)).text);
    const isOurs = receipt?.accessKeyId === session.credentials.accessKeyId;
    return { session, receipt: isOurs ? receipt : null };
  }

  /** False when the session has no form there, or could not be written. */
  write(name: string, { key, profile, session }: CacheEntry): boolean {
    const { shared, receipts } = this.#vaults;
    const text = encodeAwsCliEntry(session);
    if (text === null) return false;
    const problem = shared.write(fileOf(name), text);
    if (problem !== null) {
      const why = problem.replace(/^the session is not kept: /, "");
      this.#hear(`the session is kept, but not for the AWS CLI: ${why}`);
      return false;
    }
    const { accessKeyId } = session.credentials;
    this.#hear(receipts.write(receiptOf(name), encodeReceipt({ key, profile, accessKeyId })));
    return true;
  }

  /** Whether it is gone. */
  remove(name: string): boolean {
    const { shared, receipts } = this.#vaults;
    const problem = shared.remove(fileOf(name));
    this.#hear(problem ?? receipts.remove(receiptOf(name)));
    return problem === null;
  }

  /** The files that still hold the session we put there. */
  ours(): readonly { readonly name: string; readonly entry: CacheEntry }[] {
    const names = this.#vaults.receipts
      .names()
      .filter((name) => name.endsWith(suffix))
      .map((name) => name.slice(0, -suffix.length));
    return names.flatMap((name) => {
      const file = this.read(name);
      if (!file?.receipt) return [];
      const { key, profile } = file.receipt;
      return [{ name, entry: { key, profile, session: file.session } }];
    });
  }
}

const suffix = ".receipt";

function receiptOf(name: string): string {
  return `${name}${suffix}`;
}

function fileOf(name: string): string {
  return `${name}.json`;
}
