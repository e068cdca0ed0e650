import { isatty } from "node:tty";
import {
  Chalk,
  type ChalkInstance,
  type ColorInfo,
  type ColorSupportLevel,
  supportsColor,
  supportsColorStderr,
} from "chalk";
import type { Environment, Stdout, Terminal } from "../context.ts";
import { errnoOf } from "./errno.ts";
import { writeAll } from "./write-all.ts";
import { codeCommandSeconds, fillPlaceholders } from "../session/code-command.ts";
import { runCodeCommand } from "./code-command.ts";
import { countDown } from "./count-down.ts";
import { isInFront } from "./process-group.ts";
import { printable } from "./printable.ts";
import { askOnTerminal } from "./terminal-device.ts";

const standardError = 2;
const name = "kops-mfa:";

/** Words for the person: all on standard error. */
export function realTerminal(env: Environment, platform: string): Terminal {
  const chalk = new Chalk({ level: colorLevel(env, supportsColorStderr) });
  /** Why a question comes again, where standard error does not show it: the AWS CLI keeps that of a credential_process to itself. */
  let unseen = "";
  return {
    countDown: (until, text, signal) => countDown(until, text, isatty(standardError), signal),
    runCodeCommand: (setting, values, signal) => {
      const command = fillPlaceholders(setting, values, platform);
      return runCodeCommand(command, { platform, seconds: codeCommandSeconds(env), signal });
    },
    note: (text) => say(`${chalk.dim(name)} ${printable(text)}`),
    error: (message, hint) => {
      const lines = errorLines(chalk, message, hint);
      say(lines);
      unseen = isatty(standardError) ? "" : `${lines}\n`;
    },
    print: (text) => say(text.trimEnd()),
    askHidden: (question, signal) => {
      const whole = `${unseen}${chalk.bold(printable(question))} `;
      unseen = "";
      return askOnTerminal(whole, { platform, isShown: false, signal });
    },
    isInFront,
    askLine: (question, signal) => {
      const lines = question.split("\n").map(printable);
      const last = `${chalk.bold(lines.pop() ?? "")} `;
      return askOnTerminal([...lines, last].join("\n"), { platform, isShown: true, signal });
    },
  };
}

/** {@link Stdout.paint} */
export function painter(env: Environment): Stdout["paint"] {
  const chalk = new Chalk({ level: colorLevel(env, supportsColor) });
  return (colour, line) => (colour === null ? printable(line) : chalk[colour](printable(line)));
}

function errorLines(chalk: ChalkInstance, message: string, hint: string | null): string {
  const first = `${chalk.red(name)} ${printable(message)}`;
  return hint === null
    ? first
    : `${first}\n${" ".repeat(name.length)} ${chalk.cyan(printable(hint))}`;
}

/** Writes a line for the person. Standard error may be closed or full; there is nowhere left to say so. */
function say(line: string): void {
  try {
    writeAll(standardError, `${line}\n`);
  } catch (error) {
    if (errnoOf(error) === null) throw error;
  }
}

/** chalk knows FORCE_COLOR, TERM and the terminal, and leaves NO_COLOR (no-color.org) to its user. */
function colorLevel(env: Environment, supported: ColorInfo): ColorSupportLevel {
  if (env["NO_COLOR"] || supported === false) return 0;
  return supported.level;
}
