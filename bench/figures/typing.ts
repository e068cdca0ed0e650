import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { TestTerminal } from "../../test/e2e/terminal.ts";
import type { Figure } from "../figure.ts";
import { makeCertificate, openFront, type Certificate, type Front } from "../front.ts";
import type { Place } from "../place.ts";
import { row, type Row } from "../row.ts";
import { spreadOf } from "../statistics.ts";

/** How long the person takes to type the code. */
const typingMs = 1500;
const group = `while the code is typed, ${typingMs} ms`;

/** What has happened when, from the start on: whether the program uses the time that the person needs for the code. */
export const typing: readonly Figure[] = [
  { group, name: "timeline", measure: (place) => measureTimeline(place) },
];

/** Milliseconds since the start. */
interface Timeline {
  readonly asked: number;
  readonly sdkLoaded: number;
  readonly connected: number;
  readonly typed: number;
  readonly finished: number;
}

async function measureTimeline(place: Place): Promise<readonly Row[]> {
  const certificate = await makeCertificate();
  const front = await openFront(place.person.sandbox.url, certificate);
  try {
    const runs: Timeline[] = [];
    for (let round = 0; round < Math.min(place.rounds, 5); round++) {
      runs.push(await runOnce(place, front, certificate));
    }
    return rowsOf(runs, certificate === null ? "TCP" : "TLS");
  } finally {
    front.close();
    certificate?.remove();
  }
}

function rowsOf(runs: readonly Timeline[], connection: string): readonly Row[] {
  const at = (name: string, when: (run: Timeline) => number) =>
    row({ group, name, wallMs: spreadOf(runs.map(when)) });
  const before = (when: (run: Timeline) => number) => ({
    target: { text: "before the code", isMet: runs.every((run) => when(run) < run.typed) },
  });
  return [
    at("the code is asked for", ({ asked }) => asked),
    { ...at("the SDK is loaded", ({ sdkLoaded }) => sdkLoaded), ...before((run) => run.sdkLoaded) },
    {
      ...at(`${connection} is connected`, ({ connected }) => connected),
      ...before((run) => run.connected),
    },
    at("the code is typed", ({ typed }) => typed),
    at("the session is there", ({ finished }) => finished),
    at("from the code to the session", ({ typed, finished }) => finished - typed),
  ];
}

/** One `env` on a terminal. */
async function runOnce(
  place: Place,
  front: Front,
  certificate: Certificate | null,
): Promise<Timeline> {
  place.forget();
  const { person } = place;
  const trace = person.path("trace");
  writeFileSync(trace, "");
  front.connections.length = 0;
  const { argv, env } = place.command(["env", "prod", "--shell", "sh", "--no-session"], {
    AWS_ENDPOINT_URL_STS: front.url,
    ...(certificate === null ? {} : { AWS_CA_BUNDLE: certificate.certFile }),
    NODE_OPTIONS: `--require ${JSON.stringify(resolve("bench/trace.cjs"))}`,
    KOPS_MFA_BENCH_TRACE: trace,
  });
  const start = now();
  const terminal = new TestTerminal(
    "/bin/sh",
    ["-c", '"$@" >/dev/null && echo session', "sh", ...argv],
    env,
  );
  await terminal.shows("MFA code of");
  const asked = now() - start;
  await sleep(typingMs);
  const typed = now() - start;
  terminal.type(`${person.code()}\r`);
  await terminal.shows("session\n");
  const finished = now() - start;
  await terminal.ends();
  const sdkLoaded = Number(readFileSync(trace, "utf8").split("\n")[0]) - start;
  return { asked, sdkLoaded, connected: (front.connections[0] ?? NaN) - start, typed, finished };
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
