import { readCobra, renderOffer, type KopsOffer } from "./completion/cobra.ts";
import { profileNames } from "./config/profile-names.ts";
import type { Environment } from "./context.ts";
import { writeAll } from "./effects/files.ts";
import { homeDirectory } from "./effects/home.ts";
import { askKops } from "./effects/kops-answer.ts";
import { printable } from "./effects/printable.ts";
import { readRegularFile } from "./effects/regular-file.ts";

const standardOutput = 1;

/**
 * The warm lane: answers without loading the rest of the program. False for a command line that is not for it. These two words are what the
 * completions of the shells (completions/) ask at a Tab: they ask nobody, write nothing, and are silent about whatever goes wrong.
 */
export async function answer(argv: readonly string[]): Promise<boolean> {
  const [word, ...rest] = argv;
  if (word === "__profiles") print(lines(profiles(process.env)));
  else if (word === "__complete-kops") print(await kopsOffer(rest));
  else return false;
  return true;
}

/** One name a line; not those that could do something to a terminal, in which shells show them as they are. */
function profiles(env: Environment): readonly string[] {
  const files = { read: readRegularFile };
  const place = { files, env, platform: process.platform, home: homeDirectory(env) };
  return profileNames(place).filter(isPrintable);
}

/** What kops offers for the last of the words. An equal sign goes before that one: not every shell can pass an empty word. */
async function kopsOffer(words: readonly string[]): Promise<string> {
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

function lines(words: readonly string[]): string {
  return words.map((word) => `${word}\n`).join("");
}

function print(text: string): void {
  try {
    writeAll(standardOutput, text);
  } catch {
    // Whoever asked is gone.
  }
}
