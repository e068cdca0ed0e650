import type { CursorStay, Film, Piece } from "./film.ts";
import { textOf, type Style } from "./screen.ts";

/** The colours of a picture. */
export interface Theme {
  readonly background: string;
  readonly border: string;
  readonly bar: string;
  readonly text: string;
  readonly faint: string;
  /** The first eight of a terminal's palette. */
  readonly palette: readonly string[];
}

export const themes: Readonly<Record<"dark" | "light", Theme>> = {
  dark: {
    ...{ background: "#0d1117", border: "#30363d", bar: "#161b22" },
    ...{ text: "#e6edf3", faint: "#7d8590" },
    palette: [
      "#484f58",
      "#ff7b72",
      "#3fb950",
      "#d29922",
      "#58a6ff",
      "#bc8cff",
      "#39c5cf",
      "#b1bac4",
    ],
  },
  light: {
    ...{ background: "#ffffff", border: "#d0d7de", bar: "#f6f8fa" },
    ...{ text: "#1f2328", faint: "#656d76" },
    palette: [
      "#24292f",
      "#cf222e",
      "#1a7f37",
      "#9a6700",
      "#0969da",
      "#8250df",
      "#1b7c83",
      "#6e7781",
    ],
  },
};

export interface Words {
  readonly title: string;
  readonly description: string;
}

/** Pixels. */
const cell = { width: 8.4, height: 21 } as const;
const padding = 18;
const bar = 36;

/**
 * An animated picture of a terminal: text that can be selected, no script, nothing loaded. Where the reader wants no motion, and where
 * nothing animates, it is the last screen with all its text.
 */
export function renderSvg(film: Film, theme: Theme, words: Words, columns: number): string {
  const rows = Math.max(...film.stays.map(({ row }) => row)) + 1;
  const [width, height] = [columns * cell.width, rows * cell.height];
  const [outerWidth, outerHeight] = [width + 2 * padding, height + bar + 2 * padding];
  const frames = new Keyframes(film.length);
  const texts = film.pieces.map((piece) => renderPiece(piece, theme, frames));
  const cursors = film.stays.map((stay, index) =>
    renderCursor(stay, index === film.stays.length - 1, width, frames),
  );
  const dots = [0, 1, 2].map(
    (index) => `<circle cx="${20 + index * 20}" cy="${bar / 2}" r="6" fill="${theme.border}"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${number(outerWidth)}" height="${number(outerHeight)}" viewBox="0 0 ${number(outerWidth)} ${number(outerHeight)}" role="img" aria-labelledby="title description">
<title id="title">${escape(words.title)}</title>
<desc id="description">${escape(words.description)}</desc>
<style>
text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace; fill: ${theme.text}; white-space: pre }
.name { font-size: 12.5px; fill: ${theme.faint}; text-anchor: middle }
.cover { fill: ${theme.background} }
.cursor { fill: ${theme.faint} }
.typing { opacity: 0 }
${frames.css}
@media (prefers-reduced-motion: reduce) { * { animation: none !important } }
</style>
<rect x="0.5" y="0.5" width="${number(outerWidth - 1)}" height="${number(outerHeight - 1)}" rx="10" fill="${theme.background}" stroke="${theme.border}"/>
<path d="M1 ${bar}V11a10 10 0 0 1 10-10h${number(outerWidth - 22)}a10 10 0 0 1 10 10V${bar}z" fill="${theme.bar}"/>
<path d="M1 ${bar}.5h${number(outerWidth - 2)}" stroke="${theme.border}"/>
${dots.join("")}
<text class="name" x="${number(outerWidth / 2)}" y="${bar / 2 + 4.5}">bash</text>
<svg x="${padding}" y="${bar + padding}" width="${number(width)}" height="${number(height)}">
${[...texts, ...cursors].join("\n")}
</svg>
</svg>
`;
}

function renderPiece({ row, column, cells, at }: Piece, theme: Theme, frames: Keyframes): string {
  const text = textOf(cells).trimEnd();
  const style = cells[0]?.style;
  const look = [
    ...(style === undefined ? [] : styleOf(style, theme)),
    ...frames.animation(`0%{opacity:0}${frames.at(at)}{opacity:1}`, at > 0),
  ];
  const attributes = look.length === 0 ? "" : ` style="${look.join(";")}"`;
  return `<text x="${number(column * cell.width)}" y="${number(row * cell.height + 15)}" textLength="${number(text.length * cell.width)}" lengthAdjust="spacingAndGlyphs"${attributes}>${escape(text)}</text>`;
}

function styleOf({ colour, bold, dim }: Style, theme: Theme): readonly string[] {
  const named = colour === null ? null : (theme.palette[colour % 8] ?? null);
  const fill = named ?? (dim ? theme.faint : null);
  return [...(fill === null ? [] : [`fill:${fill}`]), ...(bold ? ["font-weight:bold"] : [])];
}

/** A block that stands at the prompt, and moves with what is typed; what is not typed yet is covered. */
function renderCursor(stay: CursorStay, isLast: boolean, width: number, frames: Keyframes): string {
  const { row, column, typed, from, typingFrom, typingUntil, until } = stay;
  const distance = number(typed * cell.width);
  const seen = isLast
    ? `0%{opacity:0}${frames.at(from)}{opacity:1}`
    : `0%{opacity:0}${frames.at(from)}{opacity:1}${frames.at(until)}{opacity:0}`;
  const shown = from === 0 ? seen.replace(/^0%\{opacity:0\}/, "") : seen;
  const moves =
    typed === 0
      ? []
      : frames.animation(
          `0%,${frames.at(typingFrom)}{transform:none;animation-timing-function:steps(${typed})}${frames.at(typingUntil)},100%{transform:translateX(${distance}px)}`,
          true,
          "linear",
        );
  const [x, y] = [number(column * cell.width), number(row * cell.height)];
  const cover = `<rect class="cover" x="${x}" y="${y}" width="${number(width)}" height="${cell.height}"/>`;
  const block = `<rect class="cursor" x="${x}" y="${number(row * cell.height + 1)}" width="${number(cell.width)}" height="${cell.height - 2}"/>`;
  const inner = typed === 0 ? block : `<g style="${moves.join(";")}">${cover}${block}</g>`;
  const animation = frames.animation(shown, true);
  return `<g${isLast ? "" : ' class="typing"'} style="${animation.join(";")}">${inner}</g>`;
}

/** The @keyframes of a picture, each named once. */
class Keyframes {
  readonly #length: number;
  readonly #names = new Map<string, string>();

  constructor(length: number) {
    this.#length = length;
  }

  /** A time as the part of the whole. */
  at(seconds: number): string {
    return `${number((seconds / this.#length) * 100)}%`;
  }

  animation(frames: string, isNeeded: boolean, timing = "step-end"): readonly string[] {
    if (!isNeeded) return [];
    const name = this.#names.get(frames) ?? `f${this.#names.size}`;
    this.#names.set(frames, name);
    return [`animation:${name} ${this.#length}s ${timing} infinite`];
  }

  get css(): string {
    return [...this.#names].map(([frames, name]) => `@keyframes ${name}{${frames}}`).join("\n");
  }
}

function number(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
