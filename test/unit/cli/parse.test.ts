import { expect, test } from "vitest";
import { commandDefinitions } from "../../../src/app.ts";
import { nameOf, optionNames, takesValue } from "../../../src/cli/help-sections.ts";
import { readPlainLine, type PlainLine } from "../../../src/cli/parse.ts";
import { plainTables, type OptionTable } from "../../../src/cli/plain-tables.ts";

test.for(Object.entries<OptionTable>(plainTables))(
  "%s: the options are those of the command",
  ([command, { values, switches, lists = {} }]) => {
    const { options } = commandDefinitions().find(({ path }) => nameOf(path) === command)!;
    const defined = (isValue: boolean) =>
      options
        .filter(({ definition }) => takesValue(definition) === isValue)
        .flatMap(({ definition }) => optionNames(definition))
        .sort();
    expect(Object.keys({ ...values, ...lists }).sort()).toEqual(defined(true));
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
  expect(readPlainLine(line.split(" "))).toEqual({ command: "env", options, child: null });
});

test.for<[string, PlainLine]>([
  [
    "policy --user a --group=g --user=b prod --cluster c --bucket-policy",
    {
      command: "policy",
      options: {
        word: "prod",
        users: ["a", "b"],
        groups: ["g"],
        clusters: ["c"],
        bucketPolicy: true,
      },
      child: null,
    },
  ],
  [
    "kubeconfig one -y --kubeconfig f",
    { command: "kubeconfig", options: { word: "one", yes: true, kubeconfig: "f" }, child: null },
  ],
  ["exec", { command: "exec", options: {}, child: null }],
  ["exec prod", { command: "exec", options: { word: "prod" }, child: null }],
  [
    "exec --server prod -- env -p a -- b",
    {
      command: "exec",
      options: { server: true, word: "prod" },
      child: ["env", "-p", "a", "--", "b"],
    },
  ],
  ["exec --", { command: "exec", options: {}, child: [] }],
  ["get clusters", { command: "kops", options: {}, child: ["get", "clusters"] }],
  [
    "-p prod --no-prompt update cluster --yes -p x -- y",
    {
      command: "kops",
      options: { profile: "prod", noPrompt: true },
      child: ["update", "cluster", "--yes", "-p", "x", "--", "y"],
    },
  ],
])("reads: %s", ([line, read]) => {
  expect(readPlainLine(line.split(" "))).toEqual(read);
});

test.for([
  "",
  "logout --profile prod",
  "use prod",
  "policy --user",
  "policy prod --user a --user b prod",
  "policy --user a prod --user b",
  "setup --no-default",
  "setup --role-arn -",
  "kubeconfig -yy",
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
  "exec prod env",
  "exec prod other -- env",
  "exec --output f -- env",
  "exec --no-server -- env",
  "-p get",
  "-p prod",
  "-p prod env",
  "-p prod -p other get clusters",
  "-- get clusters",
  "--json get clusters",
  "-v get clusters",
])("leaves to clipanion: %s", (line) => {
  expect(readPlainLine(line.split(" "))).toBeNull();
});
