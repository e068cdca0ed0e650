import { child, readXml } from "./xml-elements.ts";

type Sdk = typeof import("./sdk-entry.ts");

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
