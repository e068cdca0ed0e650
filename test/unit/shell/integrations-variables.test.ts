import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import {
  conflictingVariables,
  credentialVariables,
  markerVariables,
  roleVariables,
  servedVariables,
  settingVariables,
} from "../../../src/environment/variables.ts";

const changed = [
  ...[...credentialVariables, ...markerVariables, ...servedVariables, ...settingVariables],
  ...roleVariables,
  ...conflictingVariables.map(({ name }) => name),
];

/** The lines after the one with which the list of an integration begins, to the end of the list. */
const lists = {
  bash: /^__kops_mfa_variables=\($([^)]*)/m,
  zsh: /^typeset -ga __kops_mfa_variables=\($([^)]*)/m,
  sh: /^ {2}for __kops_mfa_word in \\$([^;]*)/m,
  fish: /^set -g __kops_mfa_variables \\$((?:\n {4}.*)*)/m,
  nu: /^const __kops_mfa_variables = \[$([^\]]*)/m,
  elv: /^var variables = \[$([^\]]*)/m,
  xsh: /^__kops_mfa_variables = frozenset\(\n {4}"""$([^"]*)/m,
};

it.each(Object.entries(lists))("kops-mfa.%s has all that a session changes", (extension, list) => {
  const [, text = ""] = list.exec(readFileSync(`shell/kops-mfa.${extension}`, "utf8")) ?? [];
  expect((text.match(/\w{5,}/g) ?? []).sort()).toEqual([...new Set<string>(changed)].sort());
});
