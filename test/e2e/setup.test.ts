import { spawn } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  watch,
  writeFileSync,
} from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { AccessKey } from "../sandbox/directory.ts";
import { describeShell, findShell, shellArguments, type TestShell } from "../support/shells.ts";
import { Person, program } from "./person.ts";
import { blocksOf } from "./reader.ts";
import { TestTerminal } from "./terminal.ts";

let person: Person;
beforeAll(async () => {
  person = await Person.arrive();
});
afterAll(() => person.leave());

const config = "[default]\nregion = eu-west-1\n";
const keysOf = (name: string, key: AccessKey | undefined, more = "") =>
  `[${name}]\naws_access_key_id = ${key?.accessKeyId ?? ""}\naws_secret_access_key = ${key?.secretAccessKey ?? ""}\n${more}`;

/** Somebody who has run `aws configure`, and nothing else. */
beforeEach(() => {
  person.forget();
  for (const name of readdirSync(person.home)) {
    if (name !== "bin") rmSync(person.path(name), { recursive: true, force: true });
  }
  mkdirSync(person.path(".aws"));
  const { jon } = person.world;
  person.write(".aws/config", config);
  person.write(".aws/credentials", keysOf("default", jon.accessKeys[0]));
  jon.mfaDevices.splice(1);
  jon.denyListMfaDevices = false;
});

const admin = "arn:aws:iam::222222222222:role/kops-admin";
const jon = "arn:aws:iam::111111111111:mfa/jon";
const codeOf = "MFA code of jon (111111111111)";
const environment = () => ({ ...person.env, AWS_ENDPOINT_URL_IAM: person.sandbox.url });
const text = (name: string) => readFileSync(person.path(name), "utf8");
const settings = ".config/kops-mfa/config.ini";
const run = (...args: string[]) => person.run(["setup", ...args], { env: environment() });

/** Every file but the kept sessions, and what is in it. */
function files(): Readonly<Record<string, string>> {
  const names = readdirSync(person.home, { recursive: true, encoding: "utf8" });
  const kept = names.filter((name) => !/^(?:\.cache|bin)(?:\/|$)/.test(name));
  const plain = kept.filter((name) => statSync(person.path(name)).isFile());
  return Object.fromEntries(plain.sort().map((name) => [name, text(name)]));
}

type Answers = readonly (readonly [prompt: string, keys: string | (() => string)])[];

/** `kops-mfa setup` at a terminal. */
class Talk {
  readonly terminal: TestTerminal;
  readonly #times = new Map<string, number>();

  constructor(options = "", env: Readonly<Record<string, string>> = {}, shell: TestShell = "bash") {
    // Not the last command, so that the shell stays its parent.
    const script = `kops-mfa setup ${options}; echo "rc=$?"`;
    const status = shell === "fish" ? script.replace("$?", "$status") : script;
    const file = findShell(shell) ?? "";
    const args = shellArguments(shell, status);
    this.terminal = new TestTerminal(file, args, { ...environment(), ...env });
  }

  /** Waits for each prompt, and answers it. */
  async answer(answers: Answers): Promise<void> {
    for (const [prompt, keys] of answers) {
      await this.asks(prompt);
      this.terminal.type(typeof keys === "string" ? keys : keys());
    }
  }

  async asks(prompt: string): Promise<void> {
    const times = (this.#times.get(prompt) ?? 0) + 1;
    this.#times.set(prompt, times);
    await this.terminal.shows(prompt, times);
  }

  async ends(exitCode: number): Promise<string> {
    await this.terminal.ends();
    const { screen } = this.terminal;
    expect(screen).toContain(`rc=${exitCode}`);
    return screen;
  }
}

const code = () => `${person.code()}\r`;
const enter = "\r";

/** All that a newcomer is asked, in its order. */
const firstTime: Answers = [
  ["Profile [kops]:", enter],
  ["Role [none]:", `${admin}\r`],
  ["Region [eu-west-1]:", enter],
  ["State store [none]:", "s3://clusters.example.com/\r"],
  ["Cluster [none]:", "one.example.com\r"],
  ["Use kops then? [Y/n]", enter],
  ["Write this? [Y/n/c]", enter],
  [codeOf, code],
];
const profile = `${config}
[profile kops]
role_arn = ${admin}
source_profile = default
mfa_serial = ${jon}
region = eu-west-1
`;
const own = `[kops]
state_store = s3://clusters.example.com
cluster = one.example.com

[defaults]
profile = kops
`;

test("a newcomer: asked for what nobody can know, tried, written, and working", async () => {
  const talk = new Talk();
  await talk.answer(firstTime);
  await talk.answer([["Add it? [y/N]", enter]]);
  const screen = await talk.ends(0);
  expect(screen).toContain('you are jon of account 111111111111, by profile "default"');
  expect(screen).toContain(`it works: arn:aws:sts::222222222222:assumed-role/kops-admin/jon`);
  expect(screen).toMatch(/Now, in this shell:\n {2}eval "\$\(kops-mfa env kops\)"\n/);
  expect(screen).toContain(
    "  [profile kops-sdk]\n  credential_process = kops-mfa credential-process --profile kops\nrc=0",
  );
  expect(screen).not.toContain(person.world.jon.accessKeys[0]?.secretAccessKey);
  expect(screen).not.toContain("- for none");
  const [copy = ""] = /config\.before-kops-mfa-\d{8}T\d{6}/.exec(screen) ?? [];
  const { ".aws/credentials": credentials = "" } = files();
  expect(files()).toEqual({
    ...{ ".aws/config": profile, [`.aws/${copy}`]: config, ".aws/credentials": credentials },
    [settings]: own,
  });
  const modes = [".aws/config", `.aws/${copy}`, settings].map(
    (name) => statSync(person.path(name)).mode,
  );
  expect(modes.map((mode) => (mode & 0o777).toString(8))).toEqual(["600", "600", "600"]);

  // The session is kept: nobody is asked again.
  for (const [shell, line] of [
    [
      "bash",
      'eval "$(kops-mfa env kops)"; echo "$KOPS_MFA_PROFILE $KOPS_CLUSTER_NAME $KOPS_STATE_STORE"',
    ],
    [
      "fish",
      'kops-mfa env | source; echo "$KOPS_MFA_PROFILE $KOPS_CLUSTER_NAME $KOPS_STATE_STORE"',
    ],
  ] as const) {
    const terminal = new TestTerminal(
      findShell(shell) ?? "",
      shellArguments(shell, line),
      environment(),
    );
    await terminal.ends();
    expect(terminal.screen).toBe("kops one.example.com s3://clusters.example.com\n");
  }
});

test("the lines of the documentation", async () => {
  const [asking, telling] = blocksOf(["sh setup"]).map(({ text: lines }) => lines.trim());
  expect(asking).toBe("kops-mfa setup");
  const [program_ = "", ...words] = (telling ?? "").split(" ");
  expect(program_).toBe("kops-mfa");
  const { exitCode, stderr } = await person.run(
    words.map((word) => (word === "123456" ? person.code() : word)),
    { env: environment() },
  );
  expect([exitCode, stderr.includes("it works")], stderr).toEqual([0, true]);
  expect(text(".aws/config")).toBe(profile);
});

describe("which keys", () => {
  const several = () => {
    const { jon: user, mallory, people } = person.world;
    const all = [
      keysOf("work", user.accessKeys[0]),
      keysOf("old", { accessKeyId: "AKIATESTTESTTESTGONE", secretAccessKey: "gone", active: true }),
      keysOf("root", people.root.accessKeys[0]),
      keysOf("m", mallory.accessKeys[0]),
      keysOf("session", {
        accessKeyId: "ASIATESTTESTTESTTEMP",
        secretAccessKey: "temp",
        active: true,
      }),
    ];
    person.write(".aws/credentials", all.join("\n"));
  };

  test("several: one is chosen, and one that AWS does not take is no end", async () => {
    several();
    const talk = new Talk();
    await talk.answer([
      ["Profile [kops]:", enter],
      ["Keys:", enter],
      ["answer with a number from 1 to 4", ""],
      ["Keys:", "5\r"],
      ["Keys:", "old\r"],
      ["AWS does not know the access key", ""],
      ["Keys:", "3\r"],
      ["the keys of the account's root user", ""],
      ["Keys:", "work\r"],
      ["you are jon", ""],
      ["Role [none]:", "\x03"],
    ]);
    const screen = await talk.ends(130);
    expect(screen).toContain(
      "  1  work  AKIA…JON0\n  2  old   AKIA…GONE\n  3  root  AKIA…ROOT\n  4  m     AKIA…MAL0\n",
    );
    expect(screen).not.toContain("TEMP");
  });

  test("named by the option", async () => {
    several();
    const { stderr, exitCode } = await run("--yes", "--dry-run", "--source-profile", "m");
    expect([exitCode, stderr.includes("source_profile = m\n")]).toEqual([0, true]);
    expect(stderr).toContain("MFA device: arn:aws:iam::111111111111:mfa/mallory\n");
  });

  test.for<readonly [title: string, given: () => readonly [string, string], ...expected: string[]]>(
    [
      [
        "none",
        () => ["", ""],
        "there are no access keys: none in ~/.aws/config or ~/.aws/credentials, none in the environment",
        "`aws configure`",
      ],
      [
        "temporary",
        () => [keysOf("default", person.world.jon.accessKeys[0], "aws_session_token = t\n"), ""],
        'profile "default" (~/.aws/credentials:2) gives temporary keys',
        "Who signs in with SSO needs no setup",
      ],
      [
        "of SSO",
        () => [
          "",
          "[profile s]\nsso_start_url = https://x.example.com\nsso_region = eu-west-1\nsso_account_id = 111111111111\nsso_role_name = r\n",
        ],
        'SSO of profile "s" (~/.aws/config:2) gives temporary keys',
      ],
      [
        "the root user's",
        () => [keysOf("default", person.world.people.root.accessKeys[0]), ""],
        "has the keys of the account's root user",
        "IAM console: Users, Create user",
      ],
      [
        "wrong ones",
        () => [
          keysOf("default", {
            accessKeyId: "AKIATESTTESTTESTJON0",
            secretAccessKey: "x".repeat(40),
            active: true,
          }),
          "",
        ],
        "does not belong to its access key id",
      ],
    ],
  )("%s: a clear line, and nothing is written", async ([, given, ...expected]) => {
    const [credentials, configured] = given();
    person.write(".aws/credentials", credentials);
    person.write(".aws/config", configured);
    const before = files();
    const { exitCode, stderr } = await run("--yes", "--no-login");
    expect(exitCode).toBe(1);
    for (const words of expected) expect(stderr).toContain(words);
    expect(stderr.split("\n")).toHaveLength(3);
    expect(files()).toEqual(before);
  });

  test("that a program prints", async () => {
    const [key] = person.world.jon.accessKeys;
    const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey } = key ?? {};
    person.write("keys.json", JSON.stringify({ Version: 1, AccessKeyId, SecretAccessKey }));
    person.write(".aws/credentials", "");
    person.write(
      ".aws/config",
      `[profile vault]\ncredential_process = cat ${person.path("keys.json")}\n`,
    );
    const { exitCode } = await run("--yes", "--role-arn", admin, "--token-code", person.code());
    expect(exitCode).toBe(0);
    expect(text(".aws/config")).toContain("source_profile = vault\n");
  });

  test("of China: a role's name is completed in its own partition", async () => {
    const mei = person.world.accounts.find(({ id }) => id === "333333333333")?.users[0];
    person.write(".aws/credentials", keysOf("default", mei?.accessKeys[0]));
    person.write(".aws/config", "[default]\nregion = cn-north-1\n");
    const serial = "arn:aws-cn:iam::333333333333:mfa/mei";
    const token = ["--token-code", person.sandbox.code(serial)];
    const { exitCode } = await run("--yes", "--role-arn", "kops-admin", ...token);
    expect(exitCode).toBe(0);
    expect(text(".aws/config")).toContain(
      `role_arn = arn:aws-cn:iam::333333333333:role/kops-admin\nsource_profile = default\nmfa_serial = ${serial}\nregion = cn-north-1\n`,
    );
  });

  test("in the environment alone", async () => {
    rmSync(person.path(".aws"), { recursive: true });
    const [key] = person.world.jon.accessKeys;
    const env = {
      ...environment(),
      ...{
        AWS_ACCESS_KEY_ID: key?.accessKeyId ?? "",
        AWS_SECRET_ACCESS_KEY: key?.secretAccessKey ?? "",
      },
    };
    const args = ["setup", "--yes", "--role-arn", admin, "--token-code", person.code()];
    expect((await person.run(args, { env })).exitCode).toBe(0);
    expect(text(".aws/config")).toBe(
      `[profile kops]\nrole_arn = ${admin}\ncredential_source = Environment\nmfa_serial = ${jon}\n`,
    );
    const { exitCode, stderr } = await person.run(["env", "kops", "--shell", "sh"], { env });
    expect([exitCode, stderr]).toEqual([0, ""]);
  });
});

describe("which device", () => {
  const rest: Answers = [
    ["Role [none]:", `${admin}\r`],
    ["Region [eu-west-1]:", enter],
    ["State store [none]:", enter],
    ["Cluster [none]:", enter],
    ["Use kops then? [Y/n]", "n\r"],
    ["Write this? [Y/n/c]", enter],
  ];

  test("of several, one is chosen", async () => {
    const secret = person.world.mallory.mfaDevices[0]?.secret ?? "";
    person.world.jon.mfaDevices.push(
      { serial: "arn:aws:iam::111111111111:u2f/user/jon/key-ABC", secret: "" },
      { serial: `${jon}-phone`, secret },
    );
    const talk = new Talk("--no-shell-startup");
    await talk.answer([
      ["Profile [kops]:", enter],
      ["MFA device [1]:", "3\r"],
      ["answer with a number from 1 to 2", ""],
      ["MFA device [1]:", "2\r"],
      ...rest,
      ["MFA code of jon-phone", () => `${person.sandbox.code(`${jon}-phone`)}\r`],
    ]);
    const screen = await talk.ends(0);
    expect(screen).toContain(`  1  ${jon}\n  2  ${jon}-phone\nMFA device`);
    expect(text(".aws/config")).toContain(`mfa_serial = ${jon}-phone\n`);
    expect(existsSync(person.path(settings))).toBe(false);
  });

  test("that may not be listed: asked for, with a likely one", async () => {
    person.world.jon.denyListMfaDevices = true;
    const talk = new Talk("--no-shell-startup");
    await talk.answer([
      ["Profile [kops]:", enter],
      [`MFA device [${jon}]:`, "arn:aws:iam::111111111111:user/jon\r"],
      ['that is the user; the device has ":mfa/" there', ""],
      [`MFA device [${jon}]:`, "arn:aws:iam::222222222222:mfa/jon\r"],
      ["that device is of another account", ""],
      [`MFA device [${jon}]:`, enter],
      ...rest,
      [codeOf, code],
    ]);
    await talk.ends(0);
    expect(text(".aws/config")).toContain(`mfa_serial = ${jon}\n`);
  });

  test.for([
    [[], "user jon has no MFA device"],
    [
      ["arn:aws:iam::111111111111:u2f/user/jon/key-ABC"],
      "user jon has only a security key or passkey",
    ],
  ] as const)("none that shows codes: %j", async ([serials, message]) => {
    const { mfaDevices } = person.world.jon;
    const [first] = mfaDevices;
    mfaDevices.splice(0, 1, ...serials.map((serial) => ({ serial, secret: "" })));
    const before = files();
    const { exitCode, stderr } = await run("--yes");
    if (first) mfaDevices.splice(0, mfaDevices.length, first);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).toContain('Users, jon, "Security credentials", "Assign MFA device"');
    expect(files()).toEqual(before);
  });
});

test("wrong answers are asked again, with one line why", async () => {
  const talk = new Talk();
  await talk.answer([
    ["Profile [kops]:", "my team\r"],
    ["a profile's name has letters", ""],
    ["Profile [kops]:", "default\r"],
    ['"default" is taken', ""],
    ["Profile [kops]:", "ko\x7f\x7fprod\r"],
    ["Role [none]:", "arn:aws:sts::222222222222:assumed-role/kops-admin/jon\r"],
    ["that is the ARN of a session", ""],
    ["Role [none]:", "arn:aws-cn:iam::333333333333:role/kops-admin\r"],
    ["worlds apart", ""],
    ["Role [none]:", "kops admin\r"],
    ["a role is its name, or an ARN like", ""],
    ["Role [none]:", "ops/kops-admin\r"],
    ["Region [eu-west-1]:", "Frankfurt\r"],
    ["a region looks like eu-west-1", ""],
    ["Region [eu-west-1]:", "cn-north-1\r"],
    ["in another partition", ""],
    ["Region [eu-west-1]:", "-\r"],
    ["State store [none]:", "clusters.example.com\r"],
    ["did you mean s3://clusters.example.com?", ""],
    ["State store [none]:", "gs://x\r"],
    ["a state store looks like", ""],
    ["State store [none]:", enter],
    ["Cluster [none]:", "one\r"],
    ["a full domain name", ""],
    ["Cluster [none]:", enter],
    ["Use prod then? [Y/n]", "perhaps\r"],
    ["answer y or n", ""],
    ["Use prod then? [Y/n]", "n\r"],
    ["Write this? [Y/n/c]", "w\r"],
    ["answer y, n or c", ""],
    ["Write this? [Y/n/c]", "n\r"],
  ]);
  const before = files();
  const screen = await talk.ends(1);
  expect(screen).toContain(
    `    [profile prod]\n    role_arn = arn:aws:iam::111111111111:role/ops/kops-admin\n    source_profile = default\n    mfa_serial = ${jon}\n\n`,
  );
  expect(screen).toContain("nothing was written");
  expect(files()).toEqual(before);
  expect(text(".aws/config")).toBe(config);
});

describe("a login that fails", () => {
  const wrong: Answers = firstTime.map(([prompt, keys]) =>
    prompt.startsWith("Role") ? [prompt, "kops-nobody\r"] : [prompt, keys],
  );

  test("writes nothing", async () => {
    const before = files();
    const talk = new Talk();
    await talk.answer([...wrong, ["Write it all the same? [y/N/c]", enter]]);
    const screen = await talk.ends(1);
    expect(screen).toContain("may not assume arn:aws:iam::111111111111:role/kops-nobody");
    expect(files()).toEqual(before);
  });

  test("writes if the person says so", async () => {
    const talk = new Talk("--no-shell-startup");
    await talk.answer([...wrong, ["Write it all the same? [y/N/c]", "y\r"]]);
    await talk.ends(0);
    expect(text(".aws/config")).toContain("role/kops-nobody\n");
  });

  test("leads back to the questions, with the answers so far, and wants no second code", async () => {
    const talk = new Talk("--no-shell-startup --role-arn kops-nobody");
    await talk.answer([
      ...wrong.filter(([prompt]) => !prompt.startsWith("Role")),
      ["Write it all the same? [y/N/c]", "c\r"],
      ["Profile [kops]:", enter],
      ["Role [arn:aws:iam::111111111111:role/kops-nobody]:", `${admin}\r`],
      ["Region [eu-west-1]:", enter],
      ["State store [s3://clusters.example.com]:", "-\r"],
      ["Cluster [one.example.com]:", enter],
      ["Use kops then? [Y/n]", "n\r"],
      ["Write this? [Y/n/c]", enter],
    ]);
    await talk.ends(0);
    expect(text(".aws/config")).toBe(profile);
    expect(text(settings)).toBe("[kops]\ncluster = one.example.com\n");
  });

  test("without questions it is the end", async () => {
    const before = files();
    const { exitCode, stderr } = await run(
      "--yes",
      "--role-arn",
      "kops-nobody",
      "--token-code",
      person.code(),
    );
    expect(exitCode).toBe(1);
    expect(stderr).toContain("may not assume");
    expect(files()).toEqual(before);
  });
});

describe("a profile that exists", () => {
  const odd = `# mine\r\n[default]\r\n  region=eu-west-1\r\n\r\n[profile kops]   ; theirs\r\nrole_arn = ${admin}x   # old\r\nsource_profile=default\r\nregion = eu-central-1\r\ns3 =\r\n  addressing_style = path\r\n# end`;

  test("is offered to be changed, and its lines are the answers", async () => {
    person.write(".aws/config", odd);
    const talk = new Talk("--no-shell-startup");
    await talk.answer([
      ["Profile [kops]:", enter],
      ["Change it? [y/N]", enter],
      ["Profile [kops]:", enter],
      ["Change it? [y/N]", "y\r"],
      [`Role [${admin}x]:`, `${admin}\r`],
      ["Region [eu-central-1]:", "-\r"],
      ["State store [none]:", enter],
      ["Cluster [none]:", enter],
      ["Use kops then? [Y/n]", "n\r"],
      ["Write this? [Y/n/c]", enter],
      [codeOf, code],
    ]);
    const screen = await talk.ends(0);
    expect(screen).toContain('Profile "kops" exists already (~/.aws/config:6)');
    expect(screen).toContain(
      `    [profile kops]\n    - role_arn = ${admin}x\n    + role_arn = ${admin}\n    + mfa_serial = ${jon}\n    - region = eu-central-1\n`,
    );
    expect(text(".aws/config")).toBe(
      odd
        .replace(`role_arn = ${admin}x   # old`, `# old\r\nrole_arn = ${admin}`)
        .replace("region = eu-central-1\r\n", "")
        .replace("path\r\n", `path\r\nmfa_serial=${jon}\r\n`),
    );
  });

  test("is not changed by a name that nobody gave", async () => {
    person.write(".aws/config", odd);
    const { exitCode, stderr } = await run("--yes");
    expect([exitCode, stderr]).toEqual([
      2,
      'kops-mfa: profile "kops" exists already (~/.aws/config:6)\n          --profile kops changes it; another name makes another profile.\n',
    ]);
    expect((await run("kops", "--yes", "--no-login", "--role-arn", admin)).exitCode).toBe(0);
  });

  test("with credentials of its own is not setup's", async () => {
    person.write(".aws/config", "[profile p]\ncredential_process = x\n");
    expect((await run("--yes", "-p", "p")).stderr).toContain(
      '--profile: profile "p" has credentials of its own (~/.aws/config:2 (credential_process))',
    );
  });

  test("with the access keys in it gives its name to another", async () => {
    person.write(".aws/credentials", keysOf("kops", person.world.jon.accessKeys[0]));
    const { exitCode } = await run("--yes", "--no-login", "--role-arn", admin);
    expect(exitCode).toBe(0);
    expect(text(".aws/config")).toContain(
      `[profile kops-mfa]\nrole_arn = ${admin}\nsource_profile = kops\n`,
    );
  });

  test("that another file overrules is refused", async () => {
    const credentials = text(".aws/credentials");
    person.write(".aws/credentials", `${credentials}\n[kops]\nrole_arn = ${admin}x\n`);
    const { exitCode, stderr } = await run("--yes", "-p", "kops", "--role-arn", admin);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      '~/.aws/credentials:6 (role_arn) would win over the role_arn of profile "kops"',
    );
    expect(text(".aws/config")).toBe(config);
  });

  test("that says it all is left as it is", async () => {
    expect((await run("--yes", "--no-login", "--role-arn", admin)).exitCode).toBe(0);
    const before = files();
    const { exitCode, stderr } = await run("kops", "--yes", "--no-login");
    expect(exitCode).toBe(0);
    expect(stderr).toContain('profile "kops" says all this already');
    expect(files()).toEqual(before);
  });
});

describe("without a terminal", () => {
  test.for([
    [[], "--profile"],
    [["-p", "kops"], "--role-arn"],
    [["-p", "kops", "--role-arn", admin], "--region"],
    [["-p", "kops", "--role-arn", admin, "--region", "-"], "--state-store"],
    [["-p", "kops", "--role-arn", admin, "--region", "-", "--state-store", "-"], "--cluster"],
  ] as const)("%j: the error names %s", async ([args, option]) => {
    const { exitCode, stderr } = await run(...args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`kops-mfa: ${option} is needed: there is no terminal to ask on\n`);
  });

  test("everything by options", async () => {
    const { exitCode, stdout, stderr } = await run(
      ...["--yes", "--profile", "kops", "--source-profile", "default", "--serial-number", jon],
      ...[
        "--role-arn",
        admin,
        "--region",
        "eu-west-1",
        "--state-store",
        "s3://clusters.example.com",
      ],
      ...["--cluster", "one.example.com", "--token-code", person.code()],
    );
    expect([exitCode, stdout]).toEqual([0, ""]);
    expect(stderr).toContain("it works: ");
    expect([text(".aws/config"), text(settings)]).toEqual([profile, own]);
  });

  test("or at one where nobody is to be asked", async () => {
    const talk = new Talk("", { KOPS_MFA_NO_PROMPT: "1" });
    expect(await talk.ends(2)).toContain("kops-mfa: --profile is needed");
  });

  test("a wrong option is an error, not a question", async () => {
    expect(await run("--yes", "--region", "Paris")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(
        "kops-mfa: --region: a region looks like eu-west-1\n",
      ) as string,
    });
  });

  test("no code is to be had", async () => {
    const before = files();
    const { exitCode, stderr } = await run("--yes", "--role-arn", admin);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("Give it with --token-code");
    expect(files()).toEqual(before);
  });

  test("--dry-run shows it and does nothing", async () => {
    const before = files();
    const { exitCode, stderr } = await run(
      "--yes",
      "--dry-run",
      "--role-arn",
      admin,
      "--shell-startup",
    );
    expect(exitCode).toBe(0);
    expect(stderr).toContain(`    [profile kops]\n    role_arn = ${admin}\n`);
    expect(files()).toEqual(before);
    expect(person.sandbox.requests.map(({ action }) => action)).toEqual([
      "GetCallerIdentity",
      "ListMFADevices",
    ]);
  });
});

describe("what others know already is offered", () => {
  test("the variables of the kops documentation, and kops's own file", async () => {
    person.write(".kops.yaml", 'KOPS_STATE_STORE: "s3://from-kops.example.com"\n');
    const env = {
      ...environment(),
      ...{ KOPS_MFA_ROLE_ARN: admin, KOPS_CLUSTER_NAME: "c.example.com", AWS_REGION: "eu-north-1" },
    };
    person.write(".aws/config", "");
    const { stderr } = await person.run(["setup", "--yes", "--no-login"], { env });
    expect(text(".aws/config")).toContain(`role_arn = ${admin}\n`);
    expect(text(".aws/config")).toContain("region = eu-north-1\n");
    expect(text(settings)).toContain(
      "[kops]\nstate_store = s3://from-kops.example.com\ncluster = c.example.com\n",
    );
    expect(stderr).not.toContain("wins over");
  });

  test("a variable that says something else is named in the end", async () => {
    const env = { ...environment(), KOPS_MFA_ROLE_ARN: admin };
    const args = ["setup", "--yes", "--role-arn", "-", "--token-code", person.code()];
    const { exitCode, stderr } = await person.run(args, { env });
    expect(exitCode).toBe(0);
    expect(stderr).toContain("it works: your own session");
    expect(stderr).toContain("KOPS_MFA_ROLE_ARN is set in this shell, and wins over the profile");
  });
});

describe("stopped", () => {
  const questions = firstTime.map((_, index) => firstTime.slice(0, index + 1));
  test.for(
    questions.flatMap((answers) => {
      const [prompt = ""] = answers.at(-1) ?? [];
      return [
        [prompt, "Ctrl-C", "\x03", 130, answers],
        [prompt, "Ctrl-D", "\x04", 1, answers],
      ] as const;
    }),
  )("at %s by %s, it leaves every file as it was", async ([, , key, exitCode, answers]) => {
    const before = files();
    const talk = new Talk();
    await talk.answer(answers.slice(0, -1));
    const [prompt = ""] = answers.at(-1) ?? [];
    await talk.answer([[prompt, key]]);
    // At the code Ctrl-D is a login that failed.
    if (prompt === codeOf && exitCode === 1) {
      await talk.answer([["Write it all the same? [y/N/c]", key]]);
    }
    await talk.ends(exitCode);
    expect(files()).toEqual(before);
  });

  test("after the profile is written, at the last question", async () => {
    const talk = new Talk();
    await talk.answer(firstTime);
    await talk.answer([["Add it? [y/N]", "\x03"]]);
    await talk.ends(130);
    expect([text(".aws/config"), text(settings)]).toEqual([profile, own]);
    expect(existsSync(person.path(".bashrc"))).toBe(false);
  });
});

test("killed while it writes, it leaves whole files, and no settings without their profile", async () => {
  const outcomes = new Set<string>();
  for (let round = 0; round < 8; round++) {
    person.write(".aws/config", config);
    rmSync(person.path(".config"), { recursive: true, force: true });
    const options = ["--yes", "--no-login", "--role-arn", admin, "--region", "eu-west-1"];
    const child = spawn(
      process.execPath,
      [
        program,
        "setup",
        ...options,
        "--state-store",
        "s3://clusters.example.com",
        "--cluster",
        "one.example.com",
      ],
      { env: environment(), stdio: "ignore" },
    );
    // The first sign of a write: the copy, the new text beside the old one, or the new text in its place.
    const watcher = watch(person.path(".aws"), () => {
      if (round < 4 || text(".aws/config") === profile) child.kill("SIGKILL");
    });
    await new Promise((resolve) => child.once("exit", resolve));
    watcher.close();
    const found = [text(".aws/config"), existsSync(person.path(settings)) ? text(settings) : ""];
    expect([
      [config, ""],
      [profile, ""],
      [profile, own],
    ]).toContainEqual(found);
    outcomes.add(found.join(""));
  }
  // It was in the middle at least once.
  expect(outcomes).not.toEqual(new Set([profile + own]));
});

describe("the files stay what they were", () => {
  const setUp = () => run("--yes", "--no-login", "--role-arn", admin);

  test("links, modes, and copies that are there", async () => {
    mkdirSync(person.path("dotfiles"));
    person.write("dotfiles/aws", config, 0o640);
    rmSync(person.path(".aws/config"));
    symlinkSync("../dotfiles/aws", person.path(".aws/config"));
    expect((await setUp()).exitCode).toBe(0);
    expect(lstatSync(person.path(".aws/config")).isSymbolicLink()).toBe(true);
    expect(text("dotfiles/aws")).toBe(profile);
    expect(statSync(person.path("dotfiles/aws")).mode & 0o777).toBe(0o640);
    expect(readdirSync(person.path("dotfiles"))).toEqual(["aws"]);
    const copies = () =>
      Object.keys(files()).filter((name) => name.startsWith(".aws/config.before-kops-mfa-"));
    for (const region of ["eu-west-2", "eu-west-3"]) {
      expect((await run("kops", "--yes", "--no-login", "--region", region)).exitCode).toBe(0);
    }
    expect(copies()).toHaveLength(3);
    expect(new Set(copies().map(text)).size).toBe(3);
  });

  test("AWS_CONFIG_FILE and KOPS_MFA_CONFIG, neither of them there", async () => {
    const env = {
      ...environment(),
      ...{ AWS_CONFIG_FILE: person.path("a/aws"), KOPS_MFA_CONFIG: person.path("b/own") },
    };
    const args = ["setup", "--yes", "--no-login", "--role-arn", admin, "--region", "eu-west-1"];
    expect((await person.run(args, { env })).exitCode).toBe(0);
    expect(text("a/aws")).toBe(profile.slice(config.length + 1));
    expect(text("b/own")).toBe("[defaults]\nprofile = kops\n");
    expect(text(".aws/config")).toBe(config);
  });

  test("bytes that are no UTF-8 are not guessed at", async () => {
    const latin = Buffer.concat([
      Buffer.from(`# f`),
      Buffer.from([0xfc]),
      Buffer.from(`r\n${config}`),
    ]);
    writeFileSync(person.path(".aws/config"), latin);
    const { exitCode, stderr } = await setUp();
    expect([exitCode, stderr]).toEqual([
      1,
      "kops-mfa: ~/.aws/config: is not UTF-8 text, and would not survive a change\n          Convert it first: iconv -f LATIN1 -t UTF-8 does where that is what it is.\n",
    ]);
    expect(readFileSync(person.path(".aws/config")).equals(latin)).toBe(true);
  });

  test.skipIf(process.getuid?.() === 0)(
    "a file that may not be written is found out before any question",
    async () => {
      person.write(".aws/config", config, 0o400);
      const { exitCode, stderr } = await run();
      expect(exitCode).toBe(1);
      expect(stderr).toContain("kops-mfa: ~/.aws/config: cannot be written (permission denied)\n");
    },
  );

  test("a device is no file to write", async () => {
    const env = { ...environment(), AWS_CONFIG_FILE: "/dev/null" };
    const { exitCode, stderr } = await person.run(["setup", "--yes"], { env });
    expect([exitCode, stderr]).toEqual([
      1,
      "kops-mfa: /dev/null: is not a regular file\n          Name a file (AWS_CONFIG_FILE, KOPS_MFA_CONFIG).\n",
    ]);
  });

  test("somebody else's change in the meantime is not undone", async () => {
    const talk = new Talk();
    await talk.answer(firstTime.slice(0, -1));
    await talk.asks(codeOf);
    person.write(".aws/config", `${config}output = json\n`);
    talk.terminal.type(code());
    const screen = await talk.ends(1);
    expect(screen).toContain("~/.aws/config: has changed since it was read; it was left as it is");
    expect(text(".aws/config")).toBe(`${config}output = json\n`);
    expect(existsSync(person.path(settings))).toBe(false);
  });
});

describe("the shell's start-up file", () => {
  const answers: Answers = [...firstTime, ["Add it? [y/N]", "y\r"]];
  const shells: readonly (readonly [TestShell, string, string])[] = [
    ["bash", ".bashrc", 'eval "$(kops-mfa init bash)"'],
    ["zsh", ".zshrc", 'eval "$(kops-mfa init zsh)"'],
    ["fish", ".config/fish/config.fish", "kops-mfa init fish | source"],
  ];
  const added = (line: string) =>
    `# kops-mfa: \`kops-mfa use PROFILE\` and \`kops-mfa off\` in this shell\n${line}\n`;

  describe.each(shells)("%s", (shell, file, line) => {
    describeShell(shell, () => {
      test("gets the line once, and the shell then knows `kops-mfa use`", async () => {
        const talk = new Talk("", {}, shell);
        await talk.answer(answers);
        const screen = await talk.ends(0);
        expect(screen).toContain(`  ${line}\nAdd it?`);
        expect(text(file)).toBe(added(line));
        const again = new Talk("kops --yes --no-login --shell-startup", {}, shell);
        expect(await again.ends(0)).not.toContain("line added");
        expect(text(file)).toBe(added(line));
        const own = new TestTerminal(
          findShell(shell) ?? "",
          ["-i", "-c", "kops-mfa use kops; echo profile=$KOPS_MFA_PROFILE"],
          environment(),
        );
        await own.ends();
        expect(own.screen).toContain("profile=kops\n");
      });
    });
  });

  test("keeps what is in it, its mode and its link", async () => {
    mkdirSync(person.path("dotfiles"));
    person.write("dotfiles/bashrc", "alias ll='ls -l'", 0o644);
    symlinkSync("dotfiles/bashrc", person.path(".bashrc"));
    const talk = new Talk("--yes --no-login --shell-startup");
    const screen = await talk.ends(0);
    expect(screen).toMatch(/~\/\.bashrc: line added; as it was: ~\/\.bashrc\.before-kops-mfa-/);
    expect(lstatSync(person.path(".bashrc")).isSymbolicLink()).toBe(true);
    expect(statSync(person.path("dotfiles/bashrc")).mode & 0o777).toBe(0o644);
    expect(text(".bashrc")).toBe(`alias ll='ls -l'\n\n${added('eval "$(kops-mfa init bash)"')}`);
  });

  test("is not asked about where it loads the integration already", async () => {
    person.write(
      ".bashrc",
      'command -v kops-mfa >/dev/null && eval "$(kops-mfa init bash --wrap kops)"\n',
    );
    const talk = new Talk();
    await talk.answer(firstTime);
    expect(await talk.ends(0)).not.toContain("Add it?");
  });

  test("is left alone where a new shell would not find the program", async () => {
    rmSync(person.path("bin/kops-mfa"));
    const script = `${process.execPath} ${program} setup --yes --no-login --shell-startup; true`;
    const terminal = new TestTerminal("bash", ["--norc", "-c", script], environment());
    await terminal.ends();
    symlinkSync(program, person.path("bin/kops-mfa"));
    expect(terminal.screen).toContain("kops-mfa is not on your PATH");
    expect(existsSync(person.path(".bashrc"))).toBe(false);
  });

  test("--yes alone does not touch it", async () => {
    await new Talk("--yes --no-login").ends(0);
    expect(existsSync(person.path(".bashrc"))).toBe(false);
  });
});
