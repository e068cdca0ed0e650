import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { findShell, shellArguments } from "../support/shells.ts";
import { MovedClock } from "./moved-clock.ts";
import { Person, program, runProgram } from "./person.ts";
import { skipWithoutStrace } from "./traced-run.ts";

let person: Person;
beforeAll(async () => {
  person = await Person.arrive();
});
afterAll(() => person.leave());
beforeEach(() => person.forget());

const login = () => person.run(["login", "prod", "--token-code", person.code()]);

describe("a stolen laptop", () => {
  test("what is kept of a day that is over opens nothing without a code", async () => {
    const clock = new MovedClock(person);
    await login();
    clock.advance(12 * 3_600_000);
    const { exitCode, stdout, stderr } = await person.run(["env", "prod", "--shell", "sh"], {
      env: clock.env,
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "false;\n" });
    expect(stderr).toContain("there is no terminal to ask");
  });
});

describe("another user of the machine", () => {
  const nobody = 65_534;
  const isRoot = process.getuid?.() === 0;

  test.skipIf(!isRoot && process.env["KOPS_MFA_REQUIRE_ALL"] !== "1")(
    "can neither list the sessions nor read one, even where the home directory is open",
    async () => {
      process.umask(0);
      onTestFinished(() => void process.umask(0o022));
      await login();
      chmodSync(person.home, 0o755);
      onTestFinished(() => chmodSync(person.home, 0o700));
      const directory = person.path(".cache/kops-mfa");
      const [file = ""] = person.sessionFiles();
      const as = (uid: number, ...words: readonly string[]) => {
        const [command = "", ...args] = words;
        return spawnSync(command, args, { uid, gid: uid, encoding: "utf8" });
      };
      expect(as(0, "cat", file).stdout).toContain("sessionToken");
      expect(as(nobody, "ls", person.home).stdout).toContain("bin");
      expect(as(nobody, "ls", directory)).toMatchObject({ stdout: "", status: 2 });
      expect(as(nobody, "cat", file)).toMatchObject({ stdout: "", status: 1 });
      chmodSync(directory, 0o755);
      expect(as(nobody, "cat", file)).toMatchObject({ stdout: "", status: 1 });
    },
  );
});

describe.skipIf(skipWithoutStrace)("a malicious repository", () => {
  test("nothing in the working directory is read or run", async () => {
    await login();
    const repository = person.path("repository");
    onTestFinished(() => rmSync(repository, { recursive: true }));
    const trap = "#!/bin/sh\ntouch $HOME/pwned\n";
    const files = {
      ".aws/config": "[profile prod]\ncredential_process = touch pwned\n",
      ".env": "KOPS_MFA_ROLE_ARN=arn:aws:iam::666666666666:role/evil\n",
      ".kops.yaml": "kops_state_store: s3://evil\n",
      "config.ini": "[prod]\nmfa_process = touch pwned\n",
      "node_modules/@napi-rs/keyring/index.js": "process.exit(66)",
      "node_modules/@napi-rs/keyring/package.json": '{"name":"@napi-rs/keyring"}',
      "package.json": '{"type":"module"}',
      kops: trap,
      ps: trap,
      sh: trap,
    };
    for (const [name, text] of Object.entries(files)) {
      const path = join(repository, name);
      mkdirSync(join(path, ".."), { recursive: true });
      writeFileSync(path, text, { mode: 0o755 });
    }
    const traced = `cd ${repository} && exec strace -f -qq --seccomp-bpf -s 4096 -e trace=%file,execve -o ${person.path("trace")}`;
    const runs = [
      ["env prod --shell sh", 0],
      ["status prod", 0],
      ["exec prod -- true", 0],
      ["doctor prod --offline", 1],
      ["explain prod", 0],
      ["__profiles", 0],
      ["logout", 0],
      // Without D-Bus.
      ["status prod", 1, "keyring"],
    ] as const;
    for (const [words, exitCode, cache = "files"] of runs) {
      const script = `${traced} ${process.execPath} ${program} ${words}`;
      const env = { ...person.env, KOPS_MFA_SHELL: "bash", KOPS_MFA_CACHE: cache };
      const result = await runProgram("/bin/sh", ["-c", script], env);
      expect(result, result.stderr).toMatchObject({ exitCode });
      const calls = readFileSync(person.path("trace"), "utf8").split("\n");
      expect(calls.length).toBeGreaterThan(20);
      const inside = calls.filter((call) => isInside(call, repository));
      expect([words, inside]).toEqual([words, []]);
    }
  });

  /** Whether a call of the kernel names a file in that directory, or one by a relative path. */
  function isInside(call: string, directory: string): boolean {
    if (/\bgetcwd\(/.test(call)) return false;
    // An empty path is a file that is open.
    const [, path = "/"] = /"((?:[^"\\]|\\.)+)"/.exec(call) ?? [];
    return path.startsWith(directory) || !path.startsWith("/");
  }
});

describe("a compromised STS, or a proxy in front of it", () => {
  test("a proxy sees the code and the sessions, but no secret key that lasts", async () => {
    let seen = "";
    const proxy = createServer((message, response) => {
      const { method, url, headers } = message;
      const forward = httpRequest(
        person.sandbox.url + (url ?? ""),
        { method, headers },
        (answer) => {
          response.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(response);
        },
      );
      seen += `${method ?? ""} ${url ?? ""}\n${JSON.stringify(headers)}\n`;
      message.on("data", (part: Buffer) => (seen += part.toString()));
      message.pipe(forward);
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void proxy.close());
    const { port } = proxy.address() as AddressInfo;
    const code = person.code();
    const { exitCode } = await person.run(["login", "prod", "--token-code", code], {
      env: { AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${port}` },
    });
    expect(exitCode).toBe(0);
    expect(seen).toContain(`TokenCode=${code}`);
    expect(seen).toContain("x-amz-security-token");
    const { secretAccessKey = "" } = person.world.jon.accessKeys[0] ?? {};
    expect(secretAccessKey).toHaveLength(40);
    for (const text of [
      secretAccessKey,
      encodeURIComponent(secretAccessKey),
      btoa(secretAccessKey),
    ]) {
      expect(seen).not.toContain(text);
    }
  });

  const hostile = `'; touch PWNED; '$(touch PWNED)\`touch PWNED\`"; touch PWNED; "\ntouch PWNED\n`;

  test.for(["bash", "fish"] as const)(
    "what it calls a session cannot run in a shell, and is never taken from a file: %s",
    async (shell, { skip }) => {
      const file = findShell(shell);
      if (file === null) return skip(`no ${shell}`);
      const pwned = person.path("pwned");
      const text = hostile.replaceAll("PWNED", pwned);
      person.sandbox.fault({ kind: "body", body: answerOf(text) });
      const evaluation =
        shell === "fish" ? "kops-mfa env me | source" : 'eval "$(kops-mfa env me)"';
      const script = `${evaluation}; printf %s "$AWS_SESSION_TOKEN"`;
      const env = { ...person.env, KOPS_MFA_TOKEN_CODE: person.code() };
      const { stdout, stderr } = await runProgram(file, shellArguments(shell, script), env);
      // It is none of AWS's, and refused; a shell that evaluated it would have it, and the file.
      expect(stdout).toBe("");
      expect(stderr).toContain("is not STS");
      expect(existsSync(pwned)).toBe(false);
      const again = await person.run(["env", "me", "--shell", "sh"]);
      expect([again.exitCode, again.stdout]).toEqual([1, "false;\n"]);
    },
  );

  test("its words cannot control the terminal", async () => {
    const words = "&#x1b;]0;title&#x7; &#x202e;you are logged in";
    const error = `<Error><Type>Sender</Type><Code>Odd</Code><Message>${words}</Message></Error>`;
    person.sandbox.fault({
      kind: "body",
      body: `<ErrorResponse>${error}</ErrorResponse>`,
      status: 400,
    });
    const { exitCode, stderr } = await login();
    expect(exitCode).toBe(1);
    expect(stderr).toContain("you are logged in");
    expect(stderr.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

function answerOf(text: string): string {
  const [escaped, expiration] = [
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;"),
    new Date(Date.now() + 3_600_000).toISOString(),
  ];
  const credentials = `<AccessKeyId>ASIATESTTESTTESTTEST</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>${escaped}</SessionToken><Expiration>${expiration}</Expiration>`;
  return `<GetSessionTokenResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetSessionTokenResult><Credentials>${credentials}</Credentials></GetSessionTokenResult></GetSessionTokenResponse>`;
}
