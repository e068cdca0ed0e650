import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readDocument } from "../support/docs/documents.ts";
import type { PolicyDocument } from "../sandbox/policy/document.ts";
import { startApiServer } from "./kubectl.ts";
import { Person } from "./person.ts";
import { patternOf } from "./reader.ts";
import { TestTerminal } from "./terminal.ts";

let person: Person;
beforeAll(async () => {
  person = await Person.arrive();
});
afterAll(() => person.leave());
beforeEach(() => {
  person.forget();
  person.world.stateStore.policy = null;
});

const [, , , afterKops = ""] =
  /\n## kops says\n(.*?)\n## (When kops fails)\n(.*)$/s.exec(
    readDocument("docs/troubleshooting.md").prose,
  ) ?? [];
const messages = [...afterKops.matchAll(/^### `(.+)`$/gm)].map(([, message = ""]) => message);

const admin = "arn:aws:iam::222222222222:role/kops-admin";
const source = `role_arn = ${admin}\nsource_profile = default\n`;
const withDevice = (serial: string) => `[profile prod]\n${source}mfa_serial = ${serial}\n`;

interface More {
  readonly config?: string;
  readonly credentials?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What `login` says, with the code of the moment unless the words are others. */
async function login(words: readonly string[] | null = null, more: More = {}): Promise<string> {
  const { config, credentials, env } = more;
  const files = {
    ...(config === undefined
      ? {}
      : { AWS_CONFIG_FILE: person.write("config", `[default]\nregion = eu-west-1\n${config}`) }),
    ...(credentials === undefined
      ? {}
      : { AWS_SHARED_CREDENTIALS_FILE: person.write("credentials", credentials) }),
  };
  const all = words ?? ["prod", "--token-code", person.code()];
  const { stderr } = await person.run(["login", ...all], { env: { ...files, ...env } });
  return stderr;
}

/** What is said after a kops that failed, in a session of `prod`. */
async function kopsFails(
  change: () => void = () => undefined,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  person.write("bin/kops", '#!/bin/sh\n[ -z "$LATER" ] || touch "$HOME/later"\nexit 1\n', 0o755);
  await login();
  change();
  const asked = {
    AWS_PROFILE: "prod",
    AWS_ENDPOINT_URL_S3: person.sandbox.url,
    KOPS_STATE_STORE: "s3://clusters-example-com",
  };
  return (await person.run(["get", "clusters"], { env: { ...asked, ...env } })).stderr;
}

const deniesWithoutMfa: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
    },
    { Effect: "Allow", Principal: { AWS: "arn:aws:iam::222222222222:root" }, Action: "s3:*" },
  ],
};

/** A clock that is two hours on once there is a file of that name. */
const laterClock = `const { existsSync } = require("node:fs");
const now = Date.now;
Date.now = () => now() + (existsSync(process.env.HOME + "/later") ? 7_200_000 : 0);
`;

const keys = (id: string, secret: string) =>
  `[default]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`;
const nowhere = "http://127.0.0.1:1";
const withProcess = (command: string) =>
  `${withDevice("arn:aws:iam::111111111111:mfa/jon")}mfa_process = ${command}\n`;

/** How to get each message, by the beginning of the heading. */
const scenarios: Readonly<Record<string, () => Promise<string> | string>> = {
  "the session expired": () => {
    const preload = person.write("later.cjs", laterClock);
    return kopsFails(undefined, { LATER: "1", NODE_OPTIONS: `--require ${preload}` });
  },
  "AWS does not accept this session": () => kopsFails(() => person.sandbox.expireSessions()),
  "… may not read the state store": () =>
    kopsFails(() => {
      for (const role of person.world.clusters.roles) role.mayRead.length = 0;
    }).finally(() => {
      for (const role of person.world.clusters.roles) role.mayRead.push("clusters-example-com");
    }),
  "the policy of bucket": () =>
    kopsFails(() => (person.world.stateStore.policy = deniesWithoutMfa)),
  "there is no bucket": () => kopsFails(undefined, { KOPS_STATE_STORE: "s3://gone" }),
  "… sends kops to": () => kopsFails(undefined, { AWS_ENDPOINT_URL_S3: nowhere }),
  "STS refused the code": () => login(["prod", "--token-code", "000000"]),
  "this code of": async () => {
    const code = ["--token-code", person.code()];
    await login(["prod", ...code]);
    return login(["staging", "--no-session", ...code]);
  },
  "… is not a working MFA device": () =>
    login(null, { config: withDevice("arn:aws:iam::111111111111:mfa/mallory") }),
  "… is the user": () => login(null, { config: withDevice("arn:aws:iam::111111111111:user/jon") }),
  "… is a security key": () =>
    login(null, { config: withDevice("arn:aws:iam::111111111111:u2f/user/jon/key") }),
  "there is no terminal": () => login(["prod"]),
  "… the command gave no code within": () =>
    login(["prod"], { config: withProcess("sleep 9"), env: { KOPS_MFA_PROCESS_TIMEOUT: "1" } }),
  "… others can write the file": () => {
    const AWS_CONFIG_FILE = person.write("open", withProcess("echo 123456"), 0o666);
    return login(["prod"], { env: { AWS_CONFIG_FILE } });
  },
  "… what the command printed": () => login(["prod"], { config: withProcess("echo hello") }),
  "… has temporary keys": () =>
    login(["--token-code", "123456"], {
      env: {
        AWS_ACCESS_KEY_ID: "ASIATESTTESTTESTTEMP",
        AWS_SECRET_ACCESS_KEY: "x".repeat(40),
        AWS_SESSION_TOKEN: "left over",
        KOPS_MFA_ROLE_ARN: admin,
        KOPS_MFA_ARN: "arn:aws:iam::111111111111:mfa/jon",
      },
    }),
  "there is no profile": () => login(["prodd"]),
  "there are no access keys": () =>
    login([], {
      env: {
        AWS_CONFIG_FILE: person.path("none"),
        AWS_SHARED_CREDENTIALS_FILE: person.path("none"),
      },
    }),
  'profile "…" has no access keys': () =>
    login(["bare"], { config: "[profile bare]\nregion = eu-west-1\n" }),
  'profile "…" has a role': () =>
    login(["bare"], { config: `[profile bare]\nrole_arn = ${admin}\n` }),
  "… is not the ARN": () =>
    login(["bare"], {
      config: "[profile bare]\nrole_arn = kops-admin\nsource_profile = default\n",
    }),
  "… may not assume …; no MFA code": () => login(["prod"], { config: `[profile prod]\n${source}` }),
  "… may not assume …": () =>
    login([
      ...["mallory", "--token-code"],
      person.sandbox.code("arn:aws:iam::111111111111:mfa/mallory"),
    ]),
  "… gives no sessions": () =>
    login(["staging", "--duration", "12h", "--token-code", person.code()]),
  "AWS does not know": () => login(null, { credentials: keys("AKIAGONEGONEGONEGONE", "secret") }),
  "the secret access key": () =>
    login(null, { credentials: keys("AKIATESTTESTTESTJON0", "x".repeat(40)) }),
  "this machine's clock": () => kopsFails(() => person.sandbox.advance(1_200_000)),
  "STS (…) cannot be reached": () => login(null, { env: { AWS_ENDPOINT_URL_STS: nowhere } }),
  "STS (…) cannot be reached: the proxy": () =>
    login(null, {
      env: { AWS_ENDPOINT_URL_STS: "https://sts.invalid", HTTPS_PROXY: "http://127.0.0.1:1" },
    }),
  "HTTPS_PROXY: it does not": () =>
    login(null, {
      env: { AWS_ENDPOINT_URL_STS: "https://sts.invalid", HTTPS_PROXY: "socks5://127.0.0.1:1080" },
    }),
  "…: http://… is not encrypted": () =>
    login(null, { env: { AWS_ENDPOINT_URL_STS: "http://sts.invalid" } }),
  "WARNING: NODE_TLS_REJECT_UNAUTHORIZED=0": () =>
    login(null, {
      env: { AWS_ENDPOINT_URL_STS: "https://127.0.0.1:1", NODE_TLS_REJECT_UNAUTHORIZED: "0" },
    }),
  "STS (…) did not answer": () => {
    person.sandbox.fault({ kind: "hang" });
    return login(null, { env: { KOPS_MFA_TIMEOUT: "1" } });
  },
  "what answered at": () => {
    person.sandbox.fault({ kind: "body", body: "<html>Welcome</html>", contentType: "text/html" });
    return login();
  },
  "STS (…) shows a certificate": async () =>
    login(null, { env: { AWS_ENDPOINT_URL_STS: await startApiServer() } }),
  "there is no command": async () => (await person.run(["logni"])).stderr,
  "… waiting for another kops-mfa": async () => {
    const asking = new TestTerminal("kops-mfa", ["login", "prod"], person.env);
    await asking.shows("MFA code of");
    const waiting = new TestTerminal("kops-mfa", ["login", "staging"], {
      ...person.env,
      KOPS_MFA_PLAIN: "1",
    });
    await waiting.shows("another kops-mfa");
    asking.type(`${person.code()}\r`);
    await Promise.all([asking.ends(), waiting.ends()]);
    return waiting.screen;
  },
  "NODE_DEBUG is ignored": async () =>
    (await person.run(["status"], { env: { NODE_DEBUG: "http" } })).stderr,
  // Nobody knows how to make one.
  "internal error": () =>
    /internal error: /.exec(readFileSync("dist/direct.cjs", "utf8"))?.[0].padStart(30) ?? "",
};

test("every heading has a way to get it, and no other way is left over", () => {
  expect(messages.length).toBeGreaterThan(30);
  const used = messages.map((message) => scenarioOf(message));
  expect([...new Set(used)].sort()).toEqual(Object.keys(scenarios).sort());
});

/** The most special beginning. */
function scenarioOf(message: string): string | undefined {
  const matching = Object.keys(scenarios).filter((beginning) => message.startsWith(beginning));
  return matching.sort((one, other) => other.length - one.length)[0];
}

test.for(messages)("says: %s", async (message) => {
  const said = await scenarios[scenarioOf(message) ?? ""]?.();
  const lines = (said ?? "")
    .split("\n")
    .map((line) => line.replace(/^kops-mfa: | +(?=internal)/, ""));
  const pattern = patternOf(message.endsWith("…") ? message : `${message}…`);
  expect(
    lines.filter((line) => pattern.test(line)),
    said,
  ).not.toEqual([]);
});
