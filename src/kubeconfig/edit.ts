import { ConfigError } from "../errors.ts";
import type { ExecStanza, Kubeconfig, KubeUser, PairPlace, StanzaLayout } from "./kubeconfig.ts";
import { apartFromStanza, parseKubeconfig } from "./parse.ts";
import { quote } from "./quote.ts";
import { installHint, isOurHint, pluginWords, readPlugin, type KopsPlugin } from "./stanza.ts";

/** A stretch of the text, and what comes in its place. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The file with one user's stanza saying `plugin`, and every other byte of its text as it was. The result is read again: what does
 * not say exactly that is a {@link ConfigError}, not a file.
 */
export function withPlugin(file: Kubeconfig, user: KubeUser, plugin: KopsPlugin): Kubeconfig {
  const { login } = user;
  const layout = login.kind === "exec" ? login.stanza.layout : null;
  if (login.kind !== "exec" || layout === null) throw unwritable(file, user);
  const edits = [
    ...wordEdits(file.text, login.stanza, layout, plugin),
    ...hintEdits(file.text, login.stanza, layout, plugin),
  ];
  const changed = parseKubeconfig({ ...file, text: apply(file.text, edits) });
  const isOtherwiseSame =
    apartFromStanza(file, user.index) === apartFromStanza(changed, user.index);
  if (!says(changed, user, plugin) || !isOtherwiseSame) throw unwritable(file, user);
  return changed;
}

function says({ users }: Kubeconfig, { index }: KubeUser, plugin: KopsPlugin): boolean {
  const login = users.find((user) => user.index === index)?.login;
  if (login?.kind !== "exec") return false;
  const { command, args } = login.stanza;
  return JSON.stringify([command, ...args]) === JSON.stringify(pluginWords(plugin));
}

function unwritable({ shown }: Kubeconfig, { name }: KubeUser): ConfigError {
  return new ConfigError(
    `${shown}: the exec of user "${name}" is written in a form that cannot be changed safely`,
    { hint: "`kops export kubeconfig` writes it in the usual form; then run this again." },
  );
}

/** Back to front, so that no edit moves the place of another. */
function apply(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((done, edit) => done.slice(0, edit.start) + edit.text + done.slice(edit.end), text);
}

/** kops's own arguments stay where they are: what changes is the command, and what stands before them. */
function wordEdits(
  text: string,
  { command, args }: ExecStanza,
  { command: place, args: places, argsBlock }: StanzaLayout,
  plugin: KopsPlugin,
): readonly Edit[] {
  const current = readPlugin(command, args);
  const [first, kept] = [places[0], places[args.length - plugin.args.length]];
  if (!current || !first || !kept) return [];
  const [newCommand, ...newArgs] = pluginWords(plugin);
  const before = newArgs.slice(0, newArgs.length - plugin.args.length);
  const [sign, between] = argsBlock
    ? ["- ", lineBreak(text, first.start) + indentTo(text, first.itemStart)]
    : ["", separator(text, first.end, places[1]?.itemStart)];
  const items = before.map((word) => sign + quote(word, first.quotes) + between).join("");
  return [
    { start: place.start, end: place.end, text: quote(newCommand, place.quotes) },
    { start: first.itemStart, end: kept.itemStart, text: items },
  ];
}

/** kubectl shows the hint where the command is not found, so it goes with the command. */
function hintEdits(
  text: string,
  { installHint: current }: ExecStanza,
  layout: StanzaLayout,
  { options }: KopsPlugin,
): readonly Edit[] {
  if (options !== null && current === null) return [insertHint(text, layout)].flat();
  const isOver = options === null && current !== null && isOurHint(current);
  return isOver ? [removeHint(text, layout)].flat() : [];
}

const hintKey = "installHint";

/** In alphabetical order where the keys are, as Kubernetes' clients write them; else beside `command`. */
function insertHint(text: string, { pairs, pairsBlock }: StanzaLayout): Edit | [] {
  const command = pairs.findIndex(({ key }) => key === "command");
  const next = pairs.find(({ key }) => key > hintKey) ?? pairs[command + 1] ?? pairs[command];
  if (!next) return [];
  const { keyStart, pairStart, keyQuotes } = next;
  const pair = `${quote(hintKey, keyQuotes)}: ${quote(installHint, "double")}`;
  if (!pairsBlock) {
    return { start: keyStart, end: keyStart, text: pair + separatorBefore(text, pairs, next) };
  }
  const [newline, indent] = [lineBreak(text, keyStart), indentTo(text, keyStart)];
  const start = lineStart(text, pairStart);
  // The first pair may stand behind the "- " of a list.
  return isBlank(text.slice(start, pairStart))
    ? { start, end: start, text: indent + pair + newline }
    : { start: keyStart, end: keyStart, text: pair + newline + indent };
}

function removeHint(text: string, { pairs, pairsBlock }: StanzaLayout): Edit | [] {
  const at = pairs.findIndex(({ key }) => key === hintKey);
  const [previous, hint, next] = [pairs[at - 1], pairs[at], pairs[at + 1]];
  if (!hint) return [];
  const start = lineStart(text, hint.keyStart);
  if (pairsBlock && isBlank(text.slice(start, hint.keyStart))) {
    const end = lineEnd(text, hint.valueEnd);
    // The last line of a file may have no end of its own.
    return end === text.length && !text.endsWith("\n")
      ? { start: start - lineBreak(text, start - 2).length, end, text: "" }
      : { start, end, text: "" };
  }
  if (next) return { start: hint.keyStart, end: next.pairStart, text: "" };
  return previous ? { start: previous.valueEnd, end: hint.valueEnd, text: "" } : [];
}

/** What stands between two neighbours in `[]` or `{}`. */
function separator(text: string, end: number, nextStart: number | undefined): string {
  const between = nextStart === undefined ? "" : text.slice(end, nextStart);
  return /^\s*,\s*$/.test(between) ? between : ", ";
}

function separatorBefore(text: string, pairs: readonly PairPlace[], next: PairPlace): string {
  const [other, after] =
    pairs[0] === next ? [next, pairs[1]] : [pairs[pairs.indexOf(next) - 1], next];
  return separator(text, other?.valueEnd ?? 0, after?.pairStart);
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** Behind the line break. */
function lineEnd(text: string, offset: number): number {
  // The end of a value that spans lines may be behind its line break already.
  if (text[offset - 1] === "\n") return offset;
  const end = text.indexOf("\n", offset);
  return end === -1 ? text.length : end + 1;
}

function lineBreak(text: string, from: number): string {
  const [next = "\n"] = /\r?\n/.exec(text.slice(Math.max(0, from))) ?? /\r?\n/.exec(text) ?? [];
  return next;
}

function indentTo(text: string, offset: number): string {
  return " ".repeat(offset - lineStart(text, offset));
}

function isBlank(text: string): boolean {
  return /^[ \uFEFF]*$/.test(text);
}
