import {
  isScalar,
  isSeq,
  type CST,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { ArgumentPlace, PairPlace, Quotes, StanzaLayout, WordPlace } from "./kubeconfig.ts";

/** Where the words of an exec stanza stand in the text; null where one is not a plain or quoted word. */
export function stanzaLayout(exec: YAMLMap): StanzaLayout | null {
  const command = wordPlace(exec.get("command", true));
  const list: unknown = exec.get("args", true);
  const args = isSeq(list) ? argumentPlaces(list) : null;
  const pairs = all(exec.items.map((pair) => pairPlace(pair as Pair<Node, Node>)));
  if (!command || !args?.places[0] || !pairs) return null;
  const pairsBlock = exec.srcToken?.type === "block-map";
  return { command, args: args.places, argsBlock: args.block, pairs, pairsBlock };
}

const quotes: Readonly<Record<string, Quotes>> = {
  scalar: "plain",
  "single-quoted-scalar": "single",
  "double-quoted-scalar": "double",
};

function wordPlace(node: unknown): WordPlace | null {
  if (!isScalar(node)) return null;
  const { range, srcToken } = node as Scalar.Parsed;
  const kind = quotes[srcToken?.type ?? ""];
  return kind === undefined ? null : { start: range[0], end: range[1], quotes: kind };
}

function argumentPlaces(list: YAMLSeq) {
  const tokens: readonly CST.CollectionItem[] = (list.srcToken as CST.BlockSequence).items;
  const places = all(
    list.items.map((item, index): ArgumentPlace | null => {
      const word = wordPlace(item);
      const itemStart = firstWord(tokens[index]?.start ?? []) ?? word?.start;
      return word && itemStart !== undefined ? { ...word, itemStart } : null;
    }),
  );
  return places && { places, block: list.srcToken?.type === "block-seq" };
}

function pairPlace({ key, value, srcToken }: Pair<Node, Node | null>) {
  const word = wordPlace(key);
  const start = srcToken?.start ?? [];
  if (!word || !isScalar(key) || start.some(({ type }) => type === "explicit-key-ind")) {
    return null;
  }
  const place: PairPlace = {
    key: String(key.value),
    keyStart: word.start,
    keyQuotes: word.quotes,
    pairStart: firstWord(start) ?? word.start,
    valueEnd: value?.range?.[1] ?? word.end,
  };
  return place;
}

/** The first thing that is neither a blank nor a comma: a comment, or the sign of a list. */
function firstWord(tokens: readonly CST.SourceToken[]): number | undefined {
  return tokens.find(({ type }) => !/^(space|newline|comma)$/.test(type))?.offset;
}

/** The list, if nothing in it is missing. */
function all<T>(list: readonly (T | null)[]): readonly T[] | null {
  return list.includes(null) ? null : (list as readonly T[]);
}
