import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { Person } from "./person.ts";
import { TestTerminal } from "./terminal.ts";

let person: Person;
let env: Record<string, string>;
beforeAll(async () => {
  person = await Person.arrive();
  const config = person.write(
    "config",
    `[default]
region = eu-west-1

[profile bare]
role_arn = arn:aws:iam::222222222222:role/kops-admin
source_profile = default

[profile named]
role_arn = arn:aws:iam::222222222222:role/kops-admin
source_profile = default
mfa_serial = arn:aws:iam::111111111111:mfa/jon
`,
  );
  env = { AWS_CONFIG_FILE: config, AWS_ENDPOINT_URL_IAM: person.sandbox.url };
});
afterAll(() => person.leave());
beforeEach(() => {
  person.forget();
  const { jon } = person.world;
  jon.mfaDevices.splice(1);
  jon.denyListMfaDevices = false;
});

const jon = "arn:aws:iam::111111111111:mfa/jon";
const question = "MFA code of jon (111111111111) for role kops-admin (222222222222):";
const denied =
  "arn:aws:iam::111111111111:user/jon may not assume arn:aws:iam::222222222222:role/kops-admin; no MFA code was sent, and a role that wants one answers just this";

function evaluating(command = "env bare"): TestTerminal {
  const script = `lines="$(kops-mfa ${command})"; echo "rc=$? lines=$(printf %s "$lines" | head -c 6)"`;
  return new TestTerminal("bash", ["--norc", "--noprofile", "-c", script], {
    ...person.env,
    ...env,
  });
}

const actions = () => person.sandbox.requests.map(({ action, outcome }) => `${action} ${outcome}`);

test("the device is found, confirmed and used; the line for the profile is said once", async () => {
  const terminal = evaluating();
  await terminal.shows(`Use MFA device ${jon}? [Y/n]`);
  terminal.type("\r");
  await terminal.shows(question);
  const code = person.code();
  terminal.type(`${code}\r`);
  await terminal.ends();
  expect(terminal.screen).toContain("rc=0 lines=if `un");
  expect(terminal.screen.split(`write into profile "bare": mfa_serial = ${jon}`)).toHaveLength(2);
  expect(terminal.screen).not.toContain(code);
  expect(actions()).toEqual([
    "AssumeRole AccessDenied",
    "GetCallerIdentity OK",
    "ListMFADevices OK",
    "GetSessionToken OK",
    "AssumeRole OK",
  ]);
  // Written into the profile, it gives the very session.
  const { exitCode, stderr } = await person.run(["env", "named", "--shell", "sh"], { env });
  expect([exitCode, stderr, actions().length]).toEqual([0, "", 5]);
});

test("what is typed is shown, and can be corrected", async () => {
  const terminal = evaluating();
  await terminal.shows("[Y/n]");
  terminal.type("maybe");
  await terminal.shows("maybe");
  terminal.type("\r");
  await terminal.shows("answer y or n");
  await terminal.shows("[Y/n]", 2);
  terminal.type("x");
  await terminal.shows("[Y/n] x");
  terminal.type("\x7fn\r");
  await terminal.ends();
  expect(terminal.screen).toContain("[Y/n] x\b \bn\n");
});

test("no is the error as it was", async () => {
  const terminal = evaluating();
  await terminal.shows("[Y/n]");
  terminal.type("n\r");
  await terminal.ends();
  expect(terminal.screen).toContain(
    `${denied}\n          Set mfa_serial in the profile, or KOPS_MFA_ARN, to the ARN of your MFA device.\nrc=1 lines=false;`,
  );
});

test.for([
  ["\x03", "rc=130 lines=false;"],
  ["\x04", "rc=1 lines=false;"],
] as const)("key %j", async ([key, end]) => {
  const terminal = evaluating();
  await terminal.shows("[Y/n]");
  terminal.type(key);
  await terminal.ends();
  expect(terminal.screen).toContain(end);
  if (key === "\x04")
    expect(terminal.screen).toContain("the prompt was closed before it was answered");
});

test("of two, one is chosen; a security key is not offered", async () => {
  person.world.jon.mfaDevices.push(
    { serial: "arn:aws:iam::111111111111:u2f/user/jon/key-ABC", secret: "" },
    { serial: `${jon}-phone`, secret: person.world.mallory.mfaDevices[0]?.secret ?? "" },
  );
  const terminal = evaluating("login bare");
  await terminal.shows("Use which? [1-2, or n]");
  expect(terminal.screen).toContain(`Your MFA devices:\n  1  ${jon}\n  2  ${jon}-phone\n`);
  expect(terminal.screen).not.toContain("u2f");
  terminal.type("3\r");
  await terminal.shows("answer with a number from 1 to 2, or n for none");
  terminal.type("2\r");
  await terminal.shows("MFA code of jon-phone (111111111111) for role kops-admin");
  terminal.type(`${person.sandbox.code(`${jon}-phone`)}\r`);
  await terminal.ends();
  expect(terminal.screen).toContain("rc=0");
});

const run = () => person.run(["env", "bare", "--shell", "sh"], { env });

test("without a terminal the error names the device", async () => {
  expect(await run()).toEqual({
    exitCode: 1,
    stdout: "false;\n",
    stderr: `kops-mfa: ${denied}\n          Your MFA device is ${jon}: set mfa_serial in the profile, or KOPS_MFA_ARN, to it.\n`,
  });
});

test("not permitted: nobody is asked, and the error is as ever", async () => {
  person.world.jon.denyListMfaDevices = true;
  const terminal = evaluating();
  await terminal.ends();
  expect(terminal.screen).not.toContain("Use MFA device");
  const { stderr } = await run();
  expect(stderr).toBe(
    `kops-mfa: ${denied}\n          Set mfa_serial in the profile, or KOPS_MFA_ARN, to the ARN of your MFA device.\n`,
  );
});

test("the policy that forces MFA leaves the way open", async () => {
  person.world.jon.denyWithoutMfa = true;
  const terminal = evaluating();
  await terminal.shows("[Y/n]");
  terminal.type("y\r");
  await terminal.shows(question);
  terminal.type(`${person.code()}\r`);
  await terminal.ends();
  person.world.jon.denyWithoutMfa = false;
  expect(terminal.screen).toContain("rc=0 lines=if `un");
});

test("IAM is not asked where a device is configured", async () => {
  await person.run(["login", "named", "--token-code", person.code()], { env });
  expect(actions()).not.toContain("ListMFADevices OK");
});
