export { checkCacheEntry as check } from "../cache-entry.ts";

export const words = [
  "{",
  "}",
  '"',
  ":",
  ",",
  "[",
  "null",
  "1e999",
  "\\u0000",
  '"expiresAt":',
  "1.5",
];
