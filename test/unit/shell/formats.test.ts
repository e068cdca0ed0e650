import { describe, expect, it } from "vitest";
import { KopsMfaError } from "../../../src/errors.ts";
import type { EnvironmentChange } from "../../../src/shell/change.ts";
import { renderDotenv, renderJson } from "../../../src/shell/formats.ts";

const change: EnvironmentChange = {
  unset: ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"],
  set: [
    ["AWS_ACCESS_KEY_ID", "ASIAIOSFODNN7EXAMPLE"],
    ["AWS_SESSION_TOKEN", "FwoG+/=="],
    ["AWS_CREDENTIAL_EXPIRATION", "2026-11-23T08:00:00Z"],
  ],
};

const setting = (name: string, value: string): EnvironmentChange => ({
  unset: [],
  set: [[name, value]],
});

describe("renderDotenv", () => {
  it("prints bare lines and leaves out what is unset", () => {
    expect(renderDotenv(change)).toMatchInlineSnapshot(`
      "AWS_ACCESS_KEY_ID=ASIAIOSFODNN7EXAMPLE
      AWS_SESSION_TOKEN=FwoG+/==
      AWS_CREDENTIAL_EXPIRATION=2026-11-23T08:00:00Z
      "
    `);
  });

  it("leaves out an empty value", () => {
    expect(renderDotenv(setting("EMPTY", ""))).toBe("");
  });

  it.for(["arn:aws:iam::123456789012:role/a@b", "s3://bucket/path", "100%", "a,b", "-1_2.3"])(
    "takes %j",
    (value) => {
      expect(renderDotenv(setting("N", value))).toBe(`N=${value}\n`);
    },
  );

  it.for(["a b", "a#b", "$a", "`a`", "'a'", '"a"', "a\\b", "a\n", "a\nb", "a\r", "~", "é", "\0"])(
    "refuses %j and does not show it",
    (value) => {
      expect(() => renderDotenv(setting("SETTING", value))).toThrow(
        /^the value of SETTING has characters that dotenv readers do not agree on$/,
      );
    },
  );

  it("refuses a name that is not plain", () => {
    expect(() => renderDotenv(setting("A B", "1"))).toThrow(KopsMfaError);
  });
});

describe("renderJson", () => {
  it("prints the variables that are set, in order", () => {
    expect(renderJson(change)).toMatchInlineSnapshot(`
      "{
        "AWS_ACCESS_KEY_ID": "ASIAIOSFODNN7EXAMPLE",
        "AWS_SESSION_TOKEN": "FwoG+/==",
        "AWS_CREDENTIAL_EXPIRATION": "2026-11-23T08:00:00Z"
      }
      "
    `);
  });

  it("carries any value and any plain name", () => {
    const text = renderJson(setting("__proto__", "'\"\\\n\u2028é😀"));
    expect(Object.entries(JSON.parse(text) as object)).toEqual([["__proto__", "'\"\\\n\u2028é😀"]]);
  });

  it("refuses what no environment can carry", () => {
    expect(() => renderJson(setting("N", "a\0"))).toThrow(
      "the value of N contains a NUL character",
    );
    expect(() => renderJson(setting("N", "\udc00"))).toThrow("a lone surrogate");
    expect(() => renderJson(setting("A-B", "1"))).toThrow(KopsMfaError);
  });
});
