import { describe, expect, it } from "vitest";
import { KopsMfaError } from "../../../src/errors.ts";
import { cmd } from "../../../src/shell/dialects/cmd.ts";
import type { LineDialect } from "../../../src/shell/dialects/dialect.ts";
import { tcsh } from "../../../src/shell/dialects/tcsh.ts";
import { generatedValues, hostileValues } from "../../support/shell/hostile-values.ts";

const raw = String.raw;
const values = [...hostileValues, ...generatedValues];

/** The values for which there is no line; each must have been refused by the name of its variable alone. */
function refusedBy(dialect: LineDialect): readonly string[] {
  return values.filter((value) => {
    try {
      dialect.set("SETTING", value);
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
    expect(refused.length).toBeGreaterThan(200);
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
    for (const sign of " !\"#$%&()*;<>?[\\]^`{|}~'\té\r\n") {
      expect(() => cmd.set("N", `a${sign}`)).toThrow(KopsMfaError);
    }
  });
});
