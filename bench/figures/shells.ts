import { join, resolve } from "node:path";
import { isOnPath } from "../../test/support/programs.ts";
import type { Figure } from "../figure.ts";
import { measure, type Subject } from "../paired.ts";
import type { Place } from "../place.ts";
import { row } from "../row.ts";
import { ratioOf, scaled, spreadOf } from "../statistics.ts";

/** A shell, and how it runs a function so many times. */
interface Shell {
  readonly name: string;
  readonly times: number;
  readonly start: readonly [program: string, ...options: string[]];
  readonly loop: (name: string, times: number) => string;
}

const folder = resolve("shell");
const posixLoop = (extension: string) => (name: string, times: number) =>
  `. ${quoted(extension)}; __empty() { :; }; for ((i = 0; i < ${times}; i++)); do ${name}; done`;

const shells: readonly Shell[] = [
  {
    name: "bash",
    times: 20_000,
    start: ["bash", "--norc", "--noprofile", "-c"],
    loop: posixLoop("bash"),
  },
  { name: "zsh", times: 20_000, start: ["zsh", "-fc"], loop: posixLoop("zsh") },
  {
    name: "fish",
    // It asks `date` each time, so that fewer are enough.
    times: 200,
    // Only an interactive fish has the hook.
    start: ["fish", "--no-config", "-i", "-c"],
    loop: (name, times) =>
      `source ${quoted("fish")}; function __empty; end; for i in (seq ${times}); ${name}; end`,
  },
  {
    name: "pwsh",
    times: 10_000,
    start: ["pwsh", "-NoProfile", "-NonInteractive", "-Command"],
    loop: (name, times) =>
      `. ${quoted("ps1")}; function __empty { }; for ($i = 0; $i -lt ${times}; $i++) { $null = ${name} }`,
  },
];

const hooks = { "a guarded command": "__kops_mfa_fresh", "a prompt": "__kops_mfa_prompt" };
const group = "in an integrated shell with a fresh session";

/** What the integration costs at each prompt and at each command that it guards. No process is started there but fish's `date`. */
export const integration: readonly Figure[] = shells.map((shell) => ({
  group,
  name: `in ${shell.name}`,
  measure: (place) => measureShell(place, shell),
}));

async function measureShell(place: Place, shell: Shell) {
  const { name, start, times } = shell;
  if (!isOnPath(start[0])) return [row({ group, name: `in ${name}`, note: "not installed" })];
  const loop = (hook: string): Subject => ({
    command: {
      argv: [...start, shell.loop(hook, times)],
      env: { ...place.env, ...freshSession() },
    },
  });
  const subjects = ["__empty", ...Object.values(hooks)].map(loop);
  const [empty = [], ...full] = cpuOf(await measure([...subjects, place.bareNode], place.rounds));
  const node = full.pop() ?? [];
  return Object.keys(hooks).map((what, index) => {
    // Without what the loop and an empty function cost.
    const loops = (full[index] ?? []).map((cpuMs, round) => cpuMs - (empty[round] ?? NaN));
    const timesNode = scaled(ratioOf(loops, node), 1 / times);
    const cpuMs = scaled(spreadOf(loops), 1 / times);
    return row({ group, name: `${what} in ${name}`, cpuMs, timesNode });
  });
}

function cpuOf(measured: Awaited<ReturnType<typeof measure>>): number[][] {
  return measured.map((times) => times.map(({ cpuMs }) => cpuMs));
}

function freshSession(): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: "ASIATESTTESTTESTTEST",
    KOPS_MFA_ACCESS_KEY_ID: "ASIATESTTESTTESTTEST",
    KOPS_MFA_EXPIRES_AT: String(Math.floor(Date.now() / 1000) + 36_000),
    KOPS_MFA_PROFILE: "prod",
  };
}

/** In single quotes, which all four understand; a quote in the path of the clone is nobody's. */
function quoted(extension: string): string {
  return `'${join(folder, `kops-mfa.${extension}`)}'`;
}
