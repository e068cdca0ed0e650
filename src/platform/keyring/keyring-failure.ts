import { KopsMfaError } from "../../errors.ts";
import { printable } from "../terminal/printable.ts";

const orFiles = "or keep sessions in files: cache = files, KOPS_MFA_CACHE=files";

interface Failure {
  readonly pattern: RegExp;
  readonly message: string;
  readonly hint: string;
}

/** What the package says on Linux, tried with 2.1.2: gnome-keyring locked, no bus, a bus without a Secret Service. */
const known: readonly Failure[] = [
  {
    pattern: /IsLocked|prompt was dismissed|is locked/,
    message: "the system keyring is locked, and nobody unlocked it",
    hint: `Unlock it (it asks in a window, or is opened with your desktop session), ${orFiles}.`,
  },
  {
    pattern: /D-?Bus|zbus|Secret Service/i,
    message: "there is no system keyring here: no Secret Service answers on D-Bus",
    hint: `Start one (gnome-keyring, KWallet, KeePassXC) in this session, ${orFiles}.`,
  },
  {
    pattern: /native binding|keyring-[\w-]+/,
    message: "@napi-rs/keyring is installed without its part for this machine",
    hint: `Run \`npm install --global @napi-rs/keyring@2\` without --omit=optional, ${orFiles}.`,
  },
];

/** The error for the words of the package. */
export function keyringFailure(words: string): KopsMfaError {
  const found = known.find(({ pattern }) => pattern.test(words));
  const { message, hint } = found ?? {
    message: "the system keyring cannot be used",
    hint: `Look at it with the system's own tool, ${orFiles}.`,
  };
  return new KopsMfaError(`${message} (${printable(firstLine(words))})`, { hint, cause: words });
}

/** The error for a keyring that was given so long. */
export function keyringSilence(limitMs: number): KopsMfaError {
  return new KopsMfaError(`the system keyring did not answer within ${limitMs / 1000} s`, {
    hint: `Unlock it first, or see why its service hangs, ${orFiles}.`,
  });
}

/** The error where the package is not installed. */
export function keyringAbsence(): KopsMfaError {
  return new KopsMfaError(
    "cache = keyring needs the package @napi-rs/keyring, which is not installed",
    { hint: `Run \`npm install --global @napi-rs/keyring@2\`, ${orFiles}.` },
  );
}

function firstLine(words: string): string {
  return words.split("\n", 1)[0] ?? "";
}
