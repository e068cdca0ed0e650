import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { kopsUser, kubeconfigOf } from "../support/kubeconfig/build.ts";
import { Person, program, runProgram, type Result } from "./person.ts";

const isRoot = process.getuid?.() === 0;
const [nobody, somebody] = [65_534, 65_533];

let person: Person;
beforeAll(async () => {
  person = await Person.arrive();
});
afterAll(() => person.leave());

/** The working directory: a repository of somebody else's, with a directory of the name `~`. */
const repository = () => person.path("repository");
const ran = () => existsSync(person.path("ran"));
beforeEach(() => {
  person.forget();
  mkdirSync(repository());
});
afterEach(() => {
  for (const name of ["repository", "ran", "own"]) {
    rmSync(person.path(name), { recursive: true, force: true });
  }
});

/** A file in the repository that everybody can write, and another user owns. */
function plant(name: string, text: string): void {
  const path = join(repository(), name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode: 0o666 });
  chmodSync(path, 0o666);
  if (isRoot) chownSync(path, nobody, nobody);
}

/** A file of this person's own. */
function own(name: string, text: string): string {
  const path = person.path(`own/${name}`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Runs the program in the repository; a variable that is undefined is unset. */
function run(words: readonly string[], env: Variables = {}): Promise<Result> {
  const all = Object.entries({ ...person.env, ...env });
  const set = all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  const script = 'cd "$1"; shift; exec "$@"';
  const rest = ["bash", repository(), process.execPath, program, ...words];
  return runProgram("bash", ["-c", script, ...rest], Object.fromEntries(set));
}

const role = "role_arn = arn:aws:iam::222222222222:role/kops-admin\n";
const settings = (command: string) =>
  `[prod]\n${role}mfa_serial = ${person.serial}\nmfa_process = ${command}\n`;
const commandIn = (command: string) => `[profile it]\ncredential_process = ${command}\n`;
const evil = () => `touch ${person.path("ran")}`;
const keys = (id: string) =>
  `printf '{"Version":1,"AccessKeyId":"${id}","SecretAccessKey":"x","SessionToken":"y","Expiration":"2999-01-01T00:00:00Z"}'`;
const env = ["env", "prod", "--shell", "sh"];

describe("a tilde that no shell has expanded is the home directory, and never a name in the working directory", () => {
  test("KOPS_MFA_CONFIG", async () => {
    plant("~/own/km.ini", settings(evil()));
    own("km.ini", settings(`echo ${person.code()}`));
    const { exitCode, stderr } = await run(env, { KOPS_MFA_CONFIG: "~/own/km.ini" });
    expect([exitCode, ran()], stderr).toEqual([0, false]);
    const { stdout } = await run(["explain", "prod"], { KOPS_MFA_CONFIG: "~/own/km.ini" });
    expect(stdout).toContain("~/own/km.ini:2 (role_arn)");
  });

  test("AWS_CONFIG_FILE", async () => {
    plant("~/own/aws", commandIn(evil()));
    own("aws", commandIn(keys("ASIAOWN")));
    const { stdout } = await run(["env", "it", "--shell", "sh"], { AWS_CONFIG_FILE: "~/own/aws" });
    expect([stdout.includes("ASIAOWN"), ran()]).toEqual([true, false]);
  });

  test("AWS_SHARED_CREDENTIALS_FILE", async () => {
    const section = (id: string) =>
      `[it]\naws_access_key_id = ${id}\naws_secret_access_key = x\nmfa_serial = ${person.serial}\n`;
    plant("~/own/keys", section("AKIAPLANTED"));
    own("keys", section("AKIAOWN"));
    const { stdout } = await run(["explain", "it"], { AWS_SHARED_CREDENTIALS_FILE: "~/own/keys" });
    expect(stdout).toContain("~/own/keys:2");
    expect(stdout).not.toContain("PLANTED");
  });

  test("XDG_CONFIG_HOME and XDG_CACHE_HOME", async () => {
    plant("~/own/kops-mfa/config.ini", settings(evil()));
    own("kops-mfa/config.ini", settings(`echo ${person.code()}`));
    const xdg = { XDG_CONFIG_HOME: "~/own", XDG_CACHE_HOME: "~/own/cache" };
    expect([(await run(env, xdg)).exitCode, ran()]).toEqual([0, false]);
    expect(existsSync(person.path("own/cache/kops-mfa"))).toBe(true);
    expect(readdirSync(join(repository(), "~/own"))).toEqual(["kops-mfa"]);
  });

  test("AWS_CA_BUNDLE, as the environment's and as a profile's", async () => {
    plant("~/own/ca.pem", "-----BEGIN CERTIFICATE-----\n");
    person.addProfile(
      `[profile bundle]\n${role}source_profile = default\nmfa_serial = ${person.serial}\nca_bundle = ~/own/ca.pem\n`,
    );
    const login = (profile: string, variables: Variables = {}) =>
      run(["login", profile, "--token-code", person.code()], variables);
    const runs = [() => login("prod", { AWS_CA_BUNDLE: "~/own/ca.pem" }), () => login("bundle")];
    for (const start of runs) {
      expect((await start()).stderr).toContain("AWS_CA_BUNDLE: ~/own/ca.pem cannot be read");
    }
    own("ca.pem", "-----BEGIN CERTIFICATE-----\n");
    for (const start of runs) expect((await start()).stderr).not.toContain("cannot be read");
  });

  test("AWS_WEB_IDENTITY_TOKEN_FILE and AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", async () => {
    plant("~/own/token", "planted");
    const nowhere = {
      AWS_CONFIG_FILE: "/nonexistent",
      AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
    };
    const sources = [
      { AWS_WEB_IDENTITY_TOKEN_FILE: "~/own/token", AWS_ROLE_ARN: "arn:aws:iam::1:role/x" },
      {
        AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: "~/own/token",
        AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:9/",
      },
    ];
    for (const source of sources) {
      const start = () => run(["env", "--shell", "sh"], { ...nowhere, ...source });
      const missing = "~/own/token cannot be read (no such file or directory)";
      expect((await start()).stderr).toContain(missing);
      own("token", "own");
      expect((await start()).stderr).not.toContain("cannot be read");
      rmSync(person.path("own/token"));
    }
  });

  test("kops's configuration file, where HOME is the working directory", async () => {
    for (const name of ["~/.kops.yaml", ".kops.yaml"]) {
      plant(name, "KOPS_STATE_STORE: s3://planted\n");
    }
    const { stdout } = await run(["doctor", "prod", "--offline"], {
      ...{ HOME: ".", AWS_CONFIG_FILE: person.path(".aws/config") },
    });
    expect(stdout).not.toContain("planted");
  });

  test("--kubeconfig=~/…; for KUBECONFIG kubectl does not expand it, and that is said", async () => {
    const text = kubeconfigOf(kopsUser());
    plant("~/own/kube", text);
    own("kube", text);
    const words = ["kubeconfig", "-p", "prod", "--yes"];
    expect(await run([...words, "--kubeconfig=~/own/kube"])).toMatchObject({ exitCode: 0 });
    expect(readFileSync(person.path("own/kube"), "utf8")).toContain("kops-mfa");
    expect(await run(words, { KUBECONFIG: "/nonexistent:~/own/kube" })).toMatchObject({
      exitCode: 1,
      stderr:
        'kops-mfa: KUBECONFIG: kubectl does not expand the ~ in "~/own/kube"\n' +
        "          Set KUBECONFIG to the whole path, such as $HOME/.kube/config in a shell.\n",
    });
    expect(readFileSync(join(repository(), "~/own/kube"), "utf8")).toBe(text);
  });
});

describe("setup writes a start-up file", () => {
  const setup = (shell: string, variables: Variables) =>
    run(
      [
        ...["setup", "--yes", "--no-login", "--shell-startup", "--profile", "new", "--region", "-"],
        ...["--role-arn", "kops-admin", "--serial-number", person.serial],
        ...["--state-store", "-", "--cluster", "-"],
      ],
      {
        ...{ KOPS_MFA_SHELL: shell, AWS_CONFIG_FILE: own("config", "") },
        ...variables,
      },
    );

  test("in the home directory for ZDOTDIR with a tilde, and nowhere for a relative one", async () => {
    expect((await setup("zsh", { ZDOTDIR: "~/own/zsh" })).stderr).toContain("~/own/zsh/.zshrc");
    expect(readFileSync(person.path("own/zsh/.zshrc"), "utf8")).toContain("kops-mfa init zsh");
    const { stderr } = await setup("zsh", { ZDOTDIR: "zsh" });
    expect(stderr).toContain(
      'kops-mfa: ZDOTDIR: "zsh" is not an absolute path\n' +
        "          Set ZDOTDIR to a path that begins with / or ~/, or unset it.\n",
    );
    expect(readdirSync(repository())).toEqual([]);
  });

  test("where XDG_CONFIG_HOME says, unless it is relative", async () => {
    await setup("fish", { XDG_CONFIG_HOME: "~/own/xdg" });
    expect(existsSync(person.path("own/xdg/fish/config.fish"))).toBe(true);
    await setup("fish", { XDG_CONFIG_HOME: "xdg" });
    expect(existsSync(person.path(".config/fish/config.fish"))).toBe(true);
    expect(readdirSync(repository())).toEqual([]);
  });
});

describe("a relative path", () => {
  test("in KOPS_MFA_CONFIG is refused by every command that reads the settings", async () => {
    plant("km.ini", settings(evil()));
    const variables = { KOPS_MFA_CONFIG: "km.ini" };
    for (const words of [env, ["status", "prod"], ["explain", "prod"], ["setup", "--yes"]]) {
      const { exitCode, stderr } = await run(words, variables);
      expect([exitCode, stderr]).toEqual([
        1,
        'kops-mfa: KOPS_MFA_CONFIG: "km.ini" is not an absolute path\n' +
          "          Set KOPS_MFA_CONFIG to a path that begins with / or ~/, or unset it.\n",
      ]);
    }
    const doctor = await run(["doctor", "prod", "--offline"], variables);
    expect(doctor.stdout).toContain('KOPS_MFA_CONFIG: "km.ini" is not an absolute path');
    const { stdout, stderr } = await run(["__profiles"], variables);
    expect([stdout.includes("prod"), stderr, ran()]).toEqual([true, "", false]);
  });

  test("in XDG_CONFIG_HOME or XDG_CACHE_HOME is as if it were not set", async () => {
    plant("xdg/kops-mfa/config.ini", settings(evil()));
    const xdg = { XDG_CONFIG_HOME: "xdg", XDG_CACHE_HOME: "xdg" };
    const { exitCode } = await run(["login", "prod", "--token-code", person.code()], xdg);
    expect([exitCode, ran(), person.sessionFiles().length]).toEqual([0, false, 2]);
    expect(readdirSync(join(repository(), "xdg/kops-mfa"))).toEqual(["config.ini"]);
  });

  test("in AWS_CONFIG_FILE is read, as by the AWS CLI, and its commands are run if it is one's own", async () => {
    plant("aws", commandIn(`${evil()}; ${keys("ASIAOWN")}`));
    const words = ["env", "it", "--shell", "sh"];
    const refused = await run(words, { AWS_CONFIG_FILE: "aws" });
    expect([refused.exitCode, ran()]).toEqual([1, false]);
    expect(refused.stderr).toContain("aws:2 (credential_process): ");
    const path = join(repository(), "aws");
    chmodSync(path, 0o600);
    if (isRoot) chownSync(path, 0, 0);
    expect((await run(words, { AWS_CONFIG_FILE: "aws" })).exitCode).toBe(0);
    expect(ran()).toBe(true);
  });
});

describe("without a home directory", () => {
  test.for([".", "~", "home"])("which a HOME of %s is not", async (HOME) => {
    plant("~/own/km.ini", settings(evil()));
    plant(`${HOME}/.config/kops-mfa/config.ini`, settings(evil()));
    plant("~/.aws/config", commandIn(evil()));
    const before = readdirSync(repository(), { recursive: true }).sort();
    const it = ["env", "it", "--shell", "sh"];
    for (const variables of [{ HOME }, { HOME, AWS_CONFIG_FILE: "~/.aws/config" }]) {
      const { exitCode, stderr } = await run(it, variables);
      expect([exitCode, stderr.split("\n")[0]]).toEqual([
        1,
        'kops-mfa: there is no profile "it" in ~/.aws/config (which does not exist) or ~/.aws/credentials (which does not exist)',
      ]);
      const { stdout } = await run(["doctor", "it", "--offline"], variables);
      expect(stdout).toContain('no profile "it"');
    }
    const settled = await run(env, { HOME, KOPS_MFA_CONFIG: "~/own/km.ini" });
    expect(settled).toMatchObject({
      exitCode: 1,
      stderr:
        'kops-mfa: KOPS_MFA_CONFIG: there is no home directory (HOME) for "~/own/km.ini"\n' +
        "          Set HOME, or KOPS_MFA_CONFIG to an absolute path.\n",
    });
    const written = await run(["init", "tcsh", "--output=~/own/init"], { HOME });
    expect(written).toMatchObject({
      exitCode: 1,
      stderr:
        "kops-mfa: ~/own/init: there is no home directory for the ~ in it\n" +
        "          Write the whole path, or ./~ for a name that begins with it.\n",
    });
    expect(readdirSync(repository(), { recursive: true }).sort()).toEqual(before);
    expect(ran()).toBe(false);
  });
});

describe("the owner of a command is that of the file that it was read from", () => {
  /** A profile whose keys come from a command that runs after everything is read, and before the code is asked for. */
  const swapping = (command: string) => {
    const base = `${command}; printf '{"Version":1,"AccessKeyId":"%s","SecretAccessKey":"%s"}' ${person.world.jon.accessKeys[0]?.accessKeyId ?? ""} ${person.world.jon.accessKeys[0]?.secretAccessKey ?? ""}`;
    const own_ = `[profile base]\ncredential_process = sh ${own("swap", base)}\n[profile it]\nsource_profile = base\n`;
    return { AWS_CONFIG_FILE: own("aws", own_), KOPS_MFA_CONFIG: person.path("own/shared/km.ini") };
  };
  const text = (command: string) => settings(command).replace("[prod]", "[it]");
  const words = ["env", "it", "--shell", "sh"];

  test.skipIf(!isRoot)("not of one that has taken its place since", async () => {
    const shared = own("shared/km.ini", text(`${evil()}; echo ${person.code()}`));
    chownSync(shared, nobody, nobody);
    const innocent = own("innocent", text("echo 123456"));
    const { exitCode, stderr } = await run(words, swapping(`mv ${innocent} ${shared}`));
    expect([exitCode, ran(), existsSync(innocent)], stderr).toEqual([1, false, false]);
    expect(stderr).toContain("the file belongs to somebody else, so the command in it is not run");
  });

  test.skipIf(!isRoot)("in a directory that others can write too", async () => {
    const shared = own("shared/km.ini", text(`${evil()}; echo ${person.code()}`));
    chmodSync(dirname(shared), 0o777);
    const planted = own("planted", text(`touch ${person.path("planted")}; echo 123456`));
    chownSync(planted, nobody, nobody);
    const { exitCode, stderr } = await run(words, swapping(`mv ${planted} ${shared}`));
    expect([exitCode, ran(), existsSync(person.path("planted"))], stderr).toEqual([0, true, false]);
    rmSync(person.path("ran"));
    person.forget();
    const again = await run(words, swapping("true"));
    expect([again.exitCode, ran()], again.stderr).toEqual([1, false]);
  });

  test.skipIf(!isRoot)(
    "also for an ordinary user, for whom root's file is as good as an own one",
    async () => {
      const home = mkdtempSync(join(tmpdir(), "kops-mfa-guest-"));
      chmodSync(home, 0o755);
      const config = join(home, "config");
      const as = [
        `--reuid=${nobody}`,
        `--regid=${nobody}`,
        "--clear-groups",
        process.execPath,
        program,
      ];
      const start = (uid: number, mode: number) => {
        writeFileSync(config, commandIn(keys("ASIAOWN")));
        chownSync(config, uid, uid);
        chmodSync(config, mode);
        const variables = { ...person.env, HOME: home, AWS_CONFIG_FILE: config };
        return runProgram("setpriv", [...as, ...words], variables);
      };
      for (const [uid, mode, exitCode] of [
        [nobody, 0o644, 0],
        [0, 0o644, 0],
        [somebody, 0o644, 1],
        [nobody, 0o664, 1],
        [0, 0o646, 1],
      ] as const) {
        const result = await start(uid, mode);
        expect([uid, mode, result.exitCode], result.stderr).toEqual([uid, mode, exitCode]);
      }
      rmSync(home, { recursive: true });
    },
  );
});
