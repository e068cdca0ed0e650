import type { Colour, Environment, Stdout } from "../context.ts";
import type { Check, Status } from "./check.ts";

interface Paper {
  readonly env: Environment;
  readonly platform: string;
  readonly paint: Stdout["paint"];
}

type Marks = Readonly<Record<Status, string>>;

const signs: Marks = { ok: "✓", warning: "!", failure: "✗", skipped: "-" };
const letters: Marks = { ok: "ok", warning: "! ", failure: "x ", skipped: "- " };
const colours: Readonly<Record<Status, Colour>> = {
  ok: "green",
  warning: "yellow",
  failure: "red",
  skipped: "dim",
};

/** A line for each check, its cure beneath, and the sum at the end. */
export function describeChecks(checks: readonly Check[], { paint, ...paper }: Paper): string {
  const marks = showsSigns(paper) ? signs : letters;
  const width = Math.max(...checks.map(({ check }) => check.length));
  const lines = checks.flatMap(({ check, status, message, cure }) => {
    const mark = marks[status];
    const body = paint(status === "ok" ? null : colours[status], message);
    const indent = " ".repeat(mark.length + 1 + width + 2);
    const line = `${paint(colours[status], mark).padEnd(mark.length)} ${check.padEnd(width)}  ${body}`;
    return cure === null ? [line] : [line, `${indent}${paint("cyan", cure)}`];
  });
  const text = `${lines.join("\n")}\n\n${sum(checks)}\n`;
  return marks === signs ? text : text.replaceAll("→", "->").replaceAll("…", "...");
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

/** Whether the signs beyond ASCII can be shown: the locale as POSIX has it, XBD 8.2. */
export function showsSigns({ env, platform }: Omit<Paper, "paint">): boolean {
  if (env["TERM"] === "dumb") return false;
  const locale = [env["LC_ALL"], env["LC_CTYPE"], env["LANG"]].find((one) => one);
  if (/utf-?8/i.test(locale ?? "")) return true;
  // Windows has no locale in its environment, and one terminal that does not ask for one.
  return platform === "win32" && Boolean(env["WT_SESSION"]);
}
