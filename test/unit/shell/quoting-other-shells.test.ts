import { describe, expect, it } from "vitest";
import { elvish } from "../../../src/shell/dialects/elvish.ts";
import { nushell } from "../../../src/shell/dialects/nushell.ts";
import { xonsh } from "../../../src/shell/dialects/xonsh.ts";
import { generatedValues, hostileValues } from "../../support/shell/hostile-values.ts";

const raw = String.raw;

describe("nushell", () => {
  it("has no line of its own for a variable", () => {
    const change = { unset: ["A", "B"], set: [["N", `"\\\n$é`]] } as const;
    expect(nushell.render(change)).toBe(raw`{"A":null,"B":null,"N":"\"\\\n$é"}` + "\n");
    const inherited = { unset: [], set: [["__proto__", "1"]] } as const;
    expect(nushell.render(inherited)).toBe('{"__proto__":"1"}\n');
  });

  it("fails with what is no JSON, and is evaluated", () => {
    expect(() => void JSON.parse(nushell.fail)).toThrow(SyntaxError);
    expect(nushell.evaluate("kops-mfa env --shell nushell")).toBe(
      "kops-mfa env --shell nushell | from json | load-env",
    );
  });
});

describe("elvish", () => {
  it.for([
    ["plain", "'plain'"],
    ["", "''"],
    ["it's", "'it''s'"],
    ['$a (b) "\\\n', "'$a (b) \"\\\n'"],
  ])("sets %j", ([value, word]) => {
    expect(elvish.set("N", value!)).toBe(`set-env N ${word}\n`);
  });

  it("unsets, fails, and is evaluated", () => {
    expect(elvish.unset("N")).toBe("unset-env N\n");
    expect(elvish.fail).toBe("fail 'kops-mfa failed, and nothing was changed'\n");
    expect(elvish.evaluate("kops-mfa env")).toBe("eval (kops-mfa env | slurp)");
  });
});

describe("xonsh", () => {
  const text = (value: string): string => xonsh.render({ unset: [], set: [["N", value]] });

  it.for([
    ["plain", '"plain"'],
    ["", '""'],
    [`'"\\`, raw`"'\"\\"`],
    ["$HOME {a}\n\t", raw`"$HOME {a}\n\t"`],
    ["é\u2028\x7f", raw`"\u00e9\u2028\u007f"`],
    ["😀", raw`"\U0001f600"`],
  ])("sets %j", ([value, word]) => {
    expect(text(value!)).toBe(`[\n\${...}.update({"N": ${word}}),\n]\n`);
  });

  it("unsets, fails, and is evaluated", () => {
    expect(xonsh.render({ unset: ["N"], set: [] })).toBe('[\n${...}.pop("N", None),\n]\n');
    expect(xonsh.fail).toBe('raise Exception("kops-mfa failed, and nothing was changed")\n');
    expect(xonsh.evaluate("kops-mfa env")).toBe('execx($(kops-mfa env) or "raise")');
  });

  it("prints one line of ASCII for any value", () => {
    const texts = [...hostileValues, ...generatedValues].map(text);
    expect(texts.filter((one) => !/^\[\n\$[ -~]*,\n\]\n$/.test(one))).toEqual([]);
  });
});
