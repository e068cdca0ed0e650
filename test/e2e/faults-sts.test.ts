import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { serve } from "../sandbox/serve.ts";
import { Person } from "./person.ts";

let person: Person;
beforeAll(async () => {
  person = await Person.arrive();
});
afterAll(() => person.leave());
beforeEach(() => person.forget());

const me = (env: Readonly<Record<string, string>> = {}) =>
  person.run(["env", "me", "--shell", "sh", "--token-code", person.code()], { env });

/** What the failed call said: the line, and the cure beneath it. */
function lines({ exitCode, stdout, stderr }: Awaited<ReturnType<typeof me>>) {
  expect([exitCode, stdout]).toEqual([1, "false;\n"]);
  const [what = "", cure = "", ...more] = stderr.trimEnd().split("\n");
  expect([/^ {10}\S/.test(cure), more]).toEqual([true, []]);
  return what.replace("kops-mfa: ", "");
}

function answer(accessKeyId: string, secret: string, token: string): string {
  const credentials = `<AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secret}</SecretAccessKey><SessionToken>${token}</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>`;
  return `<GetSessionTokenResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetSessionTokenResult><Credentials>${credentials}</Credentials></GetSessionTokenResult></GetSessionTokenResponse>`;
}

describe("an answer", () => {
  test("without an end is cut off long before the time is over", async () => {
    let sent = 0;
    const chunk = Buffer.alloc(65_536, "a");
    const url = await serve((_, response) => {
      response.writeHead(200, { "content-type": "text/xml" });
      const send = () => {
        if (response.destroyed) return;
        sent += chunk.length;
        if (response.write(chunk)) setImmediate(send);
        else response.once("drain", send);
      };
      send();
    });
    const start = Date.now();
    expect(lines(await me({ AWS_ENDPOINT_URL_STS: url }))).toMatch(
      /^what answered at 127\.0\.0\.1:\d+ is not STS \(HTTP 200\)$/,
    );
    expect(Date.now() - start).toBeLessThan(15_000);
    // What is on its way lies in the kernel's buffers.
    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });

  test("that comes drop by drop, for ever, has as long as any", async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { "content-type": "text/xml" });
      const timer = setInterval(() => response.write(" "), 100);
      response.on("close", () => clearInterval(timer));
    });
    const result = await me({ AWS_ENDPOINT_URL_STS: url, KOPS_MFA_TIMEOUT: "1" });
    expect(lines(result)).toMatch(/^STS \(127\.0\.0\.1:\d+\) did not answer in time$/);
  });

  test("that breaks off", async () => {
    person.sandbox.fault({ kind: "body", body: "<GetSessionTokenResponse>", truncated: true });
    expect(lines(await me())).toMatch(/^what answered at .* is not STS \(HTTP 200\)$/);
  });

  test("of the wrong type is read all the same, for what it says is what counts", async () => {
    const body = answer("ASIATESTTESTTESTTEST", "secret", "token");
    person.sandbox.fault({ kind: "body", body, contentType: "image/png" });
    const { exitCode, stdout } = await me();
    expect(exitCode).toBe(0);
    expect(stdout).toContain("AWS_SESSION_TOKEN='token'");
  });

  test.for([
    ["a newline", "a&#10;touch x"],
    ["a carriage return", "a&#13;b"],
    ["an escape sequence", "a&#27;[31m"],
    ["quotes", `a'b"c`],
    ["a command", "$(reboot)"],
    ["NUL", "a\0b"],
    ["a space", "a b"],
    ["more than any key has", "a".repeat(20_000)],
  ])("with %s in a key is not STS's: nothing is printed, nothing is kept", async ([, bad = ""]) => {
    person.sandbox.fault({ kind: "body", body: answer("ASIATEST", "secret", bad) });
    expect(lines(await me())).toMatch(/^what answered at .* is not STS \(HTTP 200\)$/);
    expect(person.sessionFiles()).toEqual([]);
  });

  test("that STS is too busy, again and again, is asked for three times, and no more", async () => {
    const busy = { kind: "status", status: 503, retryAfterSeconds: 0 } as const;
    person.sandbox.fault(busy, busy, busy, busy);
    expect(lines(await me())).toMatch(/^STS answered GetSessionToken with ServiceUnavailable/);
    expect(person.sandbox.requests).toHaveLength(3);
    person.forget();
    const tooMany = { kind: "status", status: 429, retryAfterSeconds: 0 } as const;
    person.sandbox.fault(tooMany, tooMany, tooMany, tooMany);
    expect(lines(await me())).toBe("STS has had too many requests from this account");
    expect(person.sandbox.requests).toHaveLength(3);
  });
});

test("a code that could not be sent is good for the next try", async () => {
  const code = ["--token-code", person.code()];
  const AWS_ENDPOINT_URL_STS = "http://127.0.0.1:9";
  const first = await person.run(["login", "me", ...code], { env: { AWS_ENDPOINT_URL_STS } });
  expect(first.stderr).toContain("cannot be reached: nothing answers there");
  expect(await person.run(["login", "me", ...code])).toMatchObject({ exitCode: 0 });
});

test("an endpoint that has IPv6 only", async () => {
  const body = answer("ASIATESTTESTTESTTEST", "secret", "token");
  const url = await serve((request, response) => {
    request.resume().on("end", () => response.setHeader("content-type", "text/xml").end(body));
  }, "::1");
  expect(await me({ AWS_ENDPOINT_URL_STS: url })).toMatchObject({ exitCode: 0, stderr: "" });
  const gone = await me({
    AWS_ENDPOINT_URL_STS: "http://[::1]:9",
    XDG_CACHE_HOME: "/dev/null/nowhere",
  });
  expect(gone.stderr).toContain("STS ([::1]:9) cannot be reached: nothing answers there");
});
