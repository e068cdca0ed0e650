import { expect, test } from "vitest";
import { commandDefinitions } from "../../src/app.ts";
import { nameOf, optionNames, takesValue } from "../../src/commands/help-groups.ts";
import { plainTables, readPlainLine, type OptionTable } from "../../src/commands/plain-line.ts";

test.for(Object.entries<OptionTable>(plainTables))(
  "%s: the options are those of the command",
  ([command, { values, switches }]) => {
    const { options } = commandDefinitions().find(({ path }) => nameOf(path) === command)!;
    const defined = (isValue: boolean) =>
      options
        .filter(({ definition }) => takesValue(definition) === isValue)
        .flatMap(({ definition }) => optionNames(definition))
        .sort();
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
  expect(readPlainLine(line.split(" "))).toEqual({ command: "env", options });
});

test.for([
  "",
  "logout",
  "env a b",
  "env -p",
  "env -p a -p b",
  "env --profile=",
  "env -pprod",
  "env --no-prompt=1",
  "env --no-prompt --no-prompt",
  "env --json",
  "env -- prod",
  "env -h",
  "env --shell --unset",
  "constructor",
])("leaves to clipanion: %s", (line) => {
  expect(readPlainLine(line.split(" "))).toBeNull();
});
