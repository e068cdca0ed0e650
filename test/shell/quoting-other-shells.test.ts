import { describe, expect, it } from "vitest";
import { KopsMfaError } from "../../src/errors.ts";
import { cmd } from "../../src/shell/cmd.ts";
import type { LineDialect } from "../../src/shell/dialect.ts";
import { elvish } from "../../src/shell/elvish.ts";
import { nushell } from "../../src/shell/nushell.ts";
import { tcsh } from "../../src/shell/tcsh.ts";
import { xonsh } from "../../src/shell/xonsh.ts";
import { generatedValues, hostileValues } from "./hostile-values.ts";

const raw = String.raw;
const values = [...hostileValues, ...generatedValues];

/** The values for which there is no line; each must have been refused by the name of its variable alone. */
function refusedBy({ set }: LineDialect): readonly string[] {
  return values.filter((value) => {
    try {
      set("SETTING", value);
      return false;
    } catch (error) {
      expect(error).toBeInstanceOf(KopsMfaError);
      expect(String(error)).toMatch(/the value of SETTING has [a-z ,]+$/);
      return true;
    }
  });
}

describe("tcsh", () => {
  it.for([
    ["plain", "'plain'"],
    ["", "''"],
    ["a b", "'a b'"],
    ["a=b", raw`'a'\='b'`],
    ["it's", raw`'it'\''s'`],
    [raw`!\$`, raw`''\!''\\''\$''`],
    ["\té", "'\té'"],
  ])("sets %j", ([value, word]) => {
    expect(tcsh.set("N", value!)).toBe(`setenv N ${word} ;\n`);
  });

  it("unsets, fails, and is evaluated", () => {
    expect(tcsh.unset("N")).toBe("unsetenv N ;\n");
    expect(tcsh.fail).toBe("false ;\n");
    expect(tcsh.evaluate("kops-mfa env --shell tcsh")).toBe('eval "`kops-mfa env --shell tcsh`"');
  });

  it("refuses line feeds, and nothing else", () => {
    const refused = refusedBy(tcsh);
    expect(refused).toEqual(values.filter((value) => value.includes("\n")));
    expect(refused.length).toBeGreaterThan(300);
  });
});

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
    ['$a (b) "\\\n', '\'$a (b) "\\\n\''],
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
  it.for([
    ["plain", '"plain"'],
    ["", '""'],
    [`'"\\`, raw`"'\"\\"`],
    ["$HOME {a}\n\t", raw`"$HOME {a}\n\t"`],
    ["é\u2028\x7f", raw`"\u00e9\u2028\u007f"`],
    ["😀", raw`"\U0001f600"`],
  ])("sets %j", ([value, word]) => {
    expect(xonsh.set("N", value!)).toBe(`$N = ${word}\n`);
  });

  it("unsets, fails, and is evaluated", () => {
    expect(xonsh.unset("N")).toBe('${...}.pop("N", None)\n');
    expect(xonsh.fail).toBe('raise Exception("kops-mfa failed, and nothing was changed")\n');
    expect(xonsh.evaluate("kops-mfa env")).toBe("execx($(kops-mfa env))");
  });

  it("prints one line of ASCII for any value", () => {
    const lines = values.map((value) => xonsh.set("N", value));
    expect(lines.filter((line) => !/^\$N = "[ -~]*"\n$/.test(line))).toEqual([]);
  });
});

// Windows' own; there is none to run here, so this is about the text alone.
describe("cmd", () => {
  it("sets what needs no quoting", () => {
    const value = "arn:aws:iam::123456789012:role/a@b.c,d_e-f+g==";
    expect(cmd.set("N", value)).toBe(`SET "N=${value}"\n`);
    expect(cmd.set("N", "")).toBe(cmd.unset("N"));
  });

  it("unsets, fails, and is evaluated", () => {
    expect(cmd.unset("N")).toBe('SET "N="\n');
    expect(cmd.fail).toBe("cmd /c exit 1\n");
    expect(cmd.evaluate("kops-mfa env --shell cmd")).toBe(
      `FOR /f "delims=" %i IN ('kops-mfa env --shell cmd') DO @%i`,
    );
  });

  it("refuses everything else", () => {
    const plain = /^[A-Za-z0-9+/=_.:@,-]+$/;
    expect(refusedBy(cmd)).toEqual(values.filter((value) => !plain.test(value)));
    for (const sign of ' !"#$%&()*;<>?[\\]^`{|}~\'\té\r\n') {
      expect(() => cmd.set("N", `a${sign}`)).toThrow(KopsMfaError);
    }
  });
});
