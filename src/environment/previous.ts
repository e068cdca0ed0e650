import type { Environment } from "./environment.ts";

/** What a variable was before the session: null for absent. */
export type Previous = ReadonlyMap<string, string | null>;

/** As the value of KOPS_MFA_PREVIOUS: `AWS_PROFILE=dev,AWS_REGION` (the second was not there); safe in every format. */
export function encodePrevious(previous: Previous): string {
  return [...previous]
    .map(([name, value]) => (value === null ? name : `${name}=${escape(value)}`))
    .join(",");
}

/** The reverse of {@link encodePrevious}; a text that is none gives what can be read of it. */
export function decodePrevious(text: string): Previous {
  const previous = new Map<string, string | null>();
  for (const item of text.split(",")) {
    const [, name, value] = /^([A-Za-z_]\w*)(?:=(.*))?$/.exec(item) ?? [];
    if (name === undefined) continue;
    const plain = value === undefined ? null : unescape(value);
    if (plain !== undefined) previous.set(name, plain);
  }
  return previous;
}

function escape(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replace(
    /[!'()*~]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function unescape(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** What {@link names} are in `env`, to be remembered. */
export function rememberFrom(env: Environment, names: Iterable<string>): Previous {
  return new Map([...names].map((name) => [name, env[name] ?? null]));
}
