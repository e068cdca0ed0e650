import { expect, test } from "vitest";
import { absoluteVariable, expandHome, shortenHome, xdgDirectory } from "../../src/paths.ts";

test.each([
  ["~", "/home/jon", "/home/jon"],
  ["~/x", "/home/jon", "/home/jon/x"],
  ["~\\x", "C:\\Users\\jon", "C:\\Users\\jon\\x"],
  ["~/x", null, null],
  ["~root/x", "/home/jon", null],
  ["~x", "/home/jon", null],
  ["./~/x", "/home/jon", "./~/x"],
  ["x/~", null, "x/~"],
  ["", null, ""],
])("%j, at home in %j, is %j for the system", (path, home, expected) => {
  expect(expandHome(path, home)).toBe(expected);
});

test.each([
  ["/home/jon", "~"],
  ["/home/jon/x", "~/x"],
  ["/home/jonas", "/home/jonas"],
])("%j is %j for people", (path, expected) => {
  expect(shortenHome(path, "/home/jon")).toBe(expected);
});

const variable = (platform: string, value?: string) =>
  absoluteVariable("X", {
    env: { X: value },
    platform,
    home: platform === "win32" ? "C:\\jon" : "/jon",
  });

test.each([
  ["linux", undefined, null],
  ["linux", "", null],
  ["linux", "/x", "/x"],
  ["linux", "~/x", "/jon/x"],
  ["win32", "C:\\x", "C:\\x"],
  ["win32", "c:/x", "c:/x"],
  ["win32", "\\\\server\\x", "\\\\server\\x"],
  ["win32", "~\\x", "C:\\jon\\x"],
])("on %s a variable %j names %j", (platform, value, expected) => {
  expect(variable(platform, value)).toBe(expected);
});

test.each([
  ["linux", "x"],
  ["linux", "./x"],
  ["linux", "C:\\x"],
  ["linux", "~root/x"],
  ["win32", "C:x"],
  ["win32", "x\\y"],
])("on %s a variable %j is refused by its name", (platform, value) => {
  expect(() => variable(platform, value)).toThrow(`X: "${value}" is not an absolute path`);
});

test.each([
  [undefined, null],
  ["", null],
  ["x", null],
  ["~root", null],
  ["/x", "/x"],
  ["~/x", "/jon/x"],
])("XDG_CACHE_HOME %j is the directory %j", (value, expected) => {
  const env = { XDG_CACHE_HOME: value };
  expect(xdgDirectory("XDG_CACHE_HOME", { env, home: "/jon" })).toBe(expected);
});
