import type { FileNote, Profile } from "./profile.ts";

const token = "aws_session_token";
const keyPair = ["aws_access_key_id", "aws_secret_access_key"];

/**
 * `above` over `below`. Keys and token come from one side only: a token fits no keys but its own, yet Go signs with the
 * pair of the credentials file and the token of the configuration.
 */
export function overlay(below: Profile | undefined, above: Profile, notes: FileNote[]): Profile {
  if (!below) return above;
  const values = new Map(below.values);
  const nested = new Map(below.nested);
  const hasKeys = keyPair.some((key) => above.values.has(key));
  if (hasKeys) for (const key of [...keyPair, token]) values.delete(key);
  for (const [key, value] of above.values) {
    if (key === token && !hasKeys) continue;
    values.set(key, value);
    nested.delete(key);
  }
  for (const [key, block] of above.nested) {
    values.delete(key);
    nested.set(key, block);
  }
  const stray = below.values.get(token);
  if (hasKeys && stray?.value && !above.values.has(token)) {
    notes.push({
      profile: above.name,
      text: `${stray.file}:${stray.line}: ${token} is left out, since the keys of "${above.name}" stand elsewhere; kops itself would use it with them`,
    });
  }
  return { name: above.name, values, nested };
}
