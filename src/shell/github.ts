import { KopsMfaError } from "../errors.ts";
import type { EnvironmentChange } from "./change.ts";
import { DOTENV_VALUE } from "./formats.ts";
import { checkedPair } from "./dialects/variable.ts";

const SECRETS: readonly string[] = ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

/**
 * The variables as lines for `$GITHUB_ENV`, in the two forms that the runner reads (`SetEnvFileCommand`, in
 * https://github.com/actions/runner/blob/main/src/Runner.Worker/FileCommandManager.cs). Nothing there removes a variable.
 * Throws a KopsMfaError, which names the variable, for a value that no environment or no Windows runner can carry.
 */
export function renderGithub({ set }: EnvironmentChange): string {
  return set.map((pair) => line(...checkedPair(pair))).join("");
}

function line(name: string, value: string): string {
  if (value === "" || DOTENV_VALUE.test(value)) return `${name}=${value}\n`;
  if (value.endsWith("\r")) {
    throw new KopsMfaError(
      `the value of ${name} ends in a carriage return, which a runner on Windows would drop`,
      { hint: "--format json carries any value" },
    );
  }
  const end = delimiter(value);
  return `${name}<<${end}\n${value}\n${end}\n`;
}

/** The documentation wants a random one, for values that are not known in advance; this one is, and has it nowhere. */
function delimiter(value: string): string {
  let word = "KOPS_MFA_END";
  while (value.includes(word)) word += "_";
  return word;
}

/**
 * The commands that make the runner hide the secrets in every log from here on; "" when there is none. They belong into
 * the log of the step, where the runner takes them from standard output and standard error alike (`ScriptHandler.cs`), and
 * does not show them: https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#masking-a-value-in-a-log
 */
export function maskCommands({ set }: EnvironmentChange): string {
  return set
    .filter(([name, value]) => SECRETS.includes(name) && value !== "")
    .map(([, value]) => `::add-mask::${escape(value)}\n`)
    .join("");
}

/** As `UnescapeData` of the runner's `ActionCommand.cs` undoes it. */
function escape(value: string): string {
  return value.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
