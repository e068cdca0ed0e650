import { readCobra, renderOffer, type KopsOffer } from "../completion/cobra.ts";
import { profileNames, type NamesQuery } from "../config/profile-names.ts";
import { askKops } from "../platform/processes/kops-complete.ts";
import { printable } from "../platform/terminal/printable.ts";

/** One name a line; not those that could do something to a terminal, in which shells show them as they are. */
export function profileLines({ env, platform, home, files }: NamesQuery): string {
  const names = profileNames({ env, platform, home, files }).filter(isPrintable);
  return names.map((name) => `${name}\n`).join("");
}

/** What kops offers for the last of the words. An equal sign goes before that one: not every shell can pass an empty word. */
export async function kopsOffer(words: readonly string[]): Promise<string> {
  const typed = words.at(-1)?.replace(/^=/, "") ?? "";
  const output = await askKops([...words.slice(0, -1), typed]);
  const offer = output === null ? null : readCobra(output, typed);
  return offer === null ? "" : renderOffer(shown(offer));
}

function shown(offer: KopsOffer): KopsOffer {
  const candidates = offer.candidates
    .filter(([word]) => isPrintable(word))
    .map(([word, description]) => [word, printable(description)] as const);
  return { ...offer, candidates };
}

function isPrintable(text: string): boolean {
  return printable(text) === text;
}
