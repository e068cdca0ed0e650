import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

interface Target {
  readonly check: (text: string) => void | Promise<void>;
  readonly words: readonly string[];
}

const corpus = join(import.meta.dirname, "../../fuzz/corpus");

test.each(readdirSync(corpus))("what the guided fuzzer knows of %s holds", async (target) => {
  const { check, words } = (await import(`../../fuzz/guided/${target}.ts`)) as Target;
  expect(words).not.toEqual([]);
  for (const name of readdirSync(join(corpus, target))) {
    await check(readFileSync(join(corpus, target, name), "utf8"));
  }
});
