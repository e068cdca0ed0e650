/** Text, or elements by name; an element that is undefined is left out, and one that is a list is repeated. */
export type XmlContent =
  string | { readonly [tag: string]: XmlContent | readonly XmlContent[] | undefined };

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** One element with what is in it, in the given order. */
export function renderXml(tag: string, content: XmlContent, namespace?: string): string {
  const attribute = namespace === undefined ? "" : ` xmlns="${escapeXml(namespace)}"`;
  return `<${tag}${attribute}>${renderContent(content)}</${tag}>`;
}

function renderContent(content: XmlContent): string {
  if (typeof content === "string") return escapeXml(content);
  return Object.entries(content)
    .flatMap(([tag, inner]) => [inner].flat().map((each) => renderOptional(tag, each)))
    .join("");
}

function renderOptional(tag: string, content: XmlContent | undefined): string {
  return content === undefined ? "" : renderXml(tag, content);
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}
