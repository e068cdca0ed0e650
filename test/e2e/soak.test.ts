import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { MovedClock } from "./moved-clock.ts";
import { Person, runProgram } from "./person.ts";

/** A day's work, whole with KOPS_MFA_SOAK=full (npm run soak), and as much of it as fits into half a minute otherwise. */
const isWhole = process.env["KOPS_MFA_SOAK"] === "full";
const [envs, days, wrongCodes, shells] = isWhole ? [1000, 10, 50, 20] : [10, 1, 3, 3];
/** Longer would be past what is swept away, since the times of files are not moved. */
const hoursOfDay = isWhole ? 20 : 13;
const served = isWhole ? { hours: 13, factor: 720 } : { hours: 3, factor: 1440 };

const minute = 60_000;
const timeout = 20 * minute;

let person: Person;
beforeAll(async () => {
  person = await Person.arrive();
  mkdirSync(person.path("tmp"));
});
afterAll(() => person.leave());

/** An answer is remembered for each command line of each kind of shell, and these tests have few. */
const mostMemos = 8;

/** Everything in the home directory, but for what the tests themselves keep there; sessions all under one name, of memos only too many. */
const files = () => {
  const names = readdirSync(person.home, { recursive: true, encoding: "utf8" })
    .filter((name) => !/^(?:\.aws|bin|client-config|clock|code|memory|watch)/.test(name))
    .map((name) => name.replace(/[0-9a-f]{16}\.\d+\.json$/, "SESSION"))
    .sort();
  const memos = names.filter((name) => name.endsWith(".memo"));
  return names.filter((name) => !memos.slice(0, mostMemos).includes(name));
};
const kept = [
  ".cache",
  ".cache/kops-mfa",
  ".cache/kops-mfa/SESSION",
  ".cache/kops-mfa/SESSION",
  ".cache/kops-mfa/arn-aws-iam--111111111111-mfa-jon.code",
  "tmp",
];
const calls = (action: string) =>
  person.sandbox.requests.filter((request) => request.action === action).length;

describe("a day of commands", () => {
  let clock: MovedClock;
  let variables: () => Record<string, string>;
  beforeAll(async () => {
    person.forget();
    clock = new MovedClock(person);
    variables = () => ({ ...clock.env, TMPDIR: person.path("tmp") });
    const env = { ...variables(), KOPS_MFA_TOKEN_CODE: person.code() };
    expect((await person.run(["login", "prod"], { env })).exitCode).toBe(0);
  });

  const env = () => person.run(["env", "prod", "--shell", "sh"], { env: variables() });

  test(
    `${shells} shells take the session, renew it in front of a command and put it away`,
    async () => {
      person.write("bin/tool", '#!/bin/sh\n[ -n "$AWS_SESSION_TOKEN" ]\n', 0o700);
      // A session that seems to be over is asked for anew by whatever is wrapped.
      const script = `
      eval "$(kops-mfa init bash --wrap tool)"
      for time in 1 2 3; do
        kops-mfa use prod && KOPS_MFA_EXPIRES_AT=1 && tool && [ "$KOPS_MFA_EXPIRES_AT" -gt 1 ] || exit 1
        kops-mfa off && [ -z "$AWS_SESSION_TOKEN" ] || exit 2
      done`;
      const bash = () =>
        runProgram("bash", ["--norc", "--noprofile", "-c", script], {
          ...person.env,
          ...variables(),
        });
      const ends = await Promise.all(Array.from({ length: shells }, bash));
      expect(ends).toEqual(ends.map(() => ({ exitCode: 0, stdout: "", stderr: "" })));
      expect(files()).toEqual(kept);
    },
    timeout,
  );

  test(
    `${envs} times env: the session that is there, and no call`,
    async () => {
      const before = person.sandbox.requests.length;
      const first = await env();
      expect(first.stdout).toContain("export AWS_SESSION_TOKEN=");
      for (let time = 1; time < envs; time++) expect(await env()).toEqual(first);
      expect(person.sandbox.requests.length).toBe(before);
      expect(files()).toEqual(kept);
    },
    timeout,
  );

  test(
    `${wrongCodes} wrong codes: refused each, and the session stays`,
    async () => {
      for (let time = 0; time < wrongCodes; time++) {
        const wrong = { ...variables(), KOPS_MFA_TOKEN_CODE: String(100_000 + time) };
        const { exitCode } = await person.run(["login", "prod", "--duration", "2h"], {
          env: wrong,
        });
        expect(exitCode).toBe(1);
      }
      expect((await env()).exitCode).toBe(0);
      expect(files()).toEqual(kept);
    },
    timeout,
  );

  test(
    `${days * hoursOfDay} renewals, an hour apart: a code every twelve hours, and no more files`,
    async () => {
      for (let day = 0; day < days; day++) {
        person.forget();
        clock = new MovedClock(person);
        for (let hour = 0; hour <= hoursOfDay; hour++) {
          const given = { ...variables(), KOPS_MFA_TOKEN_CODE: person.code() };
          const args = ["env", "prod", "--shell", "sh"];
          const { exitCode, stderr } = await person.run(args, { env: given });
          expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
          clock.advance(60 * minute);
        }
        expect([calls("GetSessionToken"), calls("AssumeRole")]).toEqual([2, hoursOfDay + 1]);
        expect(files()).toEqual(kept);
      }
    },
    timeout,
  );
});

/** What the program had in memory, after a collection. */
interface Sample {
  readonly at: number;
  readonly heap: number;
  readonly resources: number;
}

const watchMemory = `
const { setFlagsFromString } = require("node:v8");
const { appendFileSync } = require("node:fs");
setFlagsFromString("--expose-gc");
const collect = require("node:vm").runInNewContext("gc");
setInterval(() => {
  collect();
  const sample = { at: Date.now(), heap: process.memoryUsage().heapUsed, resources: process.getActiveResourcesInfo().length };
  appendFileSync(process.env.HOME + "/memory", JSON.stringify(sample) + "\\n");
}, 500).unref();
`;

/** Asks the endpoint for the session over and over, and tells what came. */
const client = `#!/usr/bin/env node
const { get } = require("node:http");
const { AWS_CONTAINER_CREDENTIALS_FULL_URI: uri, AWS_CONTAINER_AUTHORIZATION_TOKEN: authorization } = process.env;
const seen = {};
const end = Date.now() + Number(process.argv[2]);
(function ask() {
  get(uri, { headers: { authorization } }, (answer) => {
    let text = "";
    answer.on("data", (part) => (text += part)).on("end", () => {
      const what = answer.statusCode === 200 ? JSON.parse(text).AccessKeyId : text;
      seen[what] = (seen[what] ?? 0) + 1;
      if (Date.now() < end) setTimeout(ask, 5);
      else console.log(JSON.stringify(seen));
    });
  });
})();
`;

test(
  `an endpoint that serves for ${served.hours} hours: nobody is refused, and its memory is flat`,
  async () => {
    person.forget();
    await person.run(["login", "prod", "--token-code", person.code()]);
    const clock = new MovedClock(person, served.factor);
    person.write("watch-memory.cjs", watchMemory);
    person.write("bin/client", client, 0o700);
    const config = readFileSync(person.path(".aws/config"), "utf8");
    person.write(
      "client-config",
      config.replace(
        "[profile prod]\n",
        `[profile prod]\nmfa_process = cat ${person.path("code")}\n`,
      ),
    );
    clock.run(() => {
      writeFileSync(person.path("code.new"), `${person.code()}\n`);
      renameSync(person.path("code.new"), person.path("code"));
    });
    onTestFinished(() => clock.stop());
    const { NODE_OPTIONS = "", ...moved } = clock.env;
    const env = {
      ...moved,
      TMPDIR: person.path("tmp"),
      AWS_CONFIG_FILE: person.path("client-config"),
      // In its own time, which is short.
      KOPS_MFA_TIMEOUT: "600",
      NODE_OPTIONS: `${NODE_OPTIONS} --require ${person.path("watch-memory.cjs")}`,
    };
    const ms = (served.hours * 60 * minute) / served.factor;
    const command = ["env", "-u", "NODE_OPTIONS", "client", String(ms)];
    const { exitCode, stdout, stderr } = await person.run(
      ["exec", "--server", "prod", "--", ...command],
      {
        env,
      },
    );
    expect(exitCode, stderr).toBe(0);
    const said = stderr.split("\n").filter((line) => !expectedWords.test(line));
    expect(said).toEqual([]);
    const seen = Object.entries(JSON.parse(stdout) as Record<string, number>);
    expect(seen.filter(([what]) => !what.startsWith("ASIA"))).toEqual([]);
    expect(seen.length).toBeGreaterThanOrEqual(served.hours);
    expect(files()).toEqual(kept);

    const samples = readFileSync(person.path("memory"), "utf8").trim().split("\n");
    const memory = samples.map((line) => JSON.parse(line) as Sample);
    // The first renewals load what they need.
    const [warm, last] = [memory[Math.floor(memory.length / 4)]!, memory.at(-1)!];
    const requests = seen.reduce((sum, [, count]) => sum + count, 0);
    if (isWhole) {
      process.stdout.write(
        `${requests} requests, ${seen.length} sessions; ${inWords(warm)}; ${inWords(last)}\n`,
      );
    }
    expect(last.heap - warm.heap).toBeLessThan(2 * 1024 * 1024);
    expect(last.resources - warm.resources).toBeLessThanOrEqual(2);
  },
  timeout,
);

/** What is said of a renewal that needs a code, and where an answer takes over 2 s, of which there are many in so fast a time. */
const expectedWords =
  /^$|still running, and its session ends in|: waiting for STS|: the session is renewed/;

function inWords({ at, heap, resources }: Sample): string {
  return `${new Date(at).toISOString()}: ${(heap / 1024 / 1024).toFixed(1)} MiB, ${resources} handles`;
}
