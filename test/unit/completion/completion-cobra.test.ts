import { describe, expect, test } from "vitest";
import { readCobra, renderOffer } from "../../../src/completion/cobra.ts";

/** What the shells get to read, for what kops printed and what is typed. */
function offer(output: string, typed = ""): string | null {
  const read = readCobra(output, typed);
  return read && renderOffer(read);
}

describe("what kops prints", () => {
  test.each([
    ["words with descriptions", "get\tlist\nedit\n:4\n", "", ":\nget\tlist\nedit\n"],
    ["only those that begin with what is typed", "get\nedit\n:4\n", "e", ":\nedit\n"],
    ["in its own order", "b\na\n:36\n", "", ":\nb\na\n"],
    ["no space after it", "a=\n:6\n", "", ":nospace\na=\n"],
    ["the value of a flag", "one\ntwo\n:4\n", "--name=o", ":\n--name=one\n"],
    ["a flag with its value", "--name=one\n:4\n", "--name=o", ":\n--name=one\n"],
    ["nothing, and files instead", ":0\n", "", ":files\n"],
    ["nothing, and no files", ":4\n", "", ":\n"],
    ["files with endings", "yaml\n.json\n:8\n", "", ":files .yaml .json\n"],
    ["directories", ":16\n", "", ":directories\n"],
    ["help for a person", "_activeHelp_ say a name\none\n:4\n", "", ":\none\n"],
  ])("%s", (_, output, typed, expected) => {
    expect(offer(output, typed)).toBe(expected);
  });

  test.each([
    ["an error", "one\n:1\n"],
    ["no directive", "one\ntwo\n"],
    ["something else", "Error: unknown command\n"],
    ["nothing", ""],
  ])("%s is no offer", (_, output) => {
    expect(offer(output)).toBeNull();
  });

  test("an ending that means something to a shell is left out", () => {
    expect(offer("yaml\n(e:touch x:)\n$(touch x)\n* x\n:8\n")).toBe(":files .yaml\n");
  });
});
