/** How one check ended. */
export type Status = "ok" | "warning" | "failure" | "skipped";

/** One line of the report: what was looked at, what it is like, and what to do about it. */
export interface Check {
  readonly check: string;
  readonly status: Status;
  readonly message: string;
  readonly cure: string | null;
}

type Finding = Omit<Check, "check">;

/** As it should be. */
export function fine(message: string): Finding {
  return { status: "ok", message, cure: null };
}

/** Something that works, or may, and that is worth a look. */
export function doubtful(message: string, cure: string | null): Finding {
  return { status: "warning", message, cure };
}

/** Something that keeps kops from working. */
export function broken(message: string, cure: string | null): Finding {
  return { status: "failure", message, cure };
}

/** Something that could not be looked at; `why` is a word: `offline`, or the check that stands in the way. */
export function unchecked(why: string): Finding {
  return { status: "skipped", message: `not checked: ${why}`, cure: null };
}

/** A finding under the name by which programs know it. */
export function named(check: string, finding: Finding): Check {
  return { check, ...finding };
}

export type { Finding };
