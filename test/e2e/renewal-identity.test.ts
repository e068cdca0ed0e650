import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { Person } from "./person.ts";

let person: Person;
let config: string;
beforeAll(async () => {
  person = await Person.arrive();
  config = readFileSync(person.path(".aws/config"), "utf8");
});
afterAll(() => person.leave());
beforeEach(() => {
  person.forget();
  person.write(".aws/config", config);
});

/** The environment of a shell that has evaluated `env` with these arguments. */
async function shellWith(...args: string[]): Promise<Record<string, string>> {
  const { stdout, exitCode, stderr } = await person.run([
    ...["env", "--shell", "sh", "--token-code", person.code()],
    ...args,
  ]);
  expect(exitCode, stderr).toBe(0);
  const pairs = [...stdout.matchAll(/^export (\w+)='([^']*)';$/gm)];
  return Object.fromEntries(pairs.map(([, name = "", value = ""]) => [name, value]));
}

const renew = (env: Record<string, string>, ...args: string[]) =>
  person.run(["env", "--renew", "--shell", "sh", ...args], { env });

const prodRole = "arn:aws:iam::222222222222:role/kops-admin";

test("the same identity is renewed, whatever has changed besides", async () => {
  const env = await shellWith("prod");
  person.write(
    ".aws/config",
    config.replace("[profile prod]", "[profile prod]\nregion = eu-west-2"),
  );
  person.shortenSessions("AssumeRole", 60);
  const { exitCode, stdout, stderr } = await renew(env, "prod");
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout).toContain(`export KOPS_MFA_SESSION_ID='${env["KOPS_MFA_SESSION_ID"] ?? ""}';`);
  expect(stdout).not.toContain(env["AWS_ACCESS_KEY_ID"]);
  expect(stdout).toContain("export AWS_REGION='eu-west-2';");
});

test("an edit of the configuration that gives another identity changes nothing", async () => {
  const env = await shellWith("prod");
  person.write(
    ".aws/config",
    config.replace("[profile prod]", "[profile prod]\nrole_session_name = somebody-else"),
  );
  expect(await renew(env, "prod")).toEqual({
    exitCode: 1,
    stdout: "false;\n",
    stderr:
      'kops-mfa: the session in this shell of profile "prod" was not renewed: ' +
      `the configuration now gives profile "prod" with role ${prodRole} as somebody-else\n` +
      "          To switch to it, run kops-mfa use prod.\n",
  });
});

test("another AWS_PROFILE, as direnv exports it, does not turn one profile into another", async () => {
  const env = await shellWith("prod");
  const { exitCode, stdout, stderr } = await renew({ ...env, AWS_PROFILE: "staging" });
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "false;\n" });
  expect(stderr).toContain('the session in this shell of profile "prod" was not renewed');
  expect(stderr).toContain('profile "staging"');
});

test("without a session there is nothing to renew", async () => {
  expect(await renew({}, "prod")).toEqual({
    exitCode: 1,
    stdout: "false;\n",
    stderr:
      "kops-mfa: no session of kops-mfa is active in this shell, so there is none to renew\n" +
      "          Run kops-mfa use to get one.\n",
  });
});

test("--unset and --renew are a usage error", async () => {
  const { exitCode, stderr } = await renew({}, "--unset");
  expect(exitCode).toBe(2);
  expect(stderr).toContain("--unset and --renew contradict each other");
});
