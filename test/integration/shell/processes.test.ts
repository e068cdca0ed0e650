import { afterEach, describe, expect, it, vi } from "vitest";
import { ancestor, parsePs, parseStat } from "../../../src/platform/processes/process-info.ts";

describe("parseStat", () => {
  it.for([
    ["42 (fish) S 7 42 42 34816", { ppid: 7, comm: "fish" }],
    ["42 (npm exec kops-m) S 7 42", { ppid: 7, comm: "npm exec kops-m" }],
    ["42 (a) S 1 (b)) R 7 42", { ppid: 7, comm: "a) S 1 (b)" }],
    ["42 (a\nb) S 7 42", { ppid: 7, comm: "a\nb" }],
    ["42 () S 0 42", { ppid: 0, comm: "" }],
  ] as const)("%j", ([stat, expected]) => {
    expect(parseStat(stat, "/exe")).toEqual({ ...expected, exe: "/exe" });
  });

  it("gives up on anything else", () => {
    expect(parseStat("", null)).toBeNull();
  });
});

describe("parsePs", () => {
  it.for([
    ["    7 -zsh\n", { ppid: 7, comm: "-zsh" }],
    ["12345 /bin/bash\n", { ppid: 12345, comm: "/bin/bash" }],
    ["  1 /Applications/My Term.app/fish\n", { ppid: 1, comm: "/Applications/My Term.app/fish" }],
  ] as const)("%j", ([line, expected]) => {
    expect(parsePs(line)).toEqual({ ...expected, exe: null });
  });

  it("gives up on anything else", () => {
    expect(parsePs("")).toBeNull();
    expect(parsePs("ps: unknown option\n")).toBeNull();
  });
});

describe.skipIf(process.platform === "win32")("ancestor", () => {
  afterEach(() => vi.restoreAllMocks());

  it("knows this process", () => {
    expect(ancestor(process.pid)).toMatchObject({ ppid: process.ppid });
  });

  it("is null for a process that isn't there", () => {
    expect(ancestor(2 ** 30)).toBeNull();
  });

  it("asks ps where there is no /proc", () => {
    vi.spyOn(process, "platform", "get").mockReturnValue("freebsd");
    expect(ancestor(process.pid)).toMatchObject({ ppid: process.ppid, exe: null });
    expect(ancestor(2 ** 30)).toBeNull();
  });
});
