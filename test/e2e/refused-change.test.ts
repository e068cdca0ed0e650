import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isOnPath } from "../support/programs.ts";
import { describeShell, findShell } from "../support/shells.ts";
import { AwsCli, awsProgram, skipWithoutAws } from "./aws-cli.ts";
import { Person, runProgram } from "./person.ts";
import { installClient, readClient } from "./sdk-client.ts";

let person: Person;
beforeAll(async () => {
  person = await Person.arrive();
  installClient(person);
  await person.run(["login", "prod", "--token-code", person.code()]);
  await person.run(["login", "staging"]);
});
afterAll(() => person.leave());

/** The variables of a child that are ours or the AWS tools', between two lines. */
const show = "echo '<'; env | grep -E '^(AWS|KOPS)_' | sort; echo '>'";

function shownIn(stdout: string): readonly string[] {
  return [...stdout.matchAll(/^<\n([^]*?)^>$/gm)].map(([, lines = ""]) => lines);
}

const statusesIn = (stdout: string) => [...stdout.matchAll(/^[a-z]+=\d+$/gm)].flat();

const readonly = (name: string) =>
  `kops-mfa: ${name} is readonly in this shell, so nothing was changed. Open a shell where it is not readonly; kops-mfa exec works here too.\n`;

interface PosixShell {
  readonly start: readonly string[];
  readonly dialect: string;
  /** How a script calls the integration. */
  readonly call: string;
  readonly words: string;
}

const own = (start: string, dialect: string): PosixShell => ({
  start: start.split(" "),
  dialect,
  call: "kops-mfa",
  words: "${__kops_mfa_words[*]}",
});

/** An alias counts only on a line that is read after its definition. */
const plain = (start: string): PosixShell => ({
  start: start.split(" "),
  dialect: "sh",
  call: "__kops_mfa",
  words: "$__kops_mfa_words",
});

const posixShells: readonly PosixShell[] = [
  own("bash --norc --noprofile", "bash"),
  plain("bash --norc --noprofile --posix"),
  own("zsh -f", "zsh"),
  ...["dash", "ksh", "mksh", "yash --norcfile", "busybox sh"].map(plain),
];

describe.each(posixShells)("a readonly variable in $start", ({ start, dialect, call, words }) => {
  const [shell = "", ...options] = start;
  const run = (lines: readonly string[]) =>
    runProgram(shell, [...options, "-c", lines.join("\n")], {
      ...person.env,
      AWS_PROFILE: "staging",
      AWS_REGION: "us-east-1",
      // In the C locale, yash cannot read the comments of the integration.
      LANG: "C.UTF-8",
    });
  const load = `eval "$(kops-mfa init ${dialect})"`;

  describe.skipIf(!isOnPath(shell) && process.env["KOPS_MFA_REQUIRE_ALL"] !== "1")("", () => {
    test.for(["AWS_PROFILE", "AWS_REGION", "KOPS_MFA_EXPIRES_AT"])(
      "%s keeps the session out, whole",
      async (name) => {
        const line = (text: string) => `${text} "$(kops-mfa env prod --shell ${dialect})"`;
        const { exitCode, stdout, stderr } = await run([
          load,
          show,
          `readonly ${name}`,
          `${line("eval")}; echo "line=$?"`,
          // Without the quotes, all of it is one line.
          `eval $(kops-mfa env prod --shell ${dialect}); echo "loose=$?"`,
          `${call} use prod; echo "use=$?"`,
          show,
        ]);
        expect(statusesIn(stdout), stdout + stderr).toEqual(["line=1", "loose=1", "use=1"]);
        expect(stderr).toBe(readonly(name).repeat(3));
        const [before, after] = shownIn(stdout);
        expect(before).toContain("AWS_PROFILE=staging");
        expect(after).toBe(before);
        expect(exitCode).toBe(0);
      },
    );

    test("two of them keep the session in, whole, and what was asked for is not forgotten", async () => {
      const { stdout, stderr } = await run([
        load,
        `${call} use prod; echo "use=$?"`,
        show,
        "readonly AWS_SESSION_TOKEN AWS_PROFILE",
        `${call} use staging; echo "use=$?"`,
        `echo "${words}"`,
        `${call} off; echo "off=$?"`,
        show,
      ]);
      expect(statusesIn(stdout), stdout + stderr).toEqual(["use=0", "use=1", "off=1"]);
      const [profile, token] = [readonly("AWS_PROFILE"), readonly("AWS_SESSION_TOKEN")];
      expect(stderr).toBe(profile + token + token + profile);
      expect(stdout).toMatch(/^ ?(?:'?env'? )?'?prod'?$/m);
      const [before, after] = shownIn(stdout);
      expect(before).toContain("KOPS_MFA_PROFILE=prod");
      expect(after).toBe(before);
    });

    test("a script that ends at errors ends there", async () => {
      const { exitCode, stdout } = await run([
        "readonly AWS_PROFILE; set -eu",
        `eval "$(kops-mfa env prod --shell ${dialect})"`,
        "echo reached",
      ]);
      expect([exitCode, stdout]).toEqual([1, ""]);
    });
  });
});

describeShell("fish", () => {
  const load = "kops-mfa init fish | source";
  const line = "kops-mfa env prod --shell fish | source; echo line=$status";
  /** Universal variables are kept in the home directory: each test has one of its own. */
  const run = (lines: readonly string[]) => {
    const env = { ...person.env, XDG_CONFIG_HOME: person.path(`config-${Math.random()}`) };
    return runProgram(findShell("fish") ?? "fish", ["-c", lines.join("\n")], env);
  };
  const universal = (name: string) =>
    `kops-mfa: ${name} is a universal variable, which fish passes on to every program, so nothing was changed. Erase it (in all shells): set -eU ${name}; kops-mfa exec works here too.\n`;

  test.for(["AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SECURITY_TOKEN", "KOPS_AWS_ROLE_ARN"])(
    "a universal %s keeps the session out, until it is erased",
    async (name) => {
      const { stdout, stderr } = await run([
        `set -Ux ${name} root`,
        load,
        show,
        line,
        "eval (kops-mfa env prod --shell fish); echo loose=$status",
        "kops-mfa use prod; echo use=$status",
        "set -q __kops_mfa_words; echo remembered=$status",
        show,
        `set -eU ${name}`,
        "kops-mfa use prod; echo use=$status",
        show,
      ]);
      const statuses = ["line=1", "loose=1", "use=1", "remembered=1", "use=0"];
      expect(statusesIn(stdout), stdout + stderr).toEqual(statuses);
      expect(stderr).toBe(universal(name).repeat(3));
      const [before, after, fixed] = shownIn(stdout);
      expect(before).toContain(`${name}=root`);
      expect(after).toBe(before);
      expect(fixed).toContain("KOPS_MFA_PROFILE=prod");
      expect(fixed).not.toContain(`${name}=`);
    },
  );

  test("no client signs with another profile's keys beside a session", async () => {
    const { stdout } = await run([
      "set -Ux AWS_PROFILE root",
      "kops-mfa env prod --shell fish | source; and client 0",
      "kops-mfa exec prod -- client 0",
      "set -eU AWS_PROFILE",
      "kops-mfa env prod --shell fish | source; and client 0",
    ]);
    const arns = readClient(stdout).map(({ arn }) => arn);
    const role = "arn:aws:sts::222222222222:assumed-role/kops-admin/jon";
    expect(arns).toEqual([role, role]);
  });

  test.skipIf(skipWithoutAws)("an empty AWS_PROFILE would stop the AWS CLI", async () => {
    const env = { ...new AwsCli(person).env, AWS_PROFILE: "" };
    const { exitCode, stderr } = await runProgram(awsProgram, ["sts", "get-caller-identity"], env);
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain("The config profile () could not be found");
  });

  test("a universal variable that a session sets gives way to it, and is never lost", async () => {
    const { stdout, stderr } = await run([
      "set -Ux AWS_REGION us-east-1; set -Ux AWS_ACCESS_KEY_ID AKIAUNIVERSAL; set -U AWS_PROFILE quiet",
      load,
      show,
      "kops-mfa use staging --region eu-central-1; echo use=$status",
      show,
      "kops-mfa off; echo off=$status",
      show,
      `fish -c '${show.replaceAll("'", '"')}; echo $AWS_PROFILE'`,
    ]);
    expect(stderr).toContain("not restored");
    expect(statusesIn(stdout)).toEqual(["use=0", "off=0"]);
    const [before = "", inside, after, next] = shownIn(stdout);
    expect(inside).toContain("AWS_REGION=eu-central-1");
    expect(inside).toMatch(/^AWS_ACCESS_KEY_ID=ASIA/m);
    expect(before).toContain("AWS_REGION=us-east-1");
    expect(after).toBe(before);
    expect(next).toBe(before);
    expect(stdout).toMatch(/^quiet$/m);
  });

  test("exec of a function stops at it too", async () => {
    const { stdout, stderr } = await run([
      "set -Ux AWS_PROFILE root",
      load,
      "function carry; echo carried; end",
      "kops-mfa exec prod -- carry; echo exec=$status",
    ]);
    expect(stdout).toBe("exec=1\n");
    expect(stderr).toBe(universal("AWS_PROFILE"));
  });
});
