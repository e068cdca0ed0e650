import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { AwsCli, skipWithoutAws } from "./aws-cli.ts";
import { showOwnProcesses } from "./own-processes.ts";
import { Person, program, runProgram } from "./person.ts";
import { installClient, readClient } from "./sdk-client.ts";
import { StandIn } from "./stand-in.ts";
import { TestTerminal } from "./terminal.ts";

let person: Person;
let tool: StandIn;
let kops: StandIn;
beforeAll(async () => {
  person = await Person.arrive();
  tool = new StandIn(person, "tool");
  kops = new StandIn(person, "kops");
  installClient(person);
});
afterAll(() => person.leave());
beforeEach(async () => {
  person.forget();
  tool.starts();
  await login();
});

const login = (...options: string[]) =>
  person.run(["login", "prod", "--token-code", person.code(), ...options]);
const serve = (...command: string[]) => ["exec", "--server", "prod", "--", ...command];
const admin = "arn:aws:sts::222222222222:assumed-role/kops-admin/jon";
const calls = (action: string) =>
  person.sandbox.requests.filter((request) => request.action === action).length;

describe("the child's environment", () => {
  test("has the endpoint, and nothing that the SDKs would prefer to it", async () => {
    const env = {
      AWS_ACCESS_KEY_ID: "AKIATESTTESTTESTOLD0",
      AWS_SECRET_ACCESS_KEY: "old",
      AWS_SESSION_TOKEN: "old",
      AWS_PROFILE: "staging",
      AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/other",
      KOPS_MFA_TOKEN_CODE: "",
    };
    const { exitCode, stderr } = await person.run(serve("tool", "--", "x"), { env });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const [start] = tool.starts();
    expect(start?.argv).toEqual(["--", "x"]);
    const own = Object.fromEntries(
      Object.entries(start?.env ?? {}).filter(([name]) => /^(AWS|KOPS)_/.test(name)),
    );
    const uri = own["AWS_CONTAINER_CREDENTIALS_FULL_URI"];
    expect(uri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/credentials$/);
    expect(own).toEqual({
      AWS_CONTAINER_CREDENTIALS_FULL_URI: uri,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: expect.stringMatching(/^[\w-]{43}$/) as string,
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      AWS_REGION: "eu-west-1",
      AWS_DEFAULT_REGION: "eu-west-1",
      KOPS_MFA_SET: "AWS_REGION=eu-west-1,AWS_DEFAULT_REGION=eu-west-1",
      AWS_ENDPOINT_URL_STS: person.sandbox.url,
      KOPS_MFA_SERVER: uri,
      KOPS_MFA_PROFILE: "prod",
      KOPS_MFA_PREVIOUS: expect.stringContaining("AWS_PROFILE=staging") as string,
    });
  });

  test("keeps what the files say about anything but credentials", async () => {
    const config = person.write(
      "settings-config",
      readFileSync(person.path(".aws/config"), "utf8")
        .replace("[default]\n", "[default]\nca_bundle = /etc/company.pem\nmax_attempts = 2\n")
        .replace("[profile prod]\n", "[profile prod]\nmax_attempts = 7\nservices = own\n")
        .concat("[services own]\ns3 =\n  endpoint_url = http://127.0.0.1:9\n"),
    );
    const env = { AWS_CONFIG_FILE: config, AWS_RETRY_MODE: "standard" };
    await person.run(serve("tool"), { env });
    expect(tool.starts()[0]?.env).toMatchObject({
      AWS_CA_BUNDLE: "/etc/company.pem",
      AWS_MAX_ATTEMPTS: "7",
      AWS_ENDPOINT_URL_S3: "http://127.0.0.1:9",
      AWS_RETRY_MODE: "standard",
      AWS_CONFIG_FILE: "/dev/null",
    });
  });

  test("shows no secret anywhere else", async () => {
    const show = `${showOwnProcesses}; echo "token=$AWS_CONTAINER_AUTHORIZATION_TOKEN" >"$HOME/token"`;
    const { stdout, stderr } = await person.run(serve("sh", "-c", show));
    expect(stdout).toContain("main.cjs exec");
    expect(stdout).toContain("ps -ww");
    const token = readFileSync(person.path("token"), "utf8").split("=")[1]?.trim() ?? "";
    expect(token).toHaveLength(43);
    expect(stdout + stderr).not.toContain(token);
    expect(stdout + stderr).not.toMatch(/ASIA|AKIA/);
  });
});

describe("what is nested", () => {
  test("starts from the person's own files", async () => {
    const nested = "kops-mfa status && kops-mfa exec staging -- tool";
    const { exitCode, stdout, stderr } = await person.run(serve("sh", "-c", nested));
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain("profile     prod\n");
    expect(stdout).toContain("this shell  carries it\n");
    const [start] = tool.starts();
    expect(start?.env).toMatchObject({ KOPS_MFA_PROFILE: "staging", AWS_REGION: "eu-central-1" });
    for (const name of ["AWS_CONFIG_FILE", "AWS_CONTAINER_CREDENTIALS_FULL_URI"]) {
      expect(start?.env).not.toHaveProperty(name);
    }
  });

  test("may be another endpoint", async () => {
    const { exitCode } = await person.run(serve("kops-mfa", ...serve("client", "0")));
    expect(exitCode).toBe(0);
    expect(calls("GetCallerIdentity")).toBe(1);
  });

  test("a shell takes a session of its own, and leaves everything", async () => {
    const config = person.write("own-config", readFileSync(person.path(".aws/config"), "utf8"));
    const script = `
      eval "$(kops-mfa env staging --shell sh)" && echo "in $KOPS_MFA_PROFILE $AWS_CONFIG_FILE $KOPS_MFA_SERVER."
      eval "$(kops-mfa env --unset --shell sh)" && env | grep -E "^(AWS|KOPS)_" | grep -v ENDPOINT`;
    const env = { AWS_CONFIG_FILE: config };
    const { stdout } = await person.run(serve("sh", "-c", script), { env });
    expect(stdout).toBe(`in staging ${config} .\nAWS_CONFIG_FILE=${config}\n`);
  });
});

describe("clients", () => {
  test("the AWS SDK for JavaScript goes over sessions that end, and is never refused", async () => {
    // Each really ends after 12 s; what is due at once is renewed every 5 s.
    person.sandbox.limitLife("assumed-role", 12);
    person.shortenSessions("AssumeRole", -1);
    const { stdout, stderr } = await person.run(serve("client", "24"));
    const seen = readClient(stdout);
    expect(seen.filter(({ arn }) => arn !== admin)).toEqual([]);
    expect(new Set(seen.map(({ key }) => key)).size).toBeGreaterThanOrEqual(4);
    expect(calls("GetSessionToken")).toBe(1);
    expect(stderr).toBe("");
  });

  test("ten at once", async () => {
    const ten = "for i in 1 2 3 4 5 6 7 8 9 10; do client 1 & done; wait";
    const seen = readClient((await person.run(serve("sh", "-c", ten))).stdout);
    expect(seen.length).toBeGreaterThanOrEqual(10);
    expect(new Set(seen.map(({ arn }) => arn))).toEqual(new Set([admin]));
  });

  test.skipIf(skipWithoutAws)("the AWS CLI, in spite of the keys in [default]", async () => {
    person.sandbox.limitLife("assumed-role", 12);
    person.shortenSessions("AssumeRole", -1);
    const { env } = new AwsCli(person);
    const whoAmI = "aws sts get-caller-identity --query Arn --output text";
    const script = `PATH=/usr/bin:$PATH; for i in 1 2 3 4 5 6; do ${whoAmI} || exit; sleep 2; done`;
    const result = await runProgram(process.execPath, [program, ...serve("sh", "-c", script)], {
      ...person.env,
      AWS_DATA_PATH: env["AWS_DATA_PATH"] ?? "",
      AWS_EC2_METADATA_DISABLED: "true",
    });
    expect(result).toEqual({ exitCode: 0, stdout: `${admin}\n`.repeat(6), stderr: "" });
    expect(calls("AssumeRole")).toBeGreaterThanOrEqual(4);
  });

  test("where nothing is kept, the process remembers the MFA session itself", async () => {
    person.forget();
    person.sandbox.limitLife("assumed-role", 12);
    const env = { KOPS_MFA_CACHE: "none", KOPS_MFA_TOKEN_CODE: person.code() };
    const { stdout, stderr } = await person.run(serve("client", "8"), { env });
    expect(new Set(readClient(stdout).map(({ key }) => key)).size).toBeGreaterThanOrEqual(2);
    expect([stderr, calls("GetSessionToken")]).toEqual(["", 1]);
  });
});

describe("when only a code renews it", () => {
  const question = "MFA code of jon (111111111111) for role kops-admin (222222222222):";
  const why =
    /kops-mfa: (client|tool|sh|bash) is still running, and its session ends in \d+ (?:min|s): a code renews it/;

  /** The session ends soon, and what it was made with is over. */
  function lastMinutes(): void {
    person.sandbox.forgetCodes();
    rmSync(person.path(".cache/kops-mfa/arn-aws-iam--111111111111-mfa-jon.code"), { force: true });
    person.shortenSessions("AssumeRole", 6 * 60);
    person.shortenSessions("GetSessionToken", -1);
  }

  test("it is asked for on the terminal while the child runs, with the reason", async () => {
    lastMinutes();
    const terminal = new TestTerminal("kops-mfa", serve("client", "6"), person.env);
    await terminal.shows(question);
    expect(terminal.screen).toMatch(why);
    terminal.type(`${person.code()}\r`);
    await terminal.shows("kops-mfa: the session is renewed: ");
    expect(await terminal.ends()).toBe(0);
    const seen = readClient(terminal.screen);
    expect(new Set(seen.map(({ arn }) => arn))).toEqual(new Set([admin]));
    expect(terminal.screen).not.toContain(person.code());
    expect(terminal.screen.split(question)).toHaveLength(2);
  });

  test("in an interactive shell, which has the terminal, it is not asked for, and nothing stops", async () => {
    lastMinutes();
    const bash = serve("bash", "--norc", "--noprofile", "-i");
    const terminal = new TestTerminal("kops-mfa", bash, { ...person.env, PS1: "[in]$ " });
    await terminal.shows("[in]$");
    await terminal.shows("kops-mfa is not in front of its terminal, and cannot ask there");
    expect(terminal.screen).not.toContain(question);
    terminal.type(`client 0; kops-mfa login prod --min-ttl 30m --token-code ${person.code()}\r`);
    await terminal.shows(admin);
    await terminal.shows("kops-mfa: the session is renewed: ");
    terminal.type("exit\r");
    expect(await terminal.ends()).toBe(0);
  });

  test("a program that gives codes is asked instead", async () => {
    lastMinutes();
    const own = person.write("codes.ini", `[prod]\nmfa_process = echo ${person.code()}\n`);
    const env = { KOPS_MFA_CONFIG: own };
    const { stdout, stderr } = await person.run(serve("client", "3"), { env });
    expect(stderr).toMatch(why);
    expect(stderr).toContain("kops-mfa: the session is renewed: ");
    expect(readClient(stdout).at(-1)).toMatchObject({ arn: admin });
    expect(calls("GetSessionToken")).toBe(2);
  });

  test("a login in another terminal ends the question", async () => {
    lastMinutes();
    const terminal = new TestTerminal("kops-mfa", serve("client", "15"), person.env);
    await terminal.shows(question);
    expect((await login("--min-ttl", "30m")).exitCode).toBe(0);
    await terminal.shows("kops-mfa: the session is renewed: ");
    terminal.kill();
  });

  test("Ctrl-C ends the question and leaves the child alone; the next one is the child's", async () => {
    lastMinutes();
    const env = { ...person.env, STAND_IN: "wait:SIGINT" };
    const terminal = new TestTerminal("kops-mfa", serve("tool"), env);
    await terminal.shows(question);
    await terminal.shows("waiting");
    terminal.type("\x03");
    await terminal.shows("kops-mfa: Ctrl-C now goes to tool");
    expect(terminal.screen).toContain(
      "kops-mfa login prod --min-ttl 30m in another terminal renews it",
    );
    expect(terminal.screen).not.toContain("got SIGINT");
    terminal.type("\x03");
    await terminal.shows("got SIGINT");
    await terminal.ends();
  });

  test("SIGTERM at the question reaches the child once", async () => {
    lastMinutes();
    const env = { ...person.env, STAND_IN: "wait:SIGTERM" };
    const terminal = new TestTerminal("kops-mfa", serve("tool"), env);
    await terminal.shows(question);
    await terminal.shows("waiting");
    process.kill(tool.starts()[0]!.ppid, "SIGTERM");
    await terminal.shows("got SIGTERM");
    expect(await terminal.ends()).toBe(9);
    expect(terminal.screen.split("got SIGTERM")).toHaveLength(2);
  });

  test("the question ends with the child, and the terminal echoes again", async () => {
    lastMinutes();
    const line = "kops-mfa exec --server prod -- sleep 2; stty -a | grep -c ' echo '; echo done";
    const terminal = new TestTerminal("bash", ["--norc", "--noprofile", "-c", line], person.env);
    await terminal.shows(question);
    expect(await terminal.ends()).toBe(0);
    expect(terminal.screen).toMatch(/\n1\ndone\n$/);
  });

  test("with nobody to ask, the words say what to do, and the SDK says them in the end", async () => {
    lastMinutes();
    person.shortenSessions("AssumeRole", 5 * 60 + 4);
    const clock = person.write(
      "later.cjs",
      // The person's clock runs ahead, as after a laptop's sleep: the session is over, the tests' own time is not.
      `const now = Date.now; const at = now(); Date.now = () => now() + (now() - at > 3000 ? 3600000 : 0);`,
    );
    const show = `sleep 4; node -e '
      const { AWS_CONTAINER_CREDENTIALS_FULL_URI: uri, AWS_CONTAINER_AUTHORIZATION_TOKEN: authorization } = process.env;
      fetch(uri, { headers: { authorization } }).then(async (r) => console.log(r.status, await r.text()))'`;
    const { stdout, stderr } = await runProgram(
      process.execPath,
      ["--require", clock, program, ...serve("sh", "-c", show)],
      person.env,
    );
    expect(stderr).toMatch(why);
    expect(stderr).toContain(
      `is not renewed: there is no terminal to ask for the code of ${person.serial} on\n          kops-mfa login prod --min-ttl 30m in another terminal renews it\n`,
    );
    expect(stdout).toMatch(
      /^503 \{"code":"SessionUnavailable","message":"the session of kops-mfa expired 5\d min ago, and only an MFA code renews it: run \\"kops-mfa login prod --min-ttl 30m\\" in a terminal, then try again"\}\n$/,
    );
  });
});

describe("the end", () => {
  const port = (uri: string) => Number(new URL(uri).port);
  const isOpen = (uri: string) =>
    new Promise<boolean>((resolve) => {
      const socket = connect(port(uri), "127.0.0.1", () => {
        socket.destroy();
        resolve(true);
      });
      socket.on("error", () => resolve(false));
    });

  /** A run that waits: where its endpoint is, and the process numbers. */
  async function running() {
    const env = { ...person.env, STAND_IN: "wait:SIGTERM" };
    const child = spawn(process.execPath, [program, ...serve("tool")], {
      env,
      detached: true,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = new Promise<number | string | null>((resolve) =>
      child.on("exit", (exitCode, signal) => resolve(exitCode ?? signal)),
    );
    await new Promise((resolve) => child.stdout.once("data", resolve));
    const [start] = tool.starts();
    const uri = start?.env["AWS_CONTAINER_CREDENTIALS_FULL_URI"] ?? "";
    expect(await isOpen(uri)).toBe(true);
    onTestFinished(() => kill(start!.pid, "SIGKILL"));
    return { parent: start!.ppid, tool: start!.pid, uri, ended };
  }

  function kill(pid: number, signal: NodeJS.Signals): void {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }

  test("the child killed: the port is closed, and this process ends as it did", async () => {
    const { tool: pid, uri, ended } = await running();
    kill(pid, "SIGKILL");
    expect(await ended).toBe(137);
    expect(await isOpen(uri)).toBe(false);
  });

  test("SIGTERM goes to the child, whose end is the end", async () => {
    const { parent, uri, ended } = await running();
    kill(parent, "SIGTERM");
    expect(await ended).toBe(9);
    expect(await isOpen(uri)).toBe(false);
  });

  test("killed without a word, the port is closed too", async () => {
    const { parent, uri, ended } = await running();
    kill(parent, "SIGKILL");
    expect(await ended).toBe("SIGKILL");
    expect(await isOpen(uri)).toBe(false);
  });

  test("Ctrl-C at the keyboard reaches the child once, and leaves nothing", async () => {
    const env = { ...person.env, STAND_IN: "wait:SIGINT" };
    const terminal = new TestTerminal("kops-mfa", serve("tool"), env);
    await terminal.shows("waiting");
    const uri = tool.starts()[0]?.env["AWS_CONTAINER_CREDENTIALS_FULL_URI"] ?? "";
    terminal.type("\x03");
    await terminal.ends();
    expect(terminal.screen.split("got SIGINT")).toHaveLength(2);
    expect(await isOpen(uri)).toBe(false);
  });

  test("a program that cannot be started", async () => {
    const file = person.write("broken", "#!/nowhere/interpreter\n", 0o700);
    const { exitCode, stderr } = await person.run(serve(file));
    expect(exitCode).toBe(126);
    expect(stderr).toContain("could not be started");
  });
});

describe("kops", () => {
  const roll = ["rolling-update", "cluster", "--yes"];
  const prod = { AWS_PROFILE: "prod" };

  async function startOf(args: readonly string[], env: Record<string, string> = prod) {
    kops.starts();
    const { exitCode, stderr } = await person.run(args, { env });
    expect(exitCode, stderr).toBe(0);
    const [start] = kops.starts();
    return { stderr, argv: start?.argv, isServed: start?.env["KOPS_MFA_SERVER"] !== undefined };
  }

  test.each<readonly [title: string, args: readonly string[], isServed: boolean]>([
    ["a run of hours is served by itself", roll, true],
    ["a dry run is not", ["rolling-update", "cluster"], false],
    ["one that fits into the session is not", ["update", "cluster", "--yes"], false],
    ["a wait of hours", ["validate", "cluster", "--wait", "3h"], true],
    ["a word is enough", ["--server", "get", "clusters"], true],
    ["and a word against it", ["--no-server", ...roll], false],
  ])("%s: %j", async (_, args, isServed) => {
    const start = await startOf(args);
    expect(start.isServed).toBe(isServed);
    expect(start.argv).toEqual(
      args.filter((word) => !word.endsWith("-server") && word !== "--server"),
    );
    const isLong =
      args.includes("3h") || (args.includes("rolling-update") && args.includes("--yes"));
    const said =
      /may take 3 h, and this session ends in 59 min(; it is renewed meanwhile)?\n$/.exec(
        start.stderr,
      );
    expect([said !== null, said?.[1] !== undefined]).toEqual([isLong, isLong && isServed]);
  });

  test("a role for twelve hours is enough as it is", async () => {
    person.forget();
    const long = { ...prod, KOPS_MFA_DURATION: "12h", KOPS_MFA_TOKEN_CODE: person.code() };
    expect(await startOf(roll, long)).toMatchObject({ isServed: false, stderr: "" });
  });

  test("where a renewal needs a code and nobody is to be asked, there is nothing to serve", async () => {
    person.forget();
    const once = { KOPS_MFA_NO_SESSION: "1", KOPS_MFA_NO_PROMPT: "1" };
    const env = { ...prod, ...once, KOPS_MFA_TOKEN_CODE: person.code() };
    const start = await startOf(roll, env);
    expect(start.isServed).toBe(false);
    expect(start.stderr).toMatch(/may take 3 h, and this session ends in/);
  });

  test("Tab and help are never served", async () => {
    expect((await startOf(["--server", "version"])).isServed).toBe(false);
  });
});
