import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Person } from "./person.ts";
import { TestTerminal } from "./terminal.ts";

let person: Person;
beforeAll(async () => {
  person = await Person.arrive();
});
afterAll(() => person.leave());
beforeEach(async () => {
  person.sandbox.reset();
  await person.run(["logout"]);
});

test("eval puts the session of a role into bash, asking on the terminal", async () => {
  const script = `eval "$(kops-mfa env prod)"; echo "rc=$?"; env | grep -E '^(AWS|KOPS)_' | sort; kops-mfa status`;
  const terminal = new TestTerminal("bash", ["--norc", "--noprofile", "-c", script], person.env);
  await terminal.shows("MFA code of jon (111111111111) for role kops-admin (222222222222):");
  terminal.type(`${person.code()}\r`);
  expect(await terminal.ends()).toBe(0);
  console.log(terminal.screen);
});
