import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { commandDefinitions, commandNames, run } from "../../../src/app.ts";
import { optionNames } from "../../../src/cli/help-sections.ts";
import { kopsRoute, routeOf } from "../../../src/cli/kops-line.ts";
import { readCobra, renderOffer } from "../../../src/completion/cobra.ts";
import type { Context } from "../../../src/context.ts";
import { KopsMfaError } from "../../../src/errors.ts";
import { isKopsCommand, kopsCommands } from "../../../src/kops/commands.ts";
import { findStateStore, placeInS3 } from "../../../src/kops/state-store.ts";
import { isGeneralFlag, readKopsWords, sessionNeed } from "../../../src/kops/words.ts";
import { nearest } from "../../../src/nearest.ts";
import { findDialect, recogniseShell } from "../../../src/shell/dialects/registry.ts";
import { detectShell } from "../../../src/shell/detect.ts";
import { plainName } from "../../../src/shell/program.ts";
import { holds, holdsAsync } from "../../fuzz/effort.ts";
import { noise } from "../../fuzz/noise.ts";
import { isPlain, readOrRefused } from "../../fuzz/refusal.ts";

const definitions = commandDefinitions();
const options = definitions.find(({ path }) => path.endsWith(" exec"))?.options ?? [];
const flags = definitions.flatMap((each) =>
  each.options.flatMap(({ definition }) => optionNames(definition)),
);
const kopsFlags = [
  "--state",
  "--state=s3://x",
  "--name",
  "-v",
  "-v10",
  "--config",
  "-h",
  "--help",
  "-o=yaml",
];
const word = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...commandNames.filter((name) => name !== "")) },
  { weight: 4, arbitrary: fc.constantFrom(...Object.keys(kopsCommands)) },
  { weight: 6, arbitrary: fc.constantFrom(...flags) },
  { weight: 3, arbitrary: fc.constantFrom(...kopsFlags) },
  {
    weight: 3,
    arbitrary: fc.constantFrom("--", "-", "", "=", "--=", "-x", "--x=y", "prod", "123456"),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...flags), noise(["a"], 3)).map((pair) => pair.join("=")),
  },
  { weight: 1, arbitrary: noise(["-", "--", "="], 5) },
);
const argv = fc.array(word, { maxLength: 8 });

describe("a command line", () => {
  test("goes to us or to kops, each word of it once and in its order", () => {
    holds(
      argv,
      (words) => {
        const route = readOrRefused(() => routeOf(words, commandNames, () => options));
        if (route === null) return;
        const [command = "", ...rest] = route.words;
        const child = route.child ?? [];
        expect(command === kopsRoute ? route.child !== null : commandNames.includes(command)).toBe(
          true,
        );
        if (route.child !== null) expect(words.slice(words.length - child.length)).toEqual(child);
        const ours = command === kopsRoute ? rest : [command, ...rest];
        const left = words.slice(0, words.length - child.length);
        // The sign between ours and theirs is nobody's.
        const sign = ours.length < left.length ? ["--"] : [];
        expect([...ours, ...sign].sort()).toEqual([...left].sort());
      },
      { few: 1000 },
    );
  });

  test("never meets a bug, whatever it is", async () => {
    await holdsAsync(
      argv,
      async (words) => {
        const errors: string[] = [];
        const exitCode = await run(words, withoutEffects(errors));
        expect([exitCode, ...errors]).not.toContainEqual(expect.stringContaining("internal error"));
        expect(errors.join()).not.toContain(kopsRoute);
        if (exitCode === 0) expect(errors).toEqual([]);
      },
      { slowness: 10, examples: [["--profile", "--", "get"], ["--profile"], ["--profile", "--="]] },
    );
  });
});

/** A context in which nothing can be read, written, started or asked; what would be said to a person goes into `errors`. */
function withoutEffects(errors: string[]): Context {
  const nothing = () => undefined;
  const refuse = () => {
    throw new KopsMfaError("there are no effects here", { hint: null });
  };
  const effect: object = new Proxy(refuse, {
    get: (_, name) => (typeof name === "symbol" || name === "then" ? undefined : effect),
  });
  const effects = ["files", "keyring", "sha1", "assets", "clock", "children", "credentials"];
  const services = ["sts", "credentialServer", "s3", "ec2"];
  return {
    ...Object.fromEntries([...effects, ...services].map((name) => [name, effect])),
    ...{ env: {}, platform: "linux", home: null, nodeVersion: "20.20.2" },
    stdout: { write: nothing, paint: (_: unknown, line: string) => line, isTerminal: false },
    terminal: {
      ...{ note: nothing, print: nothing, waitFor: (_: string, work: unknown) => work },
      error: (message: string) => errors.push(message),
    },
    processes: { parentPid: 1, ancestor: () => null },
  } as unknown as Context;
}

describe("kops's words", () => {
  test("are read without what is behind --, in their order", () => {
    holds(fc.tuple(argv, fc.constantFrom([], ["-o", "--x"])), ([words, withValue]) => {
      const { command, flags: found } = readKopsWords(words, withValue);
      const end = words.indexOf("--");
      const own = words.slice(0, end === -1 ? undefined : end);
      let at = 0;
      for (const each of own) if (each === command[at]) at += 1;
      expect(at).toBe(command.length);
      for (const name of found.keys()) expect(own.some((each) => each.startsWith(name))).toBe(true);
      expect(["needed", "if-kept", "none"]).toContain(sessionNeed(words));
      words.forEach((each) => [isGeneralFlag(each), isKopsCommand(each)]);
    });
  });

  test("name a state store, as do the variable and the file", () => {
    const own = [
      "KOPS_STATE_STORE",
      ":",
      " s3://a/b",
      "\n",
      '"',
      "'",
      " # x",
      "kops_state_store: x\n",
    ];
    holds(fc.tuple(argv, noise(own), noise(["s3://", "a", "/"], 6)), ([words, text, variable]) => {
      const env = { KOPS_STATE_STORE: variable };
      for (const each of [env, {}]) {
        const store = findStateStore({ words, env: each, home: "/home/jon", read: () => text });
        const place = store && placeInS3(store);
        if (place) expect(place.bucket).not.toMatch(/^$|\//);
      }
    });
  });

  test("name a place in S3 that comes back as it was", () => {
    const name = fc.stringMatching(/^[a-z0-9][a-z0-9.-]{1,20}$/);
    holds(fc.tuple(name, fc.array(name, { maxLength: 3 })), ([bucket, parts]) => {
      const prefix = parts.join("/");
      const value = `s3://${bucket}${prefix === "" ? "" : `/${prefix}`}`;
      expect(placeInS3({ value, from: "" })).toEqual({ bucket, prefix });
      expect(placeInS3({ value: `${value}//`, from: "" })).toEqual({ bucket, prefix });
    });
  });
});

describe("what kops offers at a Tab", () => {
  const own = [
    ":4\n",
    ":0\n",
    ":2\n",
    ":8\n",
    ":16\n",
    ":36",
    "one\ttext\n",
    "two\n",
    "_activeHelp_ x\n",
    "\n",
    "\t",
  ];

  test("is read from any output, and handed on a line a word", () => {
    const typing = fc.oneof(word, noise(["--x=", "o"], 3)).filter(isPlain);
    holds(fc.tuple(noise(own), typing), ([output, typed]) => {
      const offer = readCobra(output, typed);
      if (offer === null) return;
      for (const [candidate, description] of offer.candidates) {
        expect(candidate.startsWith(typed)).toBe(true);
        expect(candidate + description).not.toMatch(/[\t\n]/);
      }
      for (const ending of offer.endings) expect(ending).toMatch(/^\.[\w.+-]*$/);
      expect(renderOffer(offer).split("\n")).toHaveLength(offer.candidates.length + 2);
    });
  });
});

describe("a name", () => {
  const shell = [
    "bash",
    "-",
    "zsh",
    "/",
    "\\",
    ".exe",
    "5.9",
    " (deleted)",
    "r",
    "pwsh",
    "-preview",
    " ",
  ];

  test("of a program is that of a shell, or is refused with a reason", () => {
    holds(noise(shell, 8), (text) => {
      const known = recogniseShell(text);
      const dialect = readOrRefused(() => findDialect(text));
      expect(dialect?.name ?? null).toBe(known?.shell ?? null);
      expect(plainName(text)).not.toMatch(/[A-Z/]/);
    });
  });

  test("of any processes above finds a shell or none", () => {
    const process = fc.record({
      exe: fc.option(noise(shell, 5)),
      comm: fc.option(noise(shell, 5)),
      ppid: fc.integer({ min: -1, max: 4 }),
    });
    holds(
      fc.tuple(
        fc.array(process, { maxLength: 5 }),
        fc.dictionary(fc.constantFrom("SHELL", "KOPS_MFA_SHELL", "MSYSTEM"), noise(shell, 4)),
        fc.constantFrom("linux", "win32"),
      ),
      ([all, env, platform]) => {
        readOrRefused(() =>
          detectShell({ ppid: 1, ancestor: (pid) => all[pid] ?? null, env, platform }),
        );
      },
    );
  });

  test("that is mistyped once is guessed", () => {
    const candidates = fc.uniqueArray(fc.stringMatching(/^[a-z]{6,12}$/), {
      minLength: 1,
      maxLength: 5,
    });
    holds(fc.tuple(candidates, fc.nat(5), fc.nat(5)), ([names, which, at]) => {
      const name = names[which % names.length] ?? "";
      expect(nearest(name, names)).toBe(name);
      expect(nearest(name.slice(0, at) + name.slice(at + 1), names)).not.toBeNull();
    });
  });
});
