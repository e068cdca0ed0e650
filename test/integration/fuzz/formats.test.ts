import { execFileSync } from "node:child_process";
import { parseEnv } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EnvironmentChange } from "../../../src/shell/change.ts";
import { cmd } from "../../../src/shell/dialects/cmd.ts";
import { renderDotenv, renderJson } from "../../../src/shell/formats.ts";
import { maskCommands, renderGithub } from "../../../src/shell/github.ts";
import { readEnvFile, readMask } from "../../support/shell/github-runner.ts";
import { anyValue } from "../../support/shell/hostile-values.ts";
import { cases, holds, seed } from "../../fuzz/effort.ts";
import { noise } from "../../fuzz/noise.ts";
import { readOrRefused } from "../../fuzz/refusal.ts";

const names = fc.stringMatching(/^[A-Za-z_]\w{0,9}$/);
/** Many that every format has a form for, and some of any kind. */
const plain = fc.stringMatching(/^[A-Za-z0-9_+/=.,:@%-]{0,40}$/);
const changeOf = (values: fc.Arbitrary<string>): fc.Arbitrary<EnvironmentChange> =>
  fc
    .uniqueArray(fc.tuple(names, values), { selector: ([name]) => name, maxLength: 4 })
    .map((set) => ({ unset: [], set }));
const anyChange = changeOf(fc.oneof(anyValue, plain));
const plainChange = changeOf(plain);

const pairs = ({ set }: EnvironmentChange) => new Map(set);
/** An empty value has no form there. */
const filled = ({ set }: EnvironmentChange) => new Map(set.filter(([, value]) => value !== ""));

/** docker and podman: the name, the sign, and the value to the end of the line, whatever it is. */
function readAsDocker(text: string): ReadonlyMap<string, string> {
  const lines = text.split("\n").filter((line) => line !== "");
  return new Map(lines.map((line) => [line.replace(/=.*$/s, ""), line.replace(/^[^=]*=/, "")]));
}

describe("dotenv", () => {
  test("is read alike by Node and docker, or refused", () => {
    holds(fc.oneof(anyChange, plainChange), (change) => {
      const text = readOrRefused(() => renderDotenv(change));
      if (text === null) return;
      expect(new Map(Object.entries(parseEnv(text)))).toEqual(filled(change));
      expect(readAsDocker(text)).toEqual(filled(change));
    });
  });

  test("is read alike by a shell", () => {
    const changes = fc.sample(plainChange, { seed, numRuns: cases(100, 20) });
    const files = changes.map((change) => renderDotenv(change));
    const print = files.map((text, index) => {
      const set = filled(changes[index]!);
      const values = [...set.keys()].map((name) => `"$${name}"`).join(" ");
      return `( ${text} printf '%s\\0' . ${values} )\n`;
    });
    const output = execFileSync("/bin/sh", { input: print.join(""), encoding: "utf8" });
    const expected = changes.flatMap((change) => [".", ...filled(change).values()]);
    expect(output.split("\0").slice(0, -1)).toEqual(expected);
  });
});

test("JSON carries any values", () => {
  holds(anyChange, (change) => {
    const read = JSON.parse(renderJson(change)) as Readonly<Record<string, string>>;
    expect(new Map(Object.entries(read))).toEqual(pairs(change));
  });
});

describe("GitHub's file", () => {
  test.each(["linux", "win32"])("carries any values, or they are refused: %s", (platform) => {
    const own = ["KOPS_MFA_END", "_", "\n", "<<", "=", "\r"];
    holds(fc.oneof(anyChange, changeOf(noise(own, 8))), (change) => {
      const text = readOrRefused(() => renderGithub(change));
      if (text !== null) expect(readEnvFile(text, platform)).toEqual(pairs(change));
    });
  });

  test("hides any token", () => {
    holds(fc.oneof(anyValue, noise(["%0A", "%25", "%", "::", "\n"], 8)), (value) => {
      const text = maskCommands({ unset: [], set: [["AWS_SESSION_TOKEN", value]] });
      if (value !== "") expect(readMask(text.slice(0, -1))).toBe(value);
      expect(text).toMatch(/^(?:[^\r\n]+\n)?$/);
    });
  });
});

test("what cmd would change is refused", () => {
  holds(fc.oneof(anyValue, plain), (value) => {
    const line = readOrRefused(() => cmd.set("N", value));
    if (line !== null) expect(line).toBe(`SET "N=${value}"\n`);
    if (line !== null) expect(value).not.toMatch(/["%!^&|<>()\s]/);
  });
});

test("what no environment carries is refused by every format", () => {
  const bad = fc
    .tuple(anyValue, fc.constantFrom("\0", "\ud800"), anyValue)
    .map((parts) => parts.join(""));
  holds(
    fc.oneof(
      bad,
      bad.map((text) => `${text}x`),
    ),
    (value) => {
      if (value.isWellFormed() && !value.includes("\0")) return;
      const change: EnvironmentChange = { unset: [], set: [["N", value]] };
      for (const render of [renderDotenv, renderJson, renderGithub]) {
        expect(readOrRefused(() => render(change))).toBeNull();
      }
    },
  );
});
