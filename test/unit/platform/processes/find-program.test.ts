import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findProgram } from "../../../../src/platform/processes/find-program.ts";

const home = mkdtempSync(join(tmpdir(), "kops-mfa-path-"));
const at = (...names: readonly string[]) => join(home, ...names);
beforeAll(() => {
  for (const folder of ["a", "b", "b/folder", "c"]) mkdirSync(at(folder));
  for (const file of ["a/tool", "b/tool", "b/other"]) writeFileSync(at(file), "");
  for (const file of ["b/tool", "b/other"]) chmodSync(at(file), 0o700);
  symlinkSync(at("b/tool"), at("c/link"));
  symlinkSync(at("nothing"), at("c/lost"));
});
afterAll(() => rmSync(home, { recursive: true }));

const path = ["a", "b", "missing", "c"].map((folder) => at(folder)).join(":");
const find = (name: string, env = { PATH: path }) => findProgram(name, env, "linux");

test.each([
  ["other", { how: "found", path: at("b/other") }],
  ["tool", { how: "found", path: at("b/tool") }],
  ["link", { how: "found", path: at("c/link") }],
  ["lost", { how: "not-found" }],
  ["folder", { how: "not-found" }],
  ["nowhere", { how: "not-found" }],
  [at("b/other"), { how: "found", path: at("b/other") }],
  [at("a/tool"), { how: "not-executable", path: at("a/tool") }],
  [at("b/none"), { how: "not-found" }],
])("%s", (name, expected) => {
  expect(find(name)).toEqual(expected);
});

test("one that may not be started is told from one that is not there", () => {
  expect(find("tool", { PATH: at("a") })).toEqual({ how: "not-executable", path: at("a/tool") });
});

test("without PATH the system's own", () => {
  expect(findProgram("sh", {}, "linux").how).toBe("found");
  expect(findProgram("tool", {}, "linux").how).toBe("not-found");
});

test("Windows adds the endings that it knows", () => {
  writeFileSync(at("c/kops.EXE"), "");
  chmodSync(at("c/kops.EXE"), 0o700);
  const env = { PATH: at("c"), PATHEXT: ".COM;.EXE" };
  expect(findProgram("kops", env, "win32")).toEqual({ how: "found", path: at("c/kops.EXE") });
  expect(findProgram("kops.EXE", env, "win32")).toEqual({ how: "found", path: at("c/kops.EXE") });
});
