import { KopsMfaError } from "../../errors.ts";
import { byLine } from "./dialect.ts";

/** What cmd takes for itself, whatever expansions are on; it has no quoting. */
const PLAIN_VALUE = /^[A-Za-z0-9+/=_.:@,-]*$/;

function set(variable: string, value: string): string {
  if (PLAIN_VALUE.test(value)) return `SET "${variable}=${value}"\n`;
  throw new KopsMfaError(`the value of ${variable} has characters that cmd would change`, {
    hint: "PowerShell and --format json carry any value",
  });
}

/**
 * The command interpreter of Windows, in which no variable has an empty value: to set one to nothing removes it.
 * https://learn.microsoft.com/windows-server/administration/windows-commands/set_1
 */
export const cmd = byLine({
  name: "cmd",
  aliases: [],
  set,
  unset: (variable) => `SET "${variable}="\n`,
  fail: "cmd /c exit 1\n",
  // At the prompt; in a batch file it is `%%i`. Without `delims=`, only the first word of each line would be run.
  evaluate: (command) => `FOR /f "delims=" %i IN ('${command}') DO @%i`,
});
