import { describe, expect, test } from "vitest";
import { kopsRoute, routeOf } from "../../../src/cli/kops-line.ts";
import { kopsCommands } from "../../../src/kops/commands.ts";
import { commandNames } from "../../../src/app.ts";

const own = ["env", "exec", "status", "login"];
const options = [
  { preferredName: "--profile", nameSet: [], definition: "--profile,-p #0", required: false },
  { preferredName: "--no-prompt", nameSet: [], definition: "--no-prompt", required: false },
];
const words = (line: string) => line.split(" ").filter((word) => word !== "");
const find = (line: string) => routeOf(words(line), own, () => options);

describe("ours", () => {
  test.each([
    ["env", "env", null],
    ["env --shell sh", "env --shell sh", null],
    ["--profile prod env --unset", "env --profile prod --unset", null],
    ["-p prod --no-prompt status", "status -p prod --no-prompt", null],
    ["--profile=prod env", "env --profile=prod", null],
    ["env -- prod", "env -- prod", null],
    ["exec prod -- tool -x -- y", "exec prod", "tool -x -- y"],
    ["exec --", "exec", ""],
    ["exec prod", "exec prod", null],
  ])("%s", (line, expected, child) => {
    expect(find(line)).toEqual({
      words: words(expected),
      child: child === null ? null : words(child),
    });
  });
});

describe("kops's", () => {
  test.each([
    ["get clusters", "", "get clusters"],
    ["get clusters --profile x", "", "get clusters --profile x"],
    ["--profile prod get ig", "--profile prod", "get ig"],
    ["--no-prompt -p prod get", "--no-prompt -p prod", "get"],
    ["--state s3://b env", "", "--state s3://b env"],
    ["-- env", "", "env"],
    ["-p x -- exec", "-p x", "exec"],
    ["teleport", "", "teleport"],
    ["set cluster", "", "set cluster"],
    ["--name=x get", "", "--name=x get"],
    ["--profile", "--profile", ""],
  ])("%s", (line, leading, child) => {
    expect(find(line)).toEqual({ words: [kopsRoute, ...words(leading)], child: words(child) });
  });
});

test.each([
  ["logn", "Did you mean login?"],
  ["exce -- x", "Did you mean exec?"],
  ["--profle x get", "Did you mean --profile?"],
])("%s is a mistake", (line, cure) => {
  expect(() => find(line)).toThrow(
    expect.objectContaining({ exitCode: 2, hint: expect.stringContaining(cure) as string }),
  );
});

test("no command of ours takes a name of kops's", () => {
  expect(commandNames.length).toBeGreaterThan(5);
  expect(commandNames.filter((name) => Object.hasOwn(kopsCommands, name))).toEqual([]);
});
