import { textOf, type Cell, type Screen } from "./screen.ts";

/** Text of one look that appears at one time. */
export interface Piece {
  readonly row: number;
  readonly column: number;
  readonly cells: readonly Cell[];
  /** Seconds. */
  readonly at: number;
}

/** The cursor in one place, or moving with what is typed. */
export interface CursorStay {
  readonly row: number;
  readonly column: number;
  /** How many characters are typed. */
  readonly typed: number;
  readonly from: number;
  readonly typingFrom: number;
  readonly typingUntil: number;
  readonly until: number;
}

export interface Film {
  readonly pieces: readonly Piece[];
  readonly stays: readonly CursorStay[];
  /** Seconds. */
  readonly length: number;
}

/** What is on the screen at the end, and where it came from. */
export interface Recorded {
  readonly steps: readonly RecordedStep[];
}

export interface RecordedStep {
  /** Before somebody types, and the cursor there. */
  readonly before: Screen;
  readonly cursor: { readonly row: number; readonly column: number };
  /** When all is typed, before Enter; the same as before where nothing is shown of it. */
  readonly typed: Screen;
  readonly keys: number;
}

const pace = { thought: 0.9, key: 0.065, answer: 0.45, end: 7 } as const;

/** Gives what was recorded a time, always the same: nobody's machine is in it. */
export function cut({ steps }: Recorded): Film {
  const pieces: Piece[] = [];
  const stays: CursorStay[] = [];
  let known: Screen = [];
  let now = 0;
  for (const { before, cursor, typed, keys } of steps) {
    const from = now;
    pieces.push(...newPieces(known, before, from));
    const typingFrom = from + pace.thought;
    const typingUntil = typingFrom + keys * pace.key;
    pieces.push(...newPieces(before, typed, typingFrom));
    const shown = (typed[cursor.row]?.length ?? 0) - (before[cursor.row]?.length ?? 0);
    now = typingUntil + pace.answer;
    const moves = { typed: Math.max(0, shown), typingFrom, typingUntil };
    stays.push({ ...cursor, ...moves, from, until: now });
    known = typed;
  }
  const last = stays.at(-1);
  if (last !== undefined) stays[stays.length - 1] = { ...last, until: last.from + pace.end };
  return { pieces, stays, length: round((last?.from ?? 0) + pace.end) };
}

/** What the later screen has more, in pieces of one style; throws where something that was there has changed. */
function newPieces(earlier: Screen, later: Screen, at: number): readonly Piece[] {
  return later.flatMap((row, index) => {
    const before = earlier[index] ?? [];
    // The blank after a prompt belongs to it only once something follows.
    if (!textOf(row).trimEnd().startsWith(textOf(before).trimEnd())) {
      throw new Error(`row ${index} is written twice: ${textOf(before)} | ${textOf(row)}`);
    }
    return byStyle(row, before.length).map(({ column, cells }) => ({
      ...{ row: index, column, cells },
      at: round(at),
    }));
  });
}

function byStyle(row: readonly Cell[], start: number) {
  const runs: { column: number; cells: Cell[] }[] = [];
  for (const [column, cell] of row.entries()) {
    if (column < start) continue;
    const run = runs.at(-1);
    const isSame = JSON.stringify(run?.cells[0]?.style) === JSON.stringify(cell.style);
    if (run !== undefined && isSame) run.cells.push(cell);
    else runs.push({ column, cells: [cell] });
  }
  return runs.filter(({ cells }) => textOf(cells).trim() !== "");
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
