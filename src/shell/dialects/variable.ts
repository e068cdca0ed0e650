import { KopsMfaError } from "../../errors.ts";

const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * The name itself, if every shell can assign to it; nothing that a shell would interpret passes.
 * Throws a KopsMfaError otherwise.
 */
export function checkedName(name: string): string {
  if (PLAIN_NAME.test(name)) return name;
  throw new KopsMfaError(
    `${JSON.stringify(name)} is not a variable name that every shell accepts`,
    {
      hint: "use letters, digits and underscores only, and no digit at the start",
    },
  );
}

const writeAnew = {
  hint: "Write the value anew where it is set: kops-mfa explain names the place.",
};

/**
 * The value itself, if an environment can carry it. A NUL ends the value for the operating system, and a
 * lone surrogate has no UTF-8 form, so that both would arrive as something else. Throws a KopsMfaError,
 * which names the variable and never shows the value.
 */
export function checkedValue(name: string, value: string): string {
  if (value.includes("\0")) {
    throw new KopsMfaError(`the value of ${name} contains a NUL character`, writeAnew);
  }
  if (LONE_SURROGATE.test(value)) {
    const what = `the value of ${name} contains half a character (a lone surrogate)`;
    throw new KopsMfaError(what, writeAnew);
  }
  return value;
}

/** Both of them, checked. */
export function checkedPair([name, value]: readonly [string, string]): readonly [string, string] {
  return [checkedName(name), checkedValue(name, value)];
}
