import { describe, expect, test } from "vitest";
import { isPlain, showsSigns } from "../../src/accessibility.ts";

describe("plain words", () => {
  test.for<readonly [Record<string, string>, boolean]>([
    [{}, false],
    [{ TERM: "xterm" }, false],
    [{ TERM: "dumb" }, true],
    [{ KOPS_MFA_PLAIN: "1" }, true],
    [{ KOPS_MFA_PLAIN: "true" }, true],
    [{ KOPS_MFA_PLAIN: "yes", TERM: "xterm" }, true],
    [{ KOPS_MFA_PLAIN: "0" }, false],
    [{ KOPS_MFA_PLAIN: "" }, false],
    [{ NO_COLOR: "1" }, false],
  ])("%o: %s", ([env, plain]) => {
    expect(isPlain(env)).toBe(plain);
  });
});

describe("signs beyond ASCII", () => {
  test.for<readonly [Record<string, string>, string, boolean]>([
    [{ LANG: "en_GB.UTF-8" }, "linux", true],
    [{ LANG: "de_DE.utf8", TERM: "xterm" }, "linux", true],
    [{ LANG: "en_GB.UTF-8", LC_ALL: "C" }, "linux", false],
    [{ LANG: "C", LC_CTYPE: "UTF-8" }, "darwin", true],
    [{ LANG: "en_GB.UTF-8", LC_ALL: "" }, "linux", true],
    [{ LANG: "en_GB.UTF-8", TERM: "dumb" }, "linux", false],
    [{ LANG: "en_GB.UTF-8", KOPS_MFA_PLAIN: "1" }, "linux", false],
    [{}, "linux", false],
    [{}, "win32", false],
    [{ WT_SESSION: "x" }, "win32", true],
  ])("%o on %s", ([env, platform, shows]) => {
    expect(showsSigns(env, platform)).toBe(shows);
  });
});
