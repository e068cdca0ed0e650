import { dirname, join } from "node:path";
import type { Environment } from "../../environment/environment.ts";
import type { Vault } from "../../context/files.ts";
import { isTerminal } from "../terminal/is-tty.ts";
import { keyringAbsence, keyringFailure, keyringSilence } from "./keyring-failure.ts";
import {
  openKeyringVault,
  type Keyring,
  type KeyringAnswer,
  type KeyringOrder,
} from "./keyring-store.ts";
import { eraseLine, overLine } from "../terminal/status-line.ts";
import { runHelper } from "../processes/start-program.ts";
import { waitingStyle, type WaitingStyle } from "../terminal/spinner.ts";
import { writeWords } from "../terminal/stderr.ts";

/** Built beside the program from keyring-helper.ts, which says why it is a process. */
const helper = "keyring.cjs";
/** Where no window can ask for a password, an answer comes at once or never. */
const limitMs = { withoutWindow: 5000, withWindow: 30_000 } as const;
/** So long after its time the process ends itself. */
const graceMs = 1000;
const noticeAfterMs = 1000;
const notice =
  "kops-mfa: waiting for the system keyring; it may be asking for its password in a window";
const shownAs = { turning: overLine(notice), line: `${notice}\n`, none: "" } as const;
/** Windows takes 2560 bytes of UTF-16: learn.microsoft.com/windows/win32/api/wincred/ns-wincred-credentialw (CredentialBlobSize) */
const pieceLengths: Readonly<Record<string, number>> = { win32: 1200 };

interface Surroundings {
  readonly env: Environment;
  readonly platform: string;
}

/** The system's keyring as a vault with the locks of another. Throws {@link KopsMfaError} when it cannot be used. */
export function openKeyring({ env, platform }: Surroundings, locks: Vault | null): Vault {
  const hasWindows = platform === "darwin" || (env["DISPLAY"] ?? env["WAYLAND_DISPLAY"]);
  const timeout = hasWindows ? limitMs.withWindow : limitMs.withoutWindow;
  const packagePath = findPackage();
  const style = waitingStyle(env, platform, isTerminal(2));
  const keyring: Keyring = (order) => {
    const answer = ask(packagePath, order, timeout, style);
    if ("error" in answer) throw keyringFailure(answer.error);
    return answer.entries;
  };
  return openKeyringVault(keyring, locks, pieceLengths[platform] ?? Number.MAX_SAFE_INTEGER);
}

/**
 * The package that was installed with this program or beside it; else the one that is global where the program is linked into
 * (`npm install --global .` makes a link). The working directory's is never loaded: that may be anybody's.
 */
function findPackage(): string {
  const global = join(dirname(process.argv[1] ?? ""), "..", "lib");
  try {
    const { createRequire } = process.getBuiltinModule("node:module");
    const { resolve } = createRequire(join(import.meta.dirname, helper));
    return resolve("@napi-rs/keyring", { paths: [import.meta.dirname, global] });
  } catch {
    throw keyringAbsence();
  }
}

/** The process shows by itself that it takes long: this one stands still meanwhile. */
function ask(
  packagePath: string,
  order: KeyringOrder,
  timeout: number,
  style: WaitingStyle,
): KeyringAnswer {
  const start = Date.now();
  const path = join(import.meta.dirname, helper);
  const { stdout, status, signal, error } = runHelper(
    process.execPath,
    [path, packagePath, shownAs[style], `${noticeAfterMs}`, `${timeout + graceMs}`],
    {
      input: JSON.stringify(order),
      stdio: ["pipe", "pipe", "ignore", 2],
      timeout,
      killSignal: "SIGKILL",
    },
  );
  if (style === "turning" && Date.now() - start >= noticeAfterMs) writeWords(eraseLine);
  if ((error as NodeJS.ErrnoException | undefined)?.code === "ETIMEDOUT") {
    throw keyringSilence(timeout);
  }
  if (error) return { error: error.message };
  try {
    return JSON.parse(stdout) as KeyringAnswer;
  } catch {
    return { error: `the process for it ended with ${signal ?? `code ${status}`}` };
  }
}
