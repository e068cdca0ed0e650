import type { Row, Target } from "./row.ts";
import type { Spread } from "./statistics.ts";

/** The columns of the table, in their order. */
export const columns = ["figure", "CPU", "wall", "× node", "quartiles", "target", "note"] as const;

/** A row's texts, one for each column. */
export function cells(row: Row): readonly string[] {
  const { name, cpuMs, wallMs, timesNode, target } = row;
  return [
    name,
    cpuMs === null ? "" : duration(cpuMs.median),
    wallMs === null ? "" : duration(wallMs.median),
    timesNode === null ? "" : number(timesNode.median),
    timesNode === null ? "" : quartiles(timesNode),
    target === null ? "" : mark(target),
    note(row),
  ];
}

function mark({ text, isMet }: Target): string {
  return isMet ? text : `${text} MISSED`;
}

function note({ oursOverIt, eachFurtherMs, note: words }: Row): string {
  const parts = [
    oursOverIt && `kops-mfa takes ${number(oursOverIt.median)} of it (${quartiles(oursOverIt)})`,
    eachFurtherMs === null ? null : `${duration(eachFurtherMs)} each further one`,
    words,
  ];
  return parts.filter((part) => part !== null).join("; ");
}

function quartiles({ low, high }: Spread): string {
  return `${number(low)} to ${number(high)}`;
}

/** Milliseconds, in the unit that suits them. */
function duration(ms: number): string {
  if (Math.abs(ms) >= 1) return `${ms.toFixed(Math.abs(ms) < 100 ? 1 : 0)} ms`;
  const us = ms * 1000;
  return `${us.toFixed(Math.abs(us) < 100 ? 1 : 0)} µs`;
}

/** Two places, and of what is below a tenth two digits. */
function number(value: number): string {
  return Math.abs(value) >= 0.1 || value === 0 ? value.toFixed(2) : value.toPrecision(2);
}
