/** SHA-1 in hexadecimal. Loaded by name, so that a run that does not need it does not load crypto. */
export function sha1(text: string): string {
  const { createHash } = process.getBuiltinModule("node:crypto");
  return createHash("sha1").update(text).digest("hex");
}
