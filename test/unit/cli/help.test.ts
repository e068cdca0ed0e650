import { expect, test } from "vitest";
import { commandDefinitions, commandNames } from "../../../src/app.ts";
import { renderHelp, renderOverview } from "../../../src/cli/help.ts";
import { commandGroups, nameOf, optionGroups, usageLine } from "../../../src/cli/help-sections.ts";

const definitions = commandDefinitions();
const overview = renderOverview(definitions);

test("the overview has every command once, under a title", () => {
  const groups = commandGroups(definitions);
  const names = groups.flatMap((group) => [
    ...group.definitions.map(({ path }) => nameOf(path)),
    ...group.besides.map(([name]) => name),
  ]);
  expect(names.sort()).toEqual([...commandNames, "KOPS-COMMAND"].sort());
  for (const { title } of groups) expect(overview).toContain(`\n${title}:\n`);
  for (const name of names) expect(overview).toMatch(new RegExp(`^  ${name} +\\S`, "m"));
});

test("a command without a category that help shows is a mistake", () => {
  const stranger = { ...definitions[0]!, category: "Odds and ends" };
  expect(() => commandGroups([stranger])).toThrow(RangeError);
});

test.for(definitions)("$path: every option is in one group, and shown once", (definition) => {
  const { path, options } = definition;
  const grouped = optionGroups(nameOf(path), options).flatMap((group) => group.options);
  expect(new Set(grouped)).toEqual(new Set(options));
  expect(grouped).toHaveLength(options.length);
  const text = renderHelp(definition);
  for (const { definition: form } of options) {
    const [names = ""] = form.split(" ");
    expect(text).toContain(`\n  ${names.replaceAll(",", ", ")}`);
  }
});

test("options of one kind are under one title", () => {
  const titles = (name: string) => {
    const definition = definitions.find(({ path }) => nameOf(path) === name)!;
    return optionGroups(name, definition.options).map(({ title }) => title);
  };
  expect(titles("env")).toEqual(["Options", "Which session", "Its code and its time"]);
  expect(titles("login")).toEqual(["Which session", "Its code and its time"]);
  expect(titles("policy")).toEqual(["Options", "The role", "Who may assume it", "The state store"]);
  expect(titles("logout")).toEqual([]);
});

test.for([
  ["env", "kops-mfa env [OPTIONS] [PROFILE]"],
  ["exec", "kops-mfa exec [OPTIONS] [PROFILE] [-- COMMAND...]"],
  ["init", "kops-mfa init [OPTIONS] SHELL"],
  ["completions", "kops-mfa completions SHELL"],
  ["logout", "kops-mfa logout [PROFILE]"],
])("%s is typed so", ([name, line]) => {
  expect(usageLine(definitions.find(({ path }) => nameOf(path) === name)!)).toBe(line);
});

test("every command has an example, and a description that is a sentence", () => {
  for (const definition of definitions) {
    expect(definition.examples?.length).toBeGreaterThan(0);
    expect(renderHelp(definition)).toMatch(/^.*\n\n[A-Z].*\.\n/);
  }
});
