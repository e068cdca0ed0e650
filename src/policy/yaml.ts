import { isList, type Tree } from "./tree.ts";

/** A tree as block-style YAML. Its strings are JSON's, which YAML 1.2 takes as they are (yaml.org/spec/1.2.2, 1.2). */
export function renderYaml(tree: Tree, indent = ""): string {
  if (typeof tree !== "object") return `${JSON.stringify(tree)}\n`;
  const deeper = `${indent}  `;
  const lines = isList(tree)
    ? tree.map((item) => `${indent}- ${renderYaml(item, deeper).trimStart()}`)
    : Object.entries(tree).map(
        ([key, value]) =>
          `${indent}${renderKey(key)}:${isBlock(value) ? "\n" : " "}${renderYaml(value, deeper)}`,
      );
  return lines.length > 0 ? lines.join("") : "[]\n";
}

/** Quoted where it could be taken for anything but a word. */
function renderKey(key: string): string {
  return /^[A-Z][A-Za-z0-9]*$/.test(key) ? key : JSON.stringify(key);
}

function isBlock(tree: Tree): boolean {
  return typeof tree === "object" && Object.keys(tree).length > 0;
}
