import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { xonsh } from "../../../src/shell/dialects/xonsh.ts";
import { describeShell, runShell } from "../../support/shells.ts";

const code = xonsh.render({ unset: ["GONE", "MISSING"], set: [["IN", `x " ' \\ ] } ) # é`]] });

/** Evaluates the text up to each length, as if xonsh had lost the rest, and prints what did not fail or changed. */
const script = `
text = open("code").read()
for length in range(len(text) + 1):
    $GONE = "old"
    _ = \${...}.pop("IN", None)
    try:
        ${xonsh.evaluate("x").replace("$(x)", "text[:length]")}
        print("evaluated", len(text) - length)
    except Exception:
        pass
    if "GONE" not in \${...}:
        print("changed", len(text) - length)
    elif "IN" in \${...}:
        print("half changed", len(text) - length)
`;

describeShell("xonsh", () => {
  it("evaluates no text that has lost its end, not even in part", async () => {
    const cwd = await mkdtemp(join(tmpdir(), "kops-mfa-"));
    onTestFinished(() => rm(cwd, { recursive: true }));
    await writeFile(join(cwd, "code"), code);
    const { stdout } = await runShell("xonsh", script, { cwd });
    const whole = (missing: number) => `evaluated ${missing}\nchanged ${missing}\n`;
    expect(stdout.toString()).toBe(whole(1) + whole(0));
  });
});
