import { UsageError } from "../errors.ts";

/** The profile of a command line that takes it as a word and as an option. Throws {@link UsageError} for two. */
export function profileName(
  word: string | undefined,
  option: string | undefined,
): string | undefined {
  if (word === undefined || option === undefined) return word ?? option;
  if (word === option) return word;
  throw new UsageError(`"${word}" and --profile ${option} are two profiles`, {
    hint: "Name one.",
  });
}

/** A profile as the argument of a command line in a message, after a blank; empty for none. */
export function profileArgument(profile: string | null): string {
  if (profile === null) return "";
  return /^[\w.@+][\w.@+-]*$/.test(profile) ? ` ${profile}` : ` '${profile}'`;
}
