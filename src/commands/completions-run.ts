import type { Context } from "../context.ts";
import { ExitCode, UsageError } from "../errors.ts";
import { findDialect } from "../shell/dialects/registry.ts";

/** The completion of each shell, in the package's `completions/`. */
const files: Readonly<Record<string, string>> = {
  bash: "kops-mfa.bash",
  zsh: "_kops-mfa",
  fish: "kops-mfa.fish",
  powershell: "kops-mfa.ps1",
  nushell: "kops-mfa.nu",
  elvish: "kops-mfa.elv",
};

/** What `completions` takes. */
export const completedShells: readonly string[] = Object.keys(files);

/** `completions`: prints the completion of a shell. */
export function runCompletions(app: Context, shell: string): ExitCode {
  const { name } = findDialect(shell, "completions");
  const file = files[name];
  if (file === undefined) {
    throw new UsageError(`completions: there is none for ${name}`, {
      hint: `There is one for ${completedShells.join(", ")}.`,
    });
  }
  app.stdout.write(app.assets.read(`completions/${file}`));
  return ExitCode.Ok;
}
