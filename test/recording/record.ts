import { spawn } from "@lydell/node-pty";
import { resolve } from "node:path";
import { Person } from "../e2e/person.ts";
import type { Recorded, RecordedStep } from "./film.ts";
import { Emulator } from "./screen.ts";

export const columns = 84;
const rows = 26;

/** A Monday morning: the same in every recording. */
const now = Date.UTC(2026, 2, 2, 9, 0, 0);

/** What is typed. The code is that of the device, and shown as nothing. */
const lines: readonly string[] = [
  'eval "$(kops-mfa env prod)"',
  "code",
  "kops get clusters",
  "kops-mfa status",
  "kops-mfa use staging    # another role, and no code",
  "kops get clusters",
  "kops-mfa off",
];

/** For every Node that is started: time stands still. */
const clock = `const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...given) { given.length === 0 ? super(${now}) : super(...given); }
  static now() { return ${now}; }
};
`;

/** The integration, a prompt that marks its end, what is typed in bold, and the shell's clock stopped like the others. */
const startUp = `eval "$(kops-mfa init bash)"
unset EPOCHSECONDS; EPOCHSECONDS=${now / 1000}
PS1='\\[\\e[36m\\]\${KOPS_MFA_PS1:+$KOPS_MFA_PS1 }\\[\\e[0m\\]\\[\\e[32m\\]$\\[\\e[0m\\] \\[\\e[1m\\e]133;B\\a\\]'
PS0='\\e[0m'
PROMPT_COMMAND=(__kops_mfa_prompt)
HISTFILE=
bind 'set enable-bracketed-paste off'
`;

const profile = (name: string, role: string, region: string) => `[profile ${name}]
role_arn = arn:aws:iam::222222222222:role/${role}
source_profile = default
mfa_serial = arn:aws:iam::111111111111:mfa/jon
region = ${region}
`;
const config =
  profile("prod", "kops-admin", "eu-west-1") + profile("staging", "kops-short", "eu-central-1");

/** Stands in for kops: it lists the clusters of the role that the session is of, and does nothing else. */
const kops = `#!/bin/sh
[ -n "$AWS_SESSION_TOKEN" ] || exit 1
case $KOPS_MFA_PROFILE in prod) name=one ;; *) name=test ;; esac
printf '%-18s%-7s%s\\n' NAME CLOUD ZONES "$name.example.com" aws "\${AWS_REGION}a"
`;

/** Records the built program in a real bash on a real terminal, against the sandbox. */
export async function record(): Promise<Recorded> {
  const person = await Person.arrive(() => now);
  try {
    person.write("bin/kops", kops, 0o755);
    person.write(".aws/config", config);
    const rcFile = person.write("rc", startUp);
    const preload = person.write("clock.cjs", clock);
    const env = { ...person.env, NODE_OPTIONS: `--require ${preload}`, INPUTRC: "/dev/null" };
    const typist = new Typist(env, ["--noprofile", "--rcfile", rcFile, "-i"]);
    try {
      return { steps: await typist.typeAll(() => person.code()) };
    } finally {
      typist.leave();
    }
  } finally {
    await person.leave();
  }
}

/** Somebody at a terminal, who waits for each prompt. */
class Typist {
  readonly #emulator = new Emulator(columns, rows);
  readonly #pty;
  #prompts = 0;
  #changed: () => void = () => undefined;

  constructor(env: Record<string, string>, args: readonly string[]) {
    this.#emulator.onMark("B", () => this.#prompts++);
    this.#pty = spawn("bash", [...args], { env, cols: columns, rows, cwd: resolve("/") });
    this.#pty.onData((text) => void this.#emulator.write(text).then(() => this.#changed()));
  }

  async typeAll(code: () => string): Promise<readonly RecordedStep[]> {
    const steps: RecordedStep[] = [];
    let prompts = 1;
    for (const line of lines) {
      const isCode = line === "code";
      await this.#until(() => (isCode ? this.#isAsked() : this.#prompts === prompts), line);
      const { cursor } = this.#emulator;
      const before = this.#emulator.read();
      const keys = isCode ? code() : line;
      this.#pty.write(keys);
      if (!isCode) {
        await this.#until(() => this.#emulator.cursor.column === cursor.column + keys.length, line);
        prompts++;
      }
      steps.push({ before, cursor, typed: this.#emulator.read(), keys: keys.length });
      this.#pty.write("\r");
    }
    await this.#until(() => this.#prompts === prompts, "the end");
    const [before, { cursor }] = [this.#emulator.read(), this.#emulator];
    return [...steps, { before, cursor, typed: before, keys: 0 }];
  }

  leave(): void {
    this.#pty.kill();
  }

  #isAsked(): boolean {
    return this.#emulator.read().some((row) =>
      row
        .map(({ character }) => character)
        .join("")
        .startsWith("MFA code of"),
    );
  }

  async #until(reached: () => boolean, what: string): Promise<void> {
    const deadline = Date.now() + 20_000;
    while (!reached()) {
      if (Date.now() > deadline) throw new Error(`waited in vain before: ${what}`);
      await new Promise<void>((done) => {
        const timer = setTimeout(done, 100);
        this.#changed = () => {
          clearTimeout(timer);
          done();
        };
      });
    }
  }
}
