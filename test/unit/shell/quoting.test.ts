import { describe, expect, it } from "vitest";
import { fish } from "../../../src/shell/dialects/fish.ts";
import { bash, sh, zsh } from "../../../src/shell/dialects/posix.ts";
import { powershell } from "../../../src/shell/dialects/powershell.ts";
import { generatedValues, hostileValues } from "../../support/shell/hostile-values.ts";

const raw = String.raw;

describe.each([bash, zsh, sh])("$name", (dialect) => {
  it.for([
    ["plain", "export N='plain';\n"],
    ["", "export N='';\n"],
    ["=ls", "export N='=ls';\n"],
    ["it's", raw`export N='it'\''s';` + "\n"],
    ["'", raw`export N=''\''';` + "\n"],
    [raw`$(id) \ "!`, raw`export N='$(id) \ "!';` + "\n"],
    ["a\nb", "export N='a\nb';\n"],
  ])("sets %j", ([value, text]) => {
    expect(dialect.set("N", value!)).toBe(text);
  });

  it("unsets, fails, and is evaluated", () => {
    expect(dialect.unset("N")).toBe("unset N;\n");
    expect(dialect.fail).toBe("false;\n");
    expect(dialect.evaluate("kops-mfa env")).toBe('eval "$(kops-mfa env)"');
  });
});

describe("fish", () => {
  it.for([
    ["plain", "set -gx N 'plain'; or true;\n"],
    ["", "set -gx N ''; or true;\n"],
    ["it's", raw`set -gx N 'it\'s'; or true;` + "\n"],
    ["\\", raw`set -gx N '\\'; or true;` + "\n"],
    [raw`\'`, raw`set -gx N '\\\''; or true;` + "\n"],
    ["$(id) (id) {a}", "set -gx N '$(id) (id) {a}'; or true;\n"],
  ])("sets %j", ([value, text]) => {
    expect(fish.set("N", value!)).toBe(text);
  });

  it("unsets, fails, and is evaluated", () => {
    expect(fish.unset("N")).toBe("set -eg N; or true;\n");
    expect(fish.fail).toBe("false;\n");
    expect(fish.evaluate("kops-mfa env --shell fish")).toBe("kops-mfa env --shell fish | source");
  });
});

describe("powershell", () => {
  it.for([
    ["plain", "'plain'"],
    ["it's", "'it''s'"],
    ['$(id) `n "', "'$(id) `n \"'"],
    ["", "$null"],
    ["é", "-join ([char]0x00e9)"],
    ["a\r\n'b", "-join ('a', [char]0x000d, [char]0x000a, '''b')"],
    ["\u2019; x; \u2018", "-join ([char]0x2019, '; x; ', [char]0x2018)"],
    ["😀", "-join ([char]0xd83d, [char]0xde00)"],
  ])("sets %j", ([value, expression]) => {
    expect(powershell.set("N", value!)).toBe(`$env:N = ${expression};\n`);
  });

  it("unsets, fails, and is evaluated", () => {
    expect(powershell.unset("N")).toBe("$env:N = $null;\n");
    expect(powershell.fail).toBe("throw 'kops-mfa failed, and nothing was changed';\n");
    expect(powershell.evaluate("kops-mfa env")).toBe(
      "kops-mfa env | Out-String | Invoke-Expression",
    );
  });

  it("prints one line of ASCII for any value", () => {
    const lines = [...hostileValues, ...generatedValues].map((value) => powershell.set("N", value));
    expect(lines.filter((line) => !/^\$env:N = [\x20-\x7e]+;\n$/.test(line))).toEqual([]);
  });
});
