import xterm, { type IBufferCell, type Terminal } from "@xterm/headless";

/** How a piece of text looks. */
export interface Style {
  /** Of the terminal's palette, from 0; null for the usual one. */
  readonly colour: number | null;
  readonly bold: boolean;
  readonly dim: boolean;
}

/** A character on the screen. */
export interface Cell {
  readonly character: string;
  readonly style: Style;
}

/** The rows of a screen, without the blanks at their ends. */
export type Screen = readonly (readonly Cell[])[];

/** What a terminal shows of what a program writes. */
export class Emulator {
  readonly #terminal: Terminal;

  constructor(columns: number, rows: number) {
    this.#terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  }

  /** Resolves when the text is on the screen. */
  write(text: string): Promise<void> {
    return new Promise((resolve) => this.#terminal.write(text, resolve));
  }

  /** Calls back when a program marks a place with `ESC ] 133 ; mark BEL`, as shells mark their prompts. */
  onMark(mark: string, callback: () => void): void {
    this.#terminal.parser.registerOscHandler(133, (data) => {
      if (data === mark) callback();
      return true;
    });
  }

  get cursor(): { readonly row: number; readonly column: number } {
    const { cursorX, cursorY } = this.#terminal.buffer.active;
    return { row: cursorY, column: cursorX };
  }

  /** Throws where the first rows are gone from the screen, since a picture would not have them. */
  read(): Screen {
    const { active } = this.#terminal.buffer;
    if (active.baseY > 0) throw new Error("the screen has too few rows for all that is shown");
    const rows = Array.from({ length: active.length }, (_, row) => {
      const line = active.getLine(row);
      const length = line?.translateToString(true).length ?? 0;
      return Array.from({ length }, (__, column) => cellOf(line?.getCell(column)));
    });
    const last = rows.findLastIndex((row) => row.length > 0);
    return rows.slice(0, last + 1);
  }
}

function cellOf(cell: IBufferCell | undefined): Cell {
  return {
    character: cell?.getChars() || " ",
    style: {
      colour: cell?.isFgPalette() ? cell.getFgColor() : null,
      bold: (cell?.isBold() ?? 0) !== 0,
      dim: (cell?.isDim() ?? 0) !== 0,
    },
  };
}

export function textOf(row: readonly Cell[]): string {
  return row.map(({ character }) => character).join("");
}
