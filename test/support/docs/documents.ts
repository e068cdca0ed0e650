import { readdirSync, readFileSync } from "node:fs";

/** A fenced block of a document. */
export interface Block {
  readonly file: string;
  /** Of its first fence, from 1. */
  readonly line: number;
  /** The info string: the language, and how the tests use the block (`sh variables`). */
  readonly info: string;
  readonly text: string;
}

export interface Document {
  /** From the root of the repository. */
  readonly file: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  /** The document without its fenced blocks. */
  readonly prose: string;
}

const fence = /^( *)```(.*)\n([\s\S]*?)^\1```$/gm;

/** All that people read: the pages at the top of the repository and those in docs/. */
export function documents(): readonly Document[] {
  const files = [".", "docs"].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".md"))
      .map((name) => (folder === "." ? name : `${folder}/${name}`)),
  );
  return files.sort().map(readDocument);
}

export function readDocument(file: string): Document {
  const text = readFileSync(file, "utf8");
  const blocks = [...text.matchAll(fence)].map(([, indent = "", info = "", body = ""], index) => ({
    file,
    line: lineOf(text, index),
    info,
    text: body.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  }));
  return { file, text, blocks, prose: text.replaceAll(fence, "") };
}

function lineOf(text: string, index: number): number {
  const match = [...text.matchAll(fence)][index];
  return text.slice(0, match?.index ?? 0).split("\n").length;
}

/** The anchors of a document's headings, as GitHub and most others make them. */
export function anchorsOf({ prose }: Document): readonly string[] {
  return [...prose.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
