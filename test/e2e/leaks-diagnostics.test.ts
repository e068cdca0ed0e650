import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { Person } from "./person.ts";
import { Secrets } from "./secrets.ts";

let person: Person;
beforeAll(async () => {
  person = await Person.arrive();
});
afterAll(() => person.leave());
beforeEach(() => person.forget());

const login = () => person.run(["login", "prod", "--token-code", person.code()]);

describe("Node's own words", () => {
  test.for(["child_process", "http", "net", "*"])("NODE_DEBUG=%s shows no secret", async (what) => {
    await login();
    person.shortenSessions("AssumeRole", -1);
    const secrets = new Secrets(person);
    const env = { NODE_DEBUG: what };
    const { exitCode, stderr } = await person.run(["exec", "prod", "--", "true"], { env });
    secrets.look();
    expect(exitCode).toBe(0);
    expect(stderr).toContain("kops-mfa: NODE_DEBUG is ignored");
    secrets.expectNone("standard error", stderr);
  });

  test("a report on a crash has nothing that this program knows", async () => {
    await login();
    const reports = person.path("reports");
    mkdirSync(reports);
    onTestFinished(() => rmSync(reports, { recursive: true }));
    const crash = "setTimeout(() => { throw new Error('a bug'); }, 900)";
    person.write("crash.cjs", crash);
    const options = `--require ${person.path("crash.cjs")} --report-uncaught-exception`;
    const env = { NODE_OPTIONS: `${options} --report-directory=${reports}` };
    const words = ["exec", "--server", "prod", "--", "sleep", "1.5"];
    const { exitCode, stderr } = await person.run(words, { env });
    const secrets = new Secrets(person);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("a bug")]);
    const [report = ""] = readdirSync(reports);
    const text = readFileSync(`${reports}/${report}`, "utf8");
    expect(text).toContain("javascriptStack");
    // Where Node can leave the environment out of it, there is none.
    const hasEnvironment = text.includes('"environmentVariables"');
    expect(hasEnvironment).toBe(!("excludeEnv" in process.report));
    secrets.expectNone("the report", text);
    secrets.expectNone("standard error", stderr);
  });
});
