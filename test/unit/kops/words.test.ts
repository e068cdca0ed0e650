import { describe, expect, test } from "vitest";
import { isKopsCommand, kopsCommands } from "../../../src/kops/commands.ts";
import { longRun } from "../../../src/kops/likely-time.ts";
import { isGeneralFlag, readKopsWords, sessionNeed } from "../../../src/kops/words.ts";

const split = (line: string) => line.split(" ").filter((word) => word !== "");

describe("readKopsWords", () => {
  test.each([
    ["get clusters", ["get", "clusters"], {}],
    ["--state s3://b get ig", ["get", "ig"], { "--state": "s3://b" }],
    ["--state=s3://b --name= get", ["get"], { "--state": "s3://b", "--name": "" }],
    ["-v 2 get -o json", ["get", "json"], { "-v": "2", "-o": null }],
    ["update cluster x --yes", ["update", "cluster", "x"], { "--yes": null }],
    ["toolbox -- --help", ["toolbox"], {}],
    ["get -", ["get", "-"], {}],
    ["get --state", ["get"], { "--state": null }],
    ["", [], {}],
  ])("%s", (line, command, flags) => {
    const read = readKopsWords(split(line));
    expect(read.command).toEqual(command);
    expect(Object.fromEntries(read.flags)).toEqual(flags);
  });
});

test.each([
  ["get clusters", "needed"],
  ["rolling-update cluster --yes", "needed"],
  ["--state s3://version get clusters", "needed"],
  ["--name version get ig", "needed"],
  ["set cluster", "needed"],
  ["version", "none"],
  ["--state s3://b version", "none"],
  ["-v 2 version", "none"],
  ["help create cluster", "none"],
  ["completion zsh", "none"],
  ["create cluster --help", "none"],
  ["create cluster -h", "none"],
  ["get clusters --help=false", "needed"],
  ["--help", "none"],
  ["--state s3://b", "none"],
  ["toolbox -- --help", "needed"],
  ["__complete get clusters x", "if-kept"],
  ["__completeNoDesc get", "if-kept"],
])("a session for kops %s: %s", (line, need) => {
  expect(sessionNeed(split(line))).toBe(need);
});

test.each([
  ["rolling-update cluster --yes", "rolling-update cluster", 10_800],
  ["rolling-update cluster one.example.com -y", "rolling-update cluster", 10_800],
  ["--name x reconcile cluster --yes=true", "reconcile cluster", 10_800],
  ["update cluster --yes", "update cluster", 900],
  ["delete clusters x --yes", "delete cluster", 1800],
  ["validate cluster --wait 10m", "validate cluster --wait", 600],
  ["validate cluster --wait=1h30m0s", "validate cluster --wait", 5400],
])("kops %s is long", (line, name, seconds) => {
  expect(longRun(split(line))).toEqual({ name, seconds });
});

test.each([
  "get clusters",
  "rolling-update cluster",
  "rolling-update cluster --yes=false",
  "update cluster",
  "validate cluster",
  "validate cluster --wait 0s",
  "validate cluster --wait soon",
  "delete secret x --yes",
  "",
])("kops %s is short", (line) => {
  expect(longRun(split(line))).toBeNull();
});

test.each([
  ["--state", true],
  ["--state=s3://b", true],
  ["-v", true],
  ["-v4", true],
  ["-h", true],
  ["--profile", false],
  ["--yes", false],
])("%s before kops's command: %s", (word, known) => {
  expect(isGeneralFlag(word)).toBe(known);
});

test("kops's commands are known, also those it does not list", () => {
  for (const word of [...Object.keys(kopsCommands), "helpers", "__complete", "set"]) {
    expect(isKopsCommand(word)).toBe(true);
  }
  for (const word of ["env", "exec", "toString", "__proto__"]) {
    expect(isKopsCommand(word)).toBe(false);
  }
});
