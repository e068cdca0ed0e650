import type { Problem } from "../../errors.ts";
import { describeOrigin, type Setting } from "../../config/origin.ts";
import type { CodeCommandEnd, CodeCommandValues } from "../../context/terminal.ts";
import type { Environment } from "../../environment/environment.ts";
import { ConfigError, CredentialsError } from "../../errors.ts";

/** Values that no shell reads anything into, in whatever quotes they stand; every serial number is of this kind. */
const harmless = /^(?!-)[\w+=,.@:/-]+$/;

/** What makes the place behind it more than a plain word for /bin/sh, once whole quotations are taken away. */
const beyondPlain = /['"`\\\n]|<<|\(\(|\$\{/;
const quotations = /'[^']*'|"[^"\\$`]*"/g;

/**
 * The command of `mfa_process` with `{serial}` and `{profile}` filled in, quoted for the platform's shell. A value with
 * characters that mean something to the shell goes only where its quotes hold: not inside other quotes, whose end it would be.
 * Throws {@link CredentialsError}.
 */
export function fillPlaceholders(
  { value: command, origin }: Setting,
  values: CodeCommandValues,
  platform: string,
): string {
  const fill = (placeholder: string, name: "serial" | "profile", at: number) => {
    const value = values[name];
    const quoted = value === null ? null : quote(value, command.slice(0, at), platform);
    if (quoted !== null) return quoted;
    const what = value === null ? "nothing" : `"${value}"`;
    throw new CredentialsError(
      `${describeOrigin(origin)}: ${placeholder} stands for ${what} here, which cannot be put into the command`,
      { hint: `Put ${placeholder} outside of all quotes, or write what it stands for yourself.` },
    );
  };
  return command.replace(/\{(serial|profile)\}/g, fill);
}

/** Null where the value would not stay one word. */
function quote(value: string, before: string, platform: string): string | null {
  if (harmless.test(value)) return value;
  if (value.startsWith("-")) return null;
  // cmd has no quotes that keep % and ! from meaning something.
  if (platform === "win32") {
    return /^[\w+=,.@:/ -]+$/.test(value) && !before.includes('"') ? `"${value}"` : null;
  }
  if (beyondPlain.test(before.replace(quotations, ""))) return null;
  return `'${value.replaceAll("'", String.raw`'\''`)}'`;
}

/** Seconds that the command has: KOPS_MFA_PROCESS_TIMEOUT, else a minute, in which a person finds the key to touch. */
export function codeCommandSeconds(env: Environment): number {
  const text = env["KOPS_MFA_PROCESS_TIMEOUT"];
  if (!text) return 60;
  const seconds = Number(text);
  if (seconds > 0 && seconds <= 600) return seconds;
  throw new ConfigError(
    `KOPS_MFA_PROCESS_TIMEOUT: "${text}" is not a number of seconds up to 600`,
    { hint: "Leave it out for the 60 seconds that mfa_process is given otherwise." },
  );
}

/** The code that a command has printed. Its output, which may be a secret, is in no message. Throws {@link CredentialsError}. */
export function readCode({ origin }: Setting, end: CodeCommandEnd): string {
  const code = end.how === "exited" && end.exitCode === 0 ? end.output.trim() : "";
  if (/^\d{6}$/.test(code)) return code;
  const { message, hint } = explain(end);
  throw new CredentialsError(`${describeOrigin(origin)}: ${message}`, { hint });
}

function explain(end: CodeCommandEnd): Problem {
  const toSee = "Run it yourself in this terminal to see why.";
  switch (end.how) {
    case "not-started":
      return { message: `no shell could be started for the command (${end.why})`, hint: toSee };
    case "killed":
      return { message: `the command was ended by ${end.signal}`, hint: toSee };
    case "timed-out":
      return {
        message: `the command gave no code within ${end.seconds} s, and was ended`,
        hint: "Run it yourself to see what it waits for; KOPS_MFA_PROCESS_TIMEOUT (seconds) gives it longer.",
      };
    case "exited":
      return explainExit(end.exitCode, end.output.trim());
  }
}

function explainExit(exitCode: number, output: string) {
  if (exitCode === 127 || exitCode === 9009) {
    return {
      message: "the shell did not find the command",
      hint: "Install it, put it on the PATH, or write its full path.",
    };
  }
  if (exitCode !== 0) {
    return {
      message: `the command failed (exit code ${exitCode})`,
      hint: "Run it yourself in this terminal to see why.",
    };
  }
  if (output === "") {
    return {
      message: "the command printed nothing",
      hint: "It must print the six digits on standard output.",
    };
  }
  return {
    message: "what the command printed is not six digits",
    hint: "It must print the code and nothing else (ykman: --single). Its output is not shown, since it may be a secret.",
  };
}
