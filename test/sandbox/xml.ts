/** Text, or elements by name; an element that is undefined is left out. */
export type XmlContent = string | { readonly [tag: string]: XmlContent | undefined };

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
    .map(([tag, inner]) => (inner === undefined ? "" : renderXml(tag, inner)))
    .join("");
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}
