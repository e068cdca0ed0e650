import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { AwsCli, skipWithoutAws } from "./aws-cli.ts";
import { Person, program, runProgram } from "./person.ts";
import { installClient, readClient } from "./sdk-client.ts";
import { TestTerminal } from "./terminal.ts";

let person: Person;
const process_ = (profile: string) =>
  `credential_process = ${process.execPath} ${program} credential-process --profile ${profile}\n`;
beforeAll(async () => {
  person = await Person.arrive();
  installClient(person);
  person.write(
    ".aws/config",
    readFileSync(person.path(".aws/config"), "utf8") +
      `[profile prod-kops]\nregion = eu-west-1\n${process_("prod")}` +
      `[profile circle]\n${process_("circle")}` +
      `[profile other-way]\n${process_("way-round")}[profile way-round]\n${process_("other-way")}`,
  );
});
afterAll(() => person.leave());
beforeEach(() => person.forget());

const admin = "arn:aws:sts::222222222222:assumed-role/kops-admin/jon";
const question = "MFA code of jon (111111111111) for role kops-admin (222222222222):";
const login = () => person.run(["login", "prod", "--token-code", person.code()]);
const calls = (action: string) =>
  person.sandbox.requests.filter((request) => request.action === action).length;

interface Document {
  readonly Version: number;
  readonly AccessKeyId: string;
  readonly Expiration: string;
}
const minutesLeft = (text: string) =>
  (Date.parse((JSON.parse(text) as Document).Expiration) - Date.now()) / 60_000;

describe("the document", () => {
  beforeEach(login);
  const print = (env: Record<string, string> = {}) =>
    person.run(["credential-process", "--profile", "prod"], { env });

  test("is what the SDKs read, and nothing is said", async () => {
    const { exitCode, stdout, stderr } = await print();
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({
      Version: 1,
      AccessKeyId: expect.stringMatching(/^ASIA/) as string,
      SecretAccessKey: expect.stringMatching(/^.{40}$/) as string,
      SessionToken: expect.stringMatching(/^.{40}/) as string,
      Expiration: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
    });
  });

  test("says that it ends five minutes before it does", async () => {
    const left = minutesLeft((await print()).stdout);
    expect(left).toBeGreaterThan(54);
    expect(left).toBeLessThanOrEqual(55);
  });

  test("never says a moment that is past, or all but", async () => {
    person.shortenSessions("AssumeRole", 9 * 60);
    expect(minutesLeft((await print()).stdout)).toBeGreaterThan(54);
    expect(calls("AssumeRole")).toBe(2);
    person.sandbox.limitLife("assumed-role", 330);
    person.shortenSessions("AssumeRole", -1);
    expect(minutesLeft((await print()).stdout)).toBeGreaterThan(5);
  });

  test("is not mistaken about whose keys are in the caller's environment", async () => {
    const { accessKeyId, secretAccessKey } = person.world.mallory.accessKeys[0]!;
    const { exitCode, stdout, stderr } = await print({
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_PROFILE: "prod-kops",
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect((JSON.parse(stdout) as Document).AccessKeyId).toMatch(/^ASIA/);
    expect(calls("GetSessionToken")).toBe(1);
  });

  test("is for the AWS SDK for JavaScript", async () => {
    const { stdout } = await runProgram(person.path("bin/client"), ["0"], {
      ...person.env,
      AWS_PROFILE: "prod-kops",
    });
    expect(readClient(stdout)).toMatchObject([{ arn: admin }]);
  });
});

describe.skipIf(skipWithoutAws)("the AWS CLI", () => {
  test("gets the session, and asks through us on the terminal", async () => {
    const terminal = new AwsCli(person).askWhoAmI("prod-kops");
    await terminal.shows(question);
    terminal.type(`${person.code()}\r`);
    expect(await terminal.ends()).toBe(0);
    expect(terminal.screen).toContain(`"Arn": "${admin}"`);
    expect(terminal.screen).not.toContain(person.code());
  });

  test("says why it asks again, though the AWS CLI keeps our standard error to itself", async () => {
    const terminal = new AwsCli(person).askWhoAmI("prod-kops");
    await terminal.shows(question);
    terminal.type("000000\r");
    await terminal.shows(question, 2);
    expect(terminal.screen).toContain("STS refused the code of");
    terminal.type(`${person.code()}\r`);
    expect(await terminal.ends()).toBe(0);
  });

  test("two at once ask once", async () => {
    const { env } = new AwsCli(person);
    const whoAmI = "aws --profile prod-kops sts get-caller-identity --query Arn --output text";
    const both = ["--norc", "--noprofile", "-c", `${whoAmI} & ${whoAmI}; wait`];
    const terminal = new TestTerminal("bash", both, env);
    await terminal.shows(question);
    terminal.type(`${person.code()}\r`);
    await terminal.shows(admin, 2);
    await terminal.ends();
    expect(terminal.screen.split(question)).toHaveLength(2);
    expect(calls("GetSessionToken")).toBe(1);
  });

  test("says what we say where nobody can be asked", async () => {
    const { exitCode, stderr } = await new AwsCli(person).whoAmI("prod-kops");
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain("there is no terminal to ask for the code of");
    expect(stderr).toContain("run kops-mfa in a terminal first: the session is kept");
  });
});

test("without a terminal and a code it fails, with nothing on standard output", async () => {
  const { exitCode, stdout, stderr } = await person.run(["credential-process", "prod"]);
  expect([exitCode, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(`there is no terminal to ask for the code of ${person.serial} on`);
});

describe("a profile that leads back to itself", () => {
  test.each([
    ["circle", "circle"],
    ["other-way", "other-way"],
  ])("%s", async (profile, named) => {
    const { exitCode, stdout, stderr } = await person.run([
      ...["credential-process", "--profile", profile],
    ]);
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(
      new RegExp(
        `credential_process of profile "${named}" \\(~/.aws/config:\\d+\\): it runs kops-mfa for the same profile again, round in a circle`,
      ),
    );
    expect(stderr).toContain("name a profile that has its credentials from elsewhere");
  });

  test("also where it names none, and the caller's AWS_PROFILE is taken", async () => {
    const config = person.write(
      "unnamed-config",
      `[profile unnamed]\n${process_("").replace(" --profile ", "")}`,
    );
    const env = { AWS_CONFIG_FILE: config, AWS_PROFILE: "unnamed" };
    const { stderr } = await person.run(["credential-process"], { env });
    expect(stderr).toContain("round in a circle");
  });
});

describe("a person who is slow", () => {
  /** 55 s in one. */
  const hurry = () => {
    const hook = person.write(
      "hurry.cjs",
      `const wait = setTimeout; globalThis.setTimeout = (f, ms, ...more) => wait(f, ms === 55000 ? 1500 : ms, ...more);`,
    );
    return { ...person.env, NODE_OPTIONS: `--require ${hook}` };
  };
  const tooLate =
    "kops-mfa: no code was given within 55 s, as long as SDKs wait\n          Run kops-mfa login prod --min-ttl 30m, then the command again: the session is kept.\n";
  const line = "kops-mfa credential-process prod";

  test("is told in time, and the terminal is as it was", async () => {
    const script = `${line}; echo "rc=$?"; stty -a | grep -c ' echo '; read -r next; echo "next $next"`;
    const terminal = new TestTerminal("bash", ["--norc", "--noprofile", "-c", script], hurry());
    await terminal.shows(question);
    terminal.type("123");
    await terminal.shows("rc=1\n1\n");
    expect(terminal.screen).toContain(tooLate);
    terminal.type("word\r");
    await terminal.shows("next word");
    await terminal.ends();
    expect(terminal.screen).not.toContain("123");
  });

  test("the code is taken by the next one that asks, as an SDK's second attempt does", async () => {
    const script = `${line} >/dev/null || NODE_OPTIONS= ${line} | grep -c AccessKeyId`;
    const terminal = new TestTerminal("bash", ["--norc", "--noprofile", "-c", script], hurry());
    await terminal.shows(question, 2);
    terminal.type(`${person.code()}\r`);
    await terminal.shows("\n1\n");
    expect(await terminal.ends()).toBe(0);
  });

  test("whoever waits for another's question ends in time too", async () => {
    const script = `NODE_OPTIONS= kops-mfa login prod & sleep 1; ${line}; echo "rc=$?"; kill %1`;
    const terminal = new TestTerminal("bash", ["--norc", "--noprofile", "-c", script], hurry());
    await terminal.shows(question);
    await terminal.shows("rc=1");
    expect(terminal.screen).toContain(tooLate);
    expect(terminal.screen.split(question)).toHaveLength(2);
  });
});
