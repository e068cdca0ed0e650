/** https://www.rfc-editor.org/rfc/rfc4648#section-6; it is also what AWS key ids are written in. */
export const BASE32_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Spaces and padding are as optional, and case as free, as in authenticator apps. */
export function decodeBase32(text: string): Buffer {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const letter of text.replace(/[\s=]/g, "").toUpperCase()) {
    const value = BASE32_ALPHABET.indexOf(letter);
    if (value < 0) throw new Error(`not base32: ${letter}`);
    held = ((held << 5) | value) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 0xff);
  }
  return Buffer.from(bytes);
}
