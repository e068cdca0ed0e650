import { Chalk, type ChalkInstance } from "chalk";
import type { Environment } from "../../environment/environment.ts";
import type { Stdout, Terminal } from "../../context/terminal.ts";
import { codeCommandSeconds, fillPlaceholders } from "../../session/mfa/code-command.ts";
import { runCodeCommand } from "../processes/code-command.ts";
import { hasColours } from "./colours.ts";
import { countDown } from "./count-down.ts";
import { isTerminal } from "./is-tty.ts";
import { isInFront } from "./foreground.ts";
import { printable } from "./printable.ts";
import { askOnTerminal } from "./tty-prompt.ts";
import { Waiting, waitingStyle } from "./spinner.ts";
import { writeWords } from "./stderr.ts";
import { refuseUntrusted } from "../files/trusted-file.ts";

const [standardOutput, standardError] = [1, 2];
const name = "kops-mfa:";

/** Words for the person: all on standard error. */
export function realTerminal(env: Environment, platform: string): Terminal {
  const chalk = chalkFor(env, platform, standardError);
  const style = waitingStyle(env, platform, isTerminal(standardError));
  const waiting = new Waiting({ style, env, platform, name: chalk.dim(name) });
  const say = (lines: string) => {
    waiting.erase();
    writeWords(`${lines}\n`);
  };
  /** Why a question comes again, where standard error does not show it: the AWS CLI keeps that of a credential_process to itself. */
  let unseen = "";
  return {
    waitFor: (what, work, whose) => {
      const shown = printable(what);
      return whose === "program" ? waiting.onProgram(shown, work) : waiting.on(shown, work);
    },
    countDown: (until, text, signal) =>
      waiting.lend(() => countDown(until, text, { style, waiting }, signal)),
    runCodeCommand: (setting, values, signal) => {
      refuseUntrusted(setting.origin);
      const command = fillPlaceholders(setting, values, platform);
      return runCodeCommand(command, { platform, seconds: codeCommandSeconds(env), signal });
    },
    note: (text) => say(renderNote(chalk, text)),
    error: (message, hint) => {
      const lines = errorLines(chalk, message, hint);
      say(lines);
      unseen = isTerminal(standardError) ? "" : `${lines}\n`;
    },
    print: (text) => say(text.trimEnd()),
    askHidden: (question, signal) => {
      const whole = `${unseen}${chalk.bold(printable(question))} `;
      unseen = "";
      return waiting.lend(() => askOnTerminal(whole, { platform, isShown: false, signal }));
    },
    isInFront,
    askLine: (question, signal) => {
      const lines = question.split("\n").map(printable);
      const last = `${chalk.bold(lines.pop() ?? "")} `;
      const whole = [...lines, last].join("\n");
      return waiting.lend(() => askOnTerminal(whole, { platform, isShown: true, signal }));
    },
  };
}

/** The line that {@link Terminal.note} writes. */
export function noteLine(text: string, env: Environment, platform: string): string {
  return `${renderNote(chalkFor(env, platform, standardError), text)}\n`;
}

function renderNote(chalk: ChalkInstance, text: string): string {
  return `${chalk.dim(name)} ${printable(text)}`;
}

/** {@link Stdout.paint} */
export function painter(env: Environment, platform: string): Stdout["paint"] {
  const chalk = chalkFor(env, platform, standardOutput);
  return (colour, line) => (colour === null ? printable(line) : chalk[colour](printable(line)));
}

/** The sixteen colours that every terminal has are enough here. */
function chalkFor(env: Environment, platform: string, stream: number): ChalkInstance {
  return new Chalk({ level: hasColours(env, platform, isTerminal(stream)) ? 1 : 0 });
}

function errorLines(chalk: ChalkInstance, message: string, hint: string | null): string {
  const first = `${chalk.red(name)} ${printable(message)}`;
  return hint === null
    ? first
    : `${first}\n${" ".repeat(name.length)} ${chalk.cyan(printable(hint))}`;
}
