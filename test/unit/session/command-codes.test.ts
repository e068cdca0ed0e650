import { describe, expect, test } from "vitest";
import type { CodeCommandEnd, CodeCommandValues, Terminal } from "../../../src/context/terminal.ts";
import { openCache } from "../../../src/session/cache.ts";
import { obtainSession } from "../../../src/session/obtain.ts";
import { planSession } from "../../../src/session/plan.ts";
import { chooseCodes } from "../../../src/session/mfa/token-code.ts";
import {
  given,
  keys,
  link,
  mfa,
  mfaArn,
  profile,
  resolved,
  toRefusal,
} from "../../support/config/build.ts";
import {
  clock,
  FakeGuard,
  FakeSts,
  FakeTerminal,
  FakeVault,
  now,
  refusals,
} from "../../support/session/build.ts";

/** A terminal on which a command prints these codes, one each time. */
class CommandTerminal extends FakeTerminal {
  readonly runs: (CodeCommandValues & { readonly command: string })[] = [];
  readonly waits: string[] = [];
  readonly #ends: CodeCommandEnd[];

  constructor(...ends: readonly (string | CodeCommandEnd)[]) {
    super();
    this.#ends = ends.map((end) =>
      typeof end === "string" ? { how: "exited", exitCode: 0, output: `${end}\n` } : end,
    );
  }

  override runCodeCommand: Terminal["runCodeCommand"] = ({ value }, values) => {
    this.runs.push({ command: value, ...values });
    const end = this.#ends.shift();
    return end ? Promise.resolve(end) : Promise.reject(new Error("the command is run too often"));
  };

  override countDown: Terminal["countDown"] = (until, text) => {
    this.waits.push(text((until - now) / 1000));
    return Promise.resolve();
  };
}

const prod = {
  config: [
    profile("jon", keys()),
    link("prod", "jon", mfa("jon"), "duration_seconds = 12h", "mfa_process = otp {serial}"),
  ],
  options: { profile: "prod" },
};

class UsedCodes extends FakeGuard {
  readonly #codes: readonly string[];

  constructor(...codes: readonly string[]) {
    super();
    this.#codes = codes;
  }

  override wasUsed(_serialNumber?: string, code?: string): Promise<boolean> {
    return Promise.resolve(this.#codes.includes(code ?? ""));
  }
}

async function obtain(terminal: CommandTerminal, sts = new FakeSts(), guard = new FakeGuard()) {
  const resolution = resolved(prod);
  const cache = openCache(new FakeVault(), (problem) => expect.fail(problem));
  const codes = chooseCodes(null, resolution.mfaProcess, { terminal, mayPrompt: true });
  const credentials = () => Promise.reject(new Error("no provider is asked here"));
  const from = { sts, cache, codes, guard, clock, terminal, credentials };
  const ended: unknown = await obtainSession(from, resolution, planSession(resolution)).catch(
    (error: unknown) => error,
  );
  const sent = sts.calls.map((call) => /code (\d+)/.exec(call)?.[1]);
  return { ended, sent };
}

test("the command knows serial and profile", async () => {
  const terminal = new CommandTerminal("111111");
  const { sent } = await obtain(terminal);
  expect(sent).toEqual(["111111"]);
  expect(terminal.runs).toEqual([
    { command: "otp {serial}", serial: mfaArn("jon"), profile: "prod" },
  ]);
  expect(terminal.questions).toEqual([]);
});

test("a code that was given goes before the command", () => {
  const codes = chooseCodes(given("123456"), given("otp"), {
    terminal: new FakeTerminal(),
    mayPrompt: true,
  });
  expect([codes.tries, codes.isClockwork]).toEqual([1, undefined]);
});

describe("a wrong code", () => {
  const { wrongCode } = refusals;
  const refused = `STS refused the code of ${mfaArn("jon")}`;
  const wait = "its next code comes in 25 s";

  test("is followed by the next one, when there is one", async () => {
    const terminal = new CommandTerminal("111111", "222222");
    const { sent } = await obtain(terminal, new FakeSts([wrongCode]));
    expect(sent).toEqual(["111111", "222222"]);
    expect([terminal.notes.length, terminal.waits]).toEqual([1, [wait]]);
    expect(terminal.notes[0]).toContain(refused);
  });

  test("twice is the end", async () => {
    const terminal = new CommandTerminal("111111", "222222");
    const { ended, sent } = await obtain(terminal, new FakeSts([wrongCode, wrongCode]));
    expect(toRefusal(ended).slice(0, 2)).toEqual(["StsError", refused]);
    expect([sent, terminal.waits]).toEqual([["111111", "222222"], [wait]]);
  });
});

describe("a code that was used a moment ago", () => {
  const wait = "this code has been used; the next one comes in 25 s";

  test("is not sent; the next one is", async () => {
    const terminal = new CommandTerminal("111111", "222222");
    const { sent } = await obtain(terminal, new FakeSts(), new UsedCodes("111111"));
    expect([sent, terminal.waits, terminal.notes]).toEqual([["222222"], [wait], []]);
  });

  test("and comes again is an error, not a loop", async () => {
    const terminal = new CommandTerminal("111111", "111111");
    const { ended, sent } = await obtain(terminal, new FakeSts(), new UsedCodes("111111"));
    expect(toRefusal(ended)).toEqual([
      "CredentialsError",
      `this code of ${mfaArn("jon")} has been used already`,
      "mfa_process has given it again, half a minute later: it must make a new code each time.",
    ]);
    expect([sent, terminal.waits]).toEqual([[], [wait]]);
  });
});

test("a command that fails is not run again, and nothing is called", async () => {
  const terminal = new CommandTerminal({ how: "exited", exitCode: 1, output: "" });
  const { ended, sent } = await obtain(terminal);
  expect(toRefusal(ended)).toEqual([
    "CredentialsError",
    "~/.aws/config:9 (mfa_process): the command failed (exit code 1)",
    "Run it yourself in this terminal to see why.",
  ]);
  expect([sent, terminal.runs.length]).toEqual([[], 1]);
});
