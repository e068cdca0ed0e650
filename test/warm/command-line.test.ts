import { expect, test } from "vitest";
import { commandDefinitions } from "../../src/app.ts";
import { nameOf, optionNames, takesValue } from "../../src/commands/help-groups.ts";
import { optionTables, readWarmLine, type WarmCommand } from "../../src/warm/command-line.ts";

/** What writes a file, or brings a code, is for the whole program. */
const leftOut = ["--output", "--token-code"];

test.for(Object.keys(optionTables) as WarmCommand[])(
  "%s: the options are those of the command",
  (command) => {
    const { options } = commandDefinitions().find(({ path }) => nameOf(path) === command)!;
    const defined = (isValue: boolean) =>
      options
        .filter(({ definition }) => takesValue(definition) === isValue)
        .flatMap(({ definition }) => optionNames(definition))
        .filter((name) => !leftOut.includes(name))
        .sort();
    const { values, switches } = optionTables[command];
    expect(Object.keys(values).sort()).toEqual(defined(true));
    expect(Object.keys(switches).sort()).toEqual(defined(false));
  },
);

test.for<[string, object]>([
  ["env", {}],
  ["env prod", { word: "prod" }],
  ["env -p prod --no-prompt", { profile: "prod", noPrompt: true }],
  ["env --shell=fish prod --unset", { shell: "fish", word: "prod", unset: true }],
  ["env --external-id a=b", { externalId: "a=b" }],
  ["env --external-id=a=b", { externalId: "a=b" }],
])("reads: %s", ([line, options]) => {
  expect(readWarmLine(line.split(" "))).toEqual({ command: "env", options });
});

test.for([
  "",
  "login",
  "env a b",
  "env -p",
  "env -p a -p b",
  "env --profile=",
  "env -pprod",
  "env --no-prompt=1",
  "env --no-prompt --no-prompt",
  "env --json",
  "env --output x",
  "env -- prod",
  "env -h",
  "env --shell --unset",
  "constructor",
])("leaves to the whole program: %s", (line) => {
  expect(readWarmLine(line.split(" "))).toBeNull();
});
