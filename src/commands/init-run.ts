import { outputFile } from "../cli/output-option.ts";
import type { Context } from "../context.ts";
import { ExitCode, UsageError } from "../errors.ts";
import { findDialect } from "../shell/dialects/registry.ts";
import { integrations, type Integration } from "../shell/integrations.ts";

export interface InitOptions {
  /** Commands to renew a session before, with commas between them. */
  readonly wrap?: string | undefined;
  /** A file to write instead of printing. */
  readonly output?: string | undefined;
}

/** What `init` takes. */
export const integratedShells: readonly string[] = Object.keys(integrations);

/** `init`: prints the integration of a shell. */
export function runInit(app: Context, shell: string, { wrap, output }: InitOptions): ExitCode {
  const { name } = findDialect(shell, "init");
  const integration: Integration | undefined = integrations[name];
  if (integration === undefined) {
    throw new UsageError(`init: there is no integration for ${name} yet`, {
      hint: `There is one for ${integratedShells.join(", ")}.`,
    });
  }
  const names = readNames(wrap);
  const wrapping = names.length === 0 ? "" : integration.wrap(names);
  const text = app.assets.read(`shell/${integration.file}`) + wrapping;
  const file = outputFile(output);
  if (file === null) app.stdout.write(text);
  else app.files.writePrivate(file, text);
  return ExitCode.Ok;
}

/** The names that `--wrap` lists. Throws {@link UsageError} for what would be more than a name in some shell. */
function readNames(list: string | undefined): readonly string[] {
  if (list === undefined) return [];
  const names = list.split(",").map((name) => name.trim());
  const wrong = names.find((name) => !/^[A-Za-z0-9_.+-]+$/.test(name));
  if (wrong === undefined) return names;
  throw new UsageError(`--wrap: "${wrong}" is not the name of a command`, {
    hint: "Name commands, with commas between them: --wrap kops,kubectl.",
  });
}
