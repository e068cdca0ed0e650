import { describe, expect, test } from "vitest";
import type { Clock } from "../../../src/context.ts";
import type { CredentialAnswer } from "../../../src/context/credential-server.ts";
import type { StsSession } from "../../../src/context/sts.ts";
import { InterruptedError, KopsMfaError } from "../../../src/errors.ts";
import { FreshSession, type Renewal } from "../../../src/session/keep-fresh.ts";
import { CodeNeededError } from "../../../src/session/mfa/token-code.ts";
import { minute, now, stsSession } from "../../support/session/build.ts";

const second = 1000;
const hour = 60 * minute;

/** A clock that stands still until it is moved; what sleeps is woken in the order of time. */
class FakeClock implements Clock {
  #now = now;
  readonly #sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  /** The longest that anybody wanted to sleep. */
  longest = 0;

  now = () => this.#now;

  sleep = (ms: number, signal?: AbortSignal): Promise<void> => {
    this.longest = Math.max(this.longest, ms);
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    return new Promise((resolve, reject) => {
      const stop = () => {
        this.#sleepers.splice(this.#sleepers.indexOf(sleeper), 1);
        reject(signal?.reason as Error);
      };
      const wake = () => {
        signal?.removeEventListener("abort", stop);
        resolve();
      };
      const sleeper = { at: this.#now + ms, wake };
      this.#sleepers.push(sleeper);
      signal?.addEventListener("abort", stop);
    });
  };

  /** Lets time go by, with all that happens in it. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (;;) {
      const [next] = this.#sleepers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.#now = Math.max(this.#now, next.at);
      this.#sleepers.splice(this.#sleepers.indexOf(next), 1);
      next.wake();
      await settle();
    }
    this.#now = end;
  }

  /** The lid is closed: time goes by, and no timer runs. */
  suspend(ms: number): void {
    this.#now += ms;
    for (const [index, { at, wake }] of this.#sleepers.entries()) {
      this.#sleepers[index] = { at: at + ms, wake };
    }
  }
}

/** Until nobody has anything more to do at this moment. */
async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await Promise.resolve();
}

/** A promise, and what settles it. */
function later<T>() {
  let settleWith: { resolve: (value: T) => void; reject: (error: Error) => void } | null = null;
  const promise = new Promise<T>((resolve, reject) => (settleWith = { resolve, reject }));
  return { promise, ...settleWith! };
}

type Made = StsSession | Error | Promise<StsSession>;

interface Options {
  readonly left?: number;
  readonly asksPerson?: boolean;
  /** What attempts without a code give, in their order; then sessions of an hour. */
  readonly silent?: (Made | "hour")[];
  /** What those with a code give. */
  readonly asked?: Made[];
}

const codeNeeded = new CodeNeededError("a code is needed");

function keepFresh({ left = hour, asksPerson = true, silent = [], asked = [] }: Options = {}) {
  const clock = new FakeClock();
  const said: string[] = [];
  /** `silent @40m`: what was tried, and when. */
  const tried: string[] = [];
  let made = 0;
  const hourFromNow = () => stsSession(`N${String(++made).padStart(3, "0")}`, clock.now() + hour);
  const at = () => {
    const seconds = (clock.now() - now) / second;
    return `@${Math.floor(seconds / 60)}m${seconds % 60 === 0 ? "" : `${seconds % 60}s`}`;
  };
  const give = (result: Made | "hour" = "hour") => {
    if (result instanceof Error) return Promise.reject(result);
    return Promise.resolve(result === "hour" ? hourFromNow() : result);
  };
  const renewal: Renewal = {
    asksPerson,
    withoutCode: (leftMs) => {
      tried.push(`silent ${at()}, more than ${leftMs / minute}m`);
      return give(silent.shift());
    },
    withCode: (leftMs, signal) => {
      tried.push(`asked ${at()}, more than ${leftMs / minute}m`);
      return Promise.race([
        give(asked.shift() ?? new Promise<StsSession>(() => undefined)),
        new Promise<StsSession>((_, reject) =>
          signal.addEventListener("abort", () => reject(new Error("aborted"))),
        ),
      ]);
    },
  };
  const end = new AbortController();
  const fresh = new FreshSession(
    {
      clock,
      renewal,
      terminal: {
        note: (text) => void said.push(text),
        error: (message, hint) => void said.push(hint === null ? message : `${message} | ${hint}`),
      },
      command: "kops",
      login: "kops-mfa login prod",
      until: end.signal,
    },
    stsSession("S000", now + left),
  );
  const running = fresh.run();
  /** The last letters of the key that is given out, or the words. */
  const answer = async (ms = 0) => {
    const given = fresh.answer();
    await clock.pass(ms);
    return read(await given);
  };
  return { clock, said, tried, fresh, answer, end, running };
}

function read(answer: CredentialAnswer): string {
  return "refusal" in answer ? answer.refusal : answer.credentials.accessKeyId.slice(-4);
}

describe("the moment of renewal", () => {
  test.for<readonly [title: string, left: number, tried: string]>([
    ["an hour: with 20 min left", hour, "silent @40m, more than 20m"],
    ["twelve hours: with 20 min left", 12 * hour, "silent @700m, more than 20m"],
    ["half an hour: with half of it left", 30 * minute, "silent @15m, more than 15m"],
    ["the shortest role: with half of it left", 15 * minute, "silent @7m30s, more than 7.5m"],
    ["what is left of one: ahead of the SDKs' window", 10 * minute, "silent @3m, more than 7m"],
    ["in the window: at once", 5 * minute, "silent @0m, more than 7m"],
    ["over: at once", -minute, "silent @0m, more than 7m"],
  ])("%s", async ([, left, expected]) => {
    const { clock, tried, answer } = keepFresh({ left });
    await clock.pass(Math.max(left, 0));
    expect(tried[0]).toBe(expected);
    expect(await answer()).toMatch(/^N/);
  });

  test("nine hours are one session after the other, without a word", async () => {
    const { clock, tried, said, answer } = keepFresh();
    const seen = new Set<string>();
    for (let minutes = 0; minutes < 9 * 60; minutes++) {
      seen.add(await answer());
      await clock.pass(minute);
    }
    expect(tried).toHaveLength(13);
    expect([...seen].at(0)).toBe("S000");
    expect([...seen].at(-1)).toBe("N013");
    expect(said).toEqual([]);
  });

  test("no timer is longer than half a minute, since none runs while the machine sleeps", async () => {
    const { clock } = keepFresh();
    await clock.pass(2 * hour);
    expect(clock.longest).toBe(30 * second);
  });
});

describe("a request", () => {
  test("is answered from memory while the session is fresh", async () => {
    const { clock, tried, answer } = keepFresh();
    await clock.pass(39 * minute);
    expect(await answer()).toBe("S000");
    expect(tried).toEqual([]);
  });

  test("gets the old session while a renewal takes long, and does not wait for it outside of the window", async () => {
    const { clock, answer } = keepFresh({ silent: [new Promise(() => undefined)] });
    await clock.pass(45 * minute);
    expect(await answer()).toBe("S000");
    await clock.pass(12 * minute);
    expect(await answer(700)).toBe("S000");
  });

  test("waits a moment for a renewal in the window", async () => {
    const slow = later<StsSession>();
    const { clock, fresh } = keepFresh({ silent: [slow.promise] });
    await clock.pass(56 * minute);
    const given = fresh.answer();
    await clock.pass(300);
    slow.resolve(stsSession("LATE", clock.now() + hour));
    expect(read(await given)).toBe("LATE");
  });

  test("after a sleep renews at once, whatever the timers think", async () => {
    const { clock, tried, answer } = keepFresh();
    await clock.pass(minute);
    clock.suspend(8 * hour);
    expect(await answer()).toBe("N001");
    expect(tried).toEqual(["silent @481m, more than 20m"]);
  });

  test("after a sleep is asked to come again when the renewal takes longer than it may wait", async () => {
    const slow = later<StsSession>();
    const { clock, answer } = keepFresh({ silent: [slow.promise] });
    await clock.pass(minute);
    clock.suspend(8 * hour);
    expect(await answer(700)).toBe(
      "the session of kops-mfa expired 7 h 1 min ago and is being renewed: try again in a moment",
    );
    slow.resolve(stsSession("LATE", clock.now() + hour));
    expect(await answer()).toBe("LATE");
  });

  test("ten at once are one renewal", async () => {
    const { clock, tried, fresh } = keepFresh();
    await clock.pass(minute);
    clock.suspend(2 * hour);
    const answers = await Promise.all(Array.from({ length: 10 }, () => fresh.answer()));
    expect(new Set(answers.map(read))).toEqual(new Set(["N001"]));
    expect(tried).toHaveLength(1);
  });

  test("after a sleep without timers the next tick renews by itself", async () => {
    const { clock, tried } = keepFresh();
    await clock.pass(minute);
    clock.suspend(2 * hour);
    await clock.pass(30 * second);
    expect(tried).toHaveLength(1);
  });
});

describe("a renewal that fails", () => {
  const offline = () =>
    new KopsMfaError("STS (sts.eu-west-1.amazonaws.com) cannot be reached", {
      hint: "Check the network.",
    });
  const times = (count: number) => Array.from({ length: count }, offline);

  test("is said once, and tried again with growing delays", async () => {
    const { clock, tried, said, answer } = keepFresh({ silent: times(6) });
    await clock.pass(44 * minute);
    expect(tried.map((text) => text.split(",")[0])).toEqual([
      "silent @40m",
      "silent @40m5s",
      "silent @40m15s",
      "silent @40m35s",
      "silent @41m15s",
      "silent @42m15s",
      "silent @43m15s",
    ]);
    expect(said).toEqual([
      "the session of kops, which ends in 20 min, cannot be renewed yet: STS (sts.eu-west-1.amazonaws.com) cannot be reached | Check the network.",
      "the session is renewed: 1 h left",
    ]);
    expect(await answer()).toBe("N001");
  });

  test("leaves the old session, as long as it lasts; then the words say why", async () => {
    const { clock, answer } = keepFresh({ silent: times(99) });
    await clock.pass(hour - second);
    expect(await answer()).toBe("S000");
    await clock.pass(5 * minute);
    expect(await answer(700)).toBe(
      "the session of kops-mfa expired 4 min ago and cannot be renewed: STS (sts.eu-west-1.amazonaws.com) cannot be reached",
    );
  });

  test("a request after the end tries again itself, every few seconds", async () => {
    const { clock, tried, answer } = keepFresh({ silent: times(99) });
    await clock.pass(70 * minute + 10 * second);
    const before = tried.length;
    await answer(700);
    await answer(700);
    expect(tried.length - before).toBe(1);
    await clock.pass(5 * second);
    await answer(700);
    expect(tried.length - before).toBe(2);
  });

  test("a bug among them neither ends the run nor shows a stack", async () => {
    const { clock, said, answer } = keepFresh({ silent: [new TypeError("x is not a function")] });
    await clock.pass(41 * minute);
    expect(said[0]).toBe(
      "the session of kops, which ends in 20 min, cannot be renewed yet: internal error: TypeError: x is not a function",
    );
    expect(await answer()).toBe("N001");
  });

  test("a source that gives the same credentials until they are over is asked in growing delays, without a word", async () => {
    const same = stsSession("S000", now + hour);
    const { clock, tried, said, answer } = keepFresh({ silent: [same, same, same] });
    await clock.pass(42 * minute);
    expect(tried).toHaveLength(4);
    expect(said).toEqual([]);
    expect(await answer()).toBe("N001");
  });
});

describe("when only a code renews it", () => {
  const needed = (count: number) => Array.from({ length: count }, () => codeNeeded);
  const why = "kops is still running, and its session ends in 20 min: a code renews it";

  test("it is asked for once, in time, with the reason", async () => {
    const { clock, tried, said, answer } = keepFresh({
      silent: needed(99),
      asked: [stsSession("CODE", now + 2 * hour)],
    });
    await clock.pass(40 * minute);
    expect(tried).toEqual(["silent @40m, more than 20m", "asked @40m, more than 20m"]);
    expect(said).toEqual([why, "the session is renewed: 1 h 20 min left"]);
    expect(await answer()).toBe("CODE");
  });

  test("no request waits for the person: the old session, then words", async () => {
    const { clock, tried, answer } = keepFresh({ silent: needed(99) });
    await clock.pass(59 * minute);
    expect(await answer(700)).toBe("S000");
    await clock.pass(3 * minute);
    expect(await answer(700)).toBe(
      'the session of kops-mfa expired 2 min ago: type the MFA code at the question in the terminal of kops, or run "kops-mfa login prod" in another one',
    );
    expect(tried.filter((text) => text.startsWith("asked"))).toHaveLength(1);
  });

  test("the answer may come after the end", async () => {
    const typed = later<StsSession>();
    const { clock, answer } = keepFresh({
      silent: needed(99),
      asked: [typed.promise],
    });
    await clock.pass(2 * hour);
    typed.resolve(stsSession("CODE", clock.now() + hour));
    expect(await answer()).toBe("CODE");
  });

  test("a login elsewhere ends the question", async () => {
    const { clock, said, answer } = keepFresh({ silent: [...needed(2), "hour"] });
    await clock.pass(41 * minute);
    expect(said).toEqual([why, "the session is renewed: 1 h left"]);
    expect(await answer()).toBe("N001");
  });

  test("Ctrl-C ends the question for good, and a login elsewhere still counts", async () => {
    const { clock, tried, said, answer } = keepFresh({
      silent: [...needed(4), "hour"],
      asked: [new InterruptedError()],
    });
    await clock.pass(40 * minute + 20 * second);
    expect(said).toEqual([
      why,
      "no code was given. The session ends in 20 min; until then, kops-mfa login prod in another terminal renews it.",
      "Ctrl-C now goes to kops",
    ]);
    await clock.pass(2 * minute);
    expect(tried.filter((text) => text.startsWith("asked"))).toHaveLength(1);
    expect(await answer()).toBe("N001");
  });

  test("with nobody to ask, that is said once, and after the end the words name the cure", async () => {
    const message = "there is no terminal to ask for the code of jon on";
    const nobody = new KopsMfaError(message, { hint: null });
    const { clock, said, answer } = keepFresh({ silent: needed(99), asked: [nobody] });
    await clock.pass(hour + minute);
    expect(said).toEqual([
      why,
      "the session, which ends in 20 min, is not renewed: there is no terminal to ask for the code of jon on | kops-mfa login prod in another terminal renews it",
    ]);
    expect(await answer(700)).toBe(
      'the session of kops-mfa expired 1 min ago, and only an MFA code renews it: run "kops-mfa login prod" in a terminal, then try again',
    );
  });

  test("a program that gives codes is tried again", async () => {
    const { clock, tried, said, answer } = keepFresh({
      asksPerson: false,
      silent: needed(99),
      asked: [
        new KopsMfaError("mfa_process failed", { hint: null }),
        stsSession("CODE", now + 3 * hour),
      ],
    });
    await clock.pass(41 * minute);
    expect(tried.filter((text) => text.startsWith("asked"))).toHaveLength(2);
    expect(said).toEqual([
      why,
      "the session of kops, which ends in 20 min, cannot be renewed yet: mfa_process failed",
      "the session is renewed: 2 h 19 min left",
    ]);
    expect(await answer()).toBe("CODE");
  });

  test("the next one is asked for again", async () => {
    const { clock, tried } = keepFresh({
      silent: needed(99),
      asked: [stsSession("ONE0", now + 2 * hour), stsSession("TWO0", now + 4 * hour)],
    });
    await clock.pass(3 * hour);
    expect(tried.filter((text) => text.startsWith("asked"))).toHaveLength(2);
  });
});

describe("the end of the command", () => {
  test("ends the wait", async () => {
    const { clock, end, running, tried } = keepFresh();
    await clock.pass(minute);
    end.abort();
    await running;
    await clock.pass(2 * hour);
    expect(tried).toEqual([]);
  });

  test("ends the question, without a word", async () => {
    const { clock, end, running, said } = keepFresh({ silent: [codeNeeded] });
    await clock.pass(40 * minute);
    expect(said).toHaveLength(1);
    end.abort();
    await running;
    await settle();
    expect(said).toHaveLength(1);
  });

  test("nothing is said of a renewal that it has broken off", async () => {
    const broken = later<StsSession>();
    const { clock, end, running, said } = keepFresh({
      silent: [broken.promise],
    });
    await clock.pass(41 * minute);
    end.abort();
    broken.reject(new Error("aborted"));
    await running;
    expect(said).toEqual([]);
  });
});
