import { UsageError } from "../../errors.ts";
import { nearest } from "../../nearest.ts";
import { cmd } from "./cmd.ts";
import type { Dialect } from "./dialect.ts";
import { elvish } from "./elvish.ts";
import { fish } from "./fish.ts";
import { nushell } from "./nushell.ts";
import { bash, sh, zsh } from "./posix.ts";
import { powershell } from "./powershell.ts";
import { plainName } from "../program.ts";
import { tcsh } from "./tcsh.ts";
import { xonsh } from "./xonsh.ts";

/** Everything else about a shell is in its own file. */
const dialects = [bash, zsh, sh, fish, powershell, tcsh, nushell, elvish, xonsh, cmd] as const;

/** Worth an answer of their own, when they are met or asked for. */
const otherShells = ["ion", "murex", "ysh"];

export type ShellName = (typeof dialects)[number]["name"];

/** The names that `--shell` offers, without the aliases. */
export const shellNames: readonly ShellName[] = dialects.map((dialect) => dialect.name);

/** A shell that kops-mfa can write for, or the name of one that it knows and cannot. */
export type KnownShell =
  { readonly shell: ShellName } | { readonly shell: null; readonly seen: string };

/** What a program's name or path says; null for anything that is no shell. */
export function recogniseShell(program: string): KnownShell | null {
  const name = plainName(program);
  const dialect = dialectNamed(name);
  if (dialect !== null) return { shell: dialect.name };
  return otherShells.includes(name) ? { shell: null, seen: name } : null;
}

/**
 * The dialect with this name, alias or path (`--shell "$SHELL"`), whatever its letter case. Throws a
 * UsageError for any other; `origin` is the option or variable that it blames.
 */
export function findDialect(name: string, origin = "--shell"): Dialect<ShellName> {
  const dialect = dialectNamed(plainName(name));
  if (dialect !== null) return dialect;
  if (recogniseShell(name) !== null) throw unsupported(plainName(name));
  const meant = nearest(plainName(name), dialects.flatMap(namesOf));
  const question = meant === null ? "" : `did you mean ${meant}? `;
  throw new UsageError(`${origin}: unknown shell ${JSON.stringify(name)}`, {
    hint: `${question}the shells are ${shellNames.join(", ")}`,
  });
}

/** The error for a shell that could not be told, or that was `seen` and is not supported. */
export function undetectedShell(seen: string | null): UsageError {
  if (seen !== null) return unsupported(seen);
  return new UsageError("cannot tell which shell this is", {
    hint: `say it with --shell: ${shellNames.join(", ")}`,
  });
}

function unsupported(name: string): UsageError {
  return new UsageError(`${name} is not supported yet`, {
    hint: `--shell takes ${shellNames.join(", ")}; for other programs there is --format json`,
  });
}

function dialectNamed(name: string): Dialect<ShellName> | null {
  return dialects.find((dialect) => namesOf(dialect).includes(name)) ?? null;
}

const namesOf = (dialect: Dialect): readonly string[] => [dialect.name, ...dialect.aliases];
