type Sdk = typeof import("./sdk-entry.ts");

/** What the SDK's parser makes of a text; null for a text that is no XML, as of a proxy. */
export function readXml(text: string, parseXML: Sdk["parseXML"]): unknown {
  try {
    return parseXML(text);
  } catch {
    return null;
  }
}

/** An element by name. What has no such element, or is none, gives null; an empty element is an empty text. */
export function child(element: unknown, name: string): unknown {
  if (typeof element !== "object" || element === null) return null;
  return (element as Record<string, unknown>)[name] ?? null;
}
