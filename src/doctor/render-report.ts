import type { Colour, Stdout } from "../context/terminal.ts";
import type { Environment } from "../environment/environment.ts";
import { isPlain, showsSigns } from "../accessibility.ts";
import type { Check, Status } from "./check.ts";

interface Paper {
  readonly env: Environment;
  readonly platform: string;
  readonly paint: Stdout["paint"];
}

type Marks = Readonly<Record<Status, string>>;

const signs: Marks = { ok: "✓", warning: "!", failure: "✗", skipped: "-" };
const words: Marks = { ok: "ok", warning: "look at", failure: "wrong", skipped: "not checked" };
const letters: Marks = { ok: "ok", warning: "! ", failure: "x ", skipped: "- " };
const colours: Readonly<Record<Status, Colour>> = {
  ok: "green",
  warning: "yellow",
  failure: "red",
  skipped: "dim",
};

/** A line for each check, its cure beneath, and the sum at the end. */
export function describeChecks(checks: readonly Check[], paper: Paper): string {
  const { env, platform } = paper;
  const isAscii = !showsSigns(env, platform);
  const text = isPlain(env) ? inSentences(checks, paper) : inColumns(checks, isAscii, paper);
  const whole = `${text}\n\n${sum(checks)}\n`;
  return isAscii ? whole.replaceAll("→", "->").replaceAll("…", "...") : whole;
}

/** To be listened to: words for the signs, and no columns. */
function inSentences(checks: readonly Check[], { paint }: Paper): string {
  const lines = checks.flatMap(({ check, status, message, cure }) => {
    const said = message.replace(/^not checked: /, "because of ").replaceAll(" → ", ", then ");
    const line = paint(null, `${check}, ${words[status]}: ${said}`);
    return cure === null ? [line] : [line, paint(null, `what to do: ${cure}`)];
  });
  return lines.join("\n");
}

function inColumns(checks: readonly Check[], isAscii: boolean, { paint }: Paper): string {
  const marks = isAscii ? letters : signs;
  const width = Math.max(...checks.map(({ check }) => check.length));
  const lines = checks.flatMap(({ check, status, message, cure }) => {
    const mark = marks[status];
    const body = paint(status === "ok" ? null : colours[status], message);
    const indent = " ".repeat(mark.length + 1 + width + 2);
    const line = `${paint(colours[status], mark).padEnd(mark.length)} ${check.padEnd(width)}  ${body}`;
    return cure === null ? [line] : [line, `${indent}${paint("cyan", cure)}`];
  });
  return lines.join("\n");
}

function sum(checks: readonly Check[]): string {
  const count = (status: Status) => checks.filter((check) => check.status === status).length;
  const parts = [
    [count("failure"), "wrong"],
    [count("warning"), "to look at"],
    [count("skipped"), "not checked"],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return said.length === 0 ? "All is well." : `${said.join(", ")}.`;
}
