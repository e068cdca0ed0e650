import { expect, test } from "vitest";
import { commandDefinitions } from "../../../src/app.ts";
import { completionTable } from "../../../src/completion/table.ts";
import { isKopsCommand } from "../../../src/kops/commands.ts";
import { documents } from "../../support/docs/documents.ts";

const table = completionTable(commandDefinitions(), { "init SHELL": ["bash", "zsh"] });
const globalOptions = ["--help", "-h", "--version", "--"];

/** Every command line of ours between backticks, in text and in tables. */
const lines = documents().flatMap(({ file, prose }) =>
  [...prose.matchAll(/(?<!`)`(?:[A-Z_]+=\S+ |eval "\$\()?(kops-mfa [^`]+)`/g)].map(
    ([, line = ""]) => [file, line.replaceAll("\\|", "|")] as const,
  ),
);

test("there are command lines in the text", () => {
  expect(lines.length).toBeGreaterThan(60);
});

test.for(lines)("%s: %s", ([, line]) => {
  // What is behind `--` or a pipe is another program's, and `<any kops command>` nobody's.
  const [own = ""] = line.split(/ -- | \||[;>]|&&|\)"/);
  const words = own.split(/\s+/).slice(1);
  const name = words.find((word) => /^[a-z]/.test(word) && word !== "prod");
  const command = table.commands.find((one) => one.name === name);
  if (command === undefined) {
    const isOfKops = name !== undefined && isKopsCommand(name);
    const isForm = /<|[A-Z]{3,}|^kops-mfa …|^kops-mfa --/.test(line);
    expect(isOfKops || isForm, `${name ?? "nothing"} is no command`).toBe(true);
    return;
  }
  const known = [...globalOptions, ...command.options.flatMap(({ names }) => names)];
  const options = words
    .filter((word) => word.startsWith("-"))
    .map((word) => word.split("=")[0] ?? "");
  expect(options.filter((option) => !known.includes(option))).toEqual([]);
});
