type Sdk = typeof import("./sts-client.ts");

/** The serial numbers in an answer to ListMFADevices; null for a text that is none. */
export function readSerialNumbers(
  text: string,
  parseXML: Sdk["parseXML"],
): readonly string[] | null {
  const path = ["ListMFADevicesResponse", "ListMFADevicesResult", "MFADevices"];
  const devices = path.reduce(child, readXml(text, parseXML));
  if (devices === null) return null;
  const members = [child(devices, "member")].flat();
  return members
    .map((member) => child(member, "SerialNumber"))
    .filter((serial) => typeof serial === "string");
}

/** Null for a text that is no XML, as of a proxy. */
function readXml(text: string, parseXML: Sdk["parseXML"]): unknown {
  try {
    return parseXML(text);
  } catch {
    return null;
  }
}

/** An element by name. What has no such element, or is none, gives null; an empty element is an empty text. */
function child(element: unknown, name: string): unknown {
  if (typeof element !== "object" || element === null) return null;
  return (element as Record<string, unknown>)[name] ?? null;
}
