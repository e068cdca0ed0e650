/** What an option or argument takes: names of profiles, files, words to choose from, or nobody knows. */
export type Values = "profile" | "file" | "anything" | readonly string[];

/** By the name of an argument behind that of its command: `init SHELL`. */
export type KnownValues = Readonly<Record<string, Values>>;

/** The names that mean the same wherever they stand. */
const everywhere: KnownValues = {
  PROFILE: "profile",
  "--profile": "profile",
  "--source-profile": "profile",
  FILE: "file",
  "--output": "file",
  "--kubeconfig": "file",
};

/** What a name of a command stands for; `description` may be the list of its words. */
export function valuesOf(
  command: string,
  name: string,
  description: string,
  known: KnownValues,
): Values {
  if (/^[a-z][\w-]*(, [a-z][\w-]*)+$/.test(description)) return description.split(", ");
  return known[`${command} ${name}`] ?? everywhere[name] ?? "anything";
}
