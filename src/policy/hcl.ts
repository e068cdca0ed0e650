import { isList, type Tree } from "./tree.ts";

/** A name and the expression that it gets. */
export type Argument = readonly [name: string, expression: string];

/** A block as `terraform fmt` writes it. */
export function renderBlock(head: string, args: readonly Argument[]): string {
  return `${head} {\n${renderArguments(args, "  ")}}\n`;
}

/** A tree as an expression; `indent` is that of the line in which it begins. */
export function renderExpression(tree: Tree, indent: string): string {
  if (typeof tree === "string") return quoteHcl(tree);
  if (typeof tree === "number") return String(tree);
  const deeper = `${indent}  `;
  if (!isList(tree)) {
    const args = Object.entries(tree).map(
      ([key, value]) => [renderKey(key), renderExpression(value, deeper)] as const,
    );
    return `{\n${renderArguments(args, deeper)}${indent}}`;
  }
  if (tree.every((item) => typeof item === "string") && tree.length < 2) {
    return `[${tree.map(quoteHcl).join("")}]`;
  }
  return `[\n${tree.map((item) => `${deeper}${renderExpression(item, deeper)},\n`).join("")}${indent}]`;
}

/** A string in which nothing is a template: developer.hashicorp.com/terraform/language/expressions/strings */
export function quoteHcl(text: string): string {
  return JSON.stringify(text).replace(/([$%])\{/g, "$1$1{");
}

function renderKey(key: string): string {
  return /^[A-Za-z]\w*$/.test(key) ? key : quoteHcl(key);
}

/** Neighbours of one line each have their equals signs below each other. */
function renderArguments(args: readonly Argument[], indent: string): string {
  const isShort = ([, expression]: Argument) => !expression.includes("\n");
  const widthAt = (index: number) => {
    const long = args.map((each, at) => (isShort(each) ? -1 : at)).filter((at) => at >= 0);
    const begin = Math.max(-1, ...long.filter((at) => at < index)) + 1;
    const end = Math.min(args.length, ...long.filter((at) => at > index));
    return Math.max(...args.slice(begin, end).map(([name]) => name.length));
  };
  return args
    .map((each, index) => {
      const [name, expression] = each;
      return `${indent}${isShort(each) ? name.padEnd(widthAt(index)) : name} = ${expression}\n`;
    })
    .join("");
}
