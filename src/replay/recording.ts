import type { Environment } from "../environment/environment.ts";
import { keyName } from "../session/key-name.ts";
import type { Answer } from "./answer.ts";

/**
 * An answer of the warm lane, remembered with all that it came from, so that the next run compares instead of resolving. It is good only
 * while every one of these is as it was.
 */
export interface Memo {
  /** {@link inputsOf} */
  readonly inputs: string;
  /** The process above, where the shell was told by it; null where it does not matter. */
  readonly parent: string | null;
  /** How standard error shows what the answer has for it ({@link errorStyle}); null where it has nothing. */
  readonly errorStyle: string | null;
  /** Each file that was read or looked for, and what it was: `fileIdentity`. */
  readonly files: readonly (readonly [path: string, identity: string | null])[];
  /** Milliseconds since the epoch, as {@link Memo.until}. */
  readonly from: number;
  readonly until: number;
  readonly answer: Answer;
}

const format = "kops-mfa memo 2";

export function encodeMemo(memo: Memo): string {
  return `${JSON.stringify({ format, ...memo })}\n`;
}

/** The reverse; null for a text of another version, or one that is damaged. */
export function decodeMemo(text: string): Memo | null {
  if (!text.startsWith(`{"format":"${format}",`)) return null;
  try {
    const memo = JSON.parse(text) as Memo;
    return Array.isArray(memo.files) && typeof memo.answer === "object" ? memo : null;
  } catch {
    return null;
  }
}

/** The file of a command line in a shell like this one; a name that two of them share costs time only. */
export function memoName(argv: readonly string[], env: Environment): string {
  const shell = [env["AWS_ACCESS_KEY_ID"], env["AWS_PROFILE"], env["KOPS_MFA_PROFILE"]];
  return `${keyName([...argv, ...shell].join("\0"))}.memo`;
}
