import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test, type TestContext } from "vitest";
import { Person } from "./person.ts";

/** Somebody whose codes come from a command, for one of several tests that wait at the same time. */
async function arrive({ onTestFinished }: TestContext, command: (person: Person) => string) {
  const person = await Person.arrive();
  onTestFinished(() => person.leave());
  const config = person.write(
    "config",
    `[profile prod]
role_arn = arn:aws:iam::222222222222:role/kops-admin
source_profile = default
mfa_serial = ${person.serial}
mfa_process = ${command(person)}
[default]
region = eu-west-1
`,
  );
  const env = { AWS_CONFIG_FILE: config };
  const run = () => person.run(["env", "prod", "--shell", "sh"], { env });
  const sent = () => person.sandbox.requests.flatMap(({ params }) => params["TokenCode"] ?? []);
  return { person, run, sent };
}

/** A program that prints the codes of jon's device, as oathtool would. */
function authenticator(person: Person): string {
  const secret = person.world.jon.mfaDevices[0]?.secret ?? "";
  const path = person.write(
    "otp.cjs",
    `const { createHmac } = require("node:crypto");
    const bits = [..."${secret}"].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
    const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
    const step = Buffer.alloc(8);
    step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
    const hash = createHmac("sha1", key).update(step).digest();
    const number = hash.readUInt32BE(hash.at(-1) & 15) & 0x7fffffff;
    console.log(String(number % 1e6).padStart(6, "0"));`,
  );
  return `node ${path}`;
}

describe.concurrent("codes of mfa_process that STS does not take", { timeout: 90_000 }, () => {
  test("a wrong one is followed by the next one, and then by an error", async (context) => {
    const { run, sent } = await arrive(context, () => "echo 000000");
    const { exitCode, stderr } = await run();
    expect([exitCode, sent()]).toEqual([1, ["000000", "000000"]]);
    const refused = String.raw`kops-mfa: STS refused the code of \S+\n {10}Wait for the next code.*\n`;
    const wait = String.raw`kops-mfa: its next code comes in \d+ s\n`;
    expect(stderr).toMatch(new RegExp(`^${refused}${wait}${refused}$`));
  });

  test("one that has been used is not sent; the next one is", async (context) => {
    const { person, run, sent } = await arrive(context, authenticator);
    // Not so late in the half minute that the code changes in between.
    const left = 30_000 - (Date.now() % 30_000);
    if (left < 8000) await sleep(left);
    const used = person.code();
    await person.run(["login", "me", "--token-code", used]);
    await person.run(["logout"]);
    const { exitCode, stderr } = await run();
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^kops-mfa: this code has been used; the next one comes in \d+ s\n$/);
    expect([sent().length, sent()[0]]).toEqual([2, used]);
    expect(sent()[1]).not.toBe(used);
  });

  test("one that stays the same is an error", async (context) => {
    const { person, run, sent } = await arrive(context, (somebody) => `echo ${somebody.code()}`);
    await person.run(["login", "me", "--token-code", person.code()]);
    await person.run(["logout"]);
    const { exitCode, stderr } = await run();
    if (sent().length === 1) {
      expect(stderr).toContain("has been used already\n          mfa_process has given it again");
    }
    expect(exitCode).toBe(1);
  });
});
