// What the integration costs in a shell that carries a fresh session: each prompt, and each command that is wrapped.
// npm run bench [SHELL…]
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const runs = 7;
const folder = join(import.meta.dirname, "..", "shell");
const session = {
  AWS_ACCESS_KEY_ID: "ASIATESTTESTTESTTEST",
  KOPS_MFA_ACCESS_KEY_ID: "ASIATESTTESTTESTTEST",
  KOPS_MFA_EXPIRES_AT: String(Math.floor(Date.now() / 1000) + 10_000),
  KOPS_MFA_PROFILE: "prod",
};

/** How each shell runs a function so many times. fish asks `date` each time, so that fewer are enough. */
const shells = {
  bash: {
    times: 100_000,
    start: ["bash", "--norc", "-c"],
    loop: (name, times) =>
      `. ${folder}/kops-mfa.bash; __empty() { :; }; for ((i = 0; i < ${times}; i++)); do ${name}; done`,
  },
  zsh: {
    times: 100_000,
    start: ["zsh", "-fc"],
    loop: (name, times) =>
      `. ${folder}/kops-mfa.zsh; __empty() { :; }; for ((i = 0; i < ${times}; i++)); do ${name}; done`,
  },
  fish: {
    times: 500,
    // Only an interactive fish has the hook.
    start: ["fish", "--no-config", "-i", "-c"],
    loop: (name, times) =>
      `source ${folder}/kops-mfa.fish; function __empty; end; for i in (seq ${times}); ${name}; end`,
  },
  pwsh: {
    times: 5_000,
    start: ["pwsh", "-NoProfile", "-NonInteractive", "-Command"],
    loop: (name, times) =>
      `. ${folder}/kops-mfa.ps1; function __empty { }; for ($i = 0; $i -lt ${times}; $i++) { $null = ${name} }`,
  },
};

const measured = { "guarded command": "__kops_mfa_fresh", "prompt hook": "__kops_mfa_prompt" };

/** Milliseconds; null where the shell is missing. */
function duration({ start: [program, ...options], loop, times }, name) {
  const begin = process.hrtime.bigint();
  const { error, status, stderr } = spawnSync(program, [...options, loop(name, times)], {
    env: { ...process.env, ...session, NO_COLOR: "" },
    encoding: "utf8",
  });
  const end = process.hrtime.bigint();
  if (error?.code === "ENOENT") return null;
  if (error ?? status !== 0) throw new Error(`${program}: ${error?.message ?? stderr}`);
  return Number(end - begin) / 1e6;
}

/** Microseconds a call, without what the loop and an empty function cost. */
function cost(shell, name) {
  const [empty, full] = [duration(shell, "__empty"), duration(shell, name)];
  return empty === null ? null : ((full - empty) * 1000) / shell.times;
}

function row(name, what, values) {
  const sorted = values.toSorted((a, b) => a - b);
  const [median, least, most] = [sorted.length >> 1, 0, -1].map((i) => sorted.at(i).toFixed(1));
  return `${name.padEnd(8)}${what.padEnd(20)}${median.padStart(10)}   ${least} to ${most}`;
}

const asked = process.argv.slice(2);
console.log(`µs, the median of ${runs} runs, and the least and the most\n`);
for (const [name, shell] of Object.entries(shells)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  for (const [what, command] of Object.entries(measured)) {
    const values = Array.from({ length: runs }, () => cost(shell, command));
    console.log(values.includes(null) ? `${name.padEnd(8)}not installed` : row(name, what, values));
  }
}
