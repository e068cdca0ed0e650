import fc from "fast-check";
import { expect, test } from "vitest";
import type { StsTarget } from "../../../src/context/sts.ts";
import { cacheKey, isBasedOn } from "../../../src/session/cache-key.ts";
import { keyName } from "../../../src/session/key-name.ts";
import type { Step } from "../../../src/session/plan.ts";
import { roleArn } from "../../support/config/build.ts";
import { assumeRoleStep, sessionTokenStep } from "../../support/session/build.ts";

const jon = "AKIATESTTESTTESTJON0";
const target: StsTarget = {
  region: "eu-west-1",
  endpoint: null,
  iamEndpoint: null,
  useFips: false,
  useDualstack: false,
  caBundle: null,
  timeoutMs: 20_000,
};

type Ingredients = readonly [caller: string, step: Step, target: StsTarget];

const withRole = (change: object): Ingredients => [jon, { ...assumeRoleStep, ...change }, target];
const withUser = (change: object): Ingredients => [jon, { ...sessionTokenStep, ...change }, target];
const mfaKey = cacheKey(jon, sessionTokenStep, target);

const different: readonly (readonly [title: string, ingredients: Ingredients])[] = [
  ["a role", withRole({})],
  ["of another caller", ["AKIATESTTESTTESTANN0", assumeRoleStep, target]],
  ["of the MFA session", [mfaKey, assumeRoleStep, target]],
  ["with another ARN", withRole({ roleArn: roleArn("prod2") })],
  ["in another partition", withRole({ roleArn: roleArn("prod").replace("aws", "aws-cn") })],
  ["with another name", withRole({ roleSessionName: "ann" })],
  ["with an external id", withRole({ externalId: "abc" })],
  ["with another external id", withRole({ externalId: "abd" })],
  ["with an external id that says null", withRole({ externalId: "null" })],
  ["for longer", withRole({ durationSeconds: 3601 })],
  ["with a tag", withRole({ tags: { tags: [["team", "ops"]], transitiveKeys: [] } })],
  ["with another tag", withRole({ tags: { tags: [["team", "dev"]], transitiveKeys: [] } })],
  [
    "with a tag passed on",
    withRole({ tags: { tags: [["team", "ops"]], transitiveKeys: ["team"] } }),
  ],
  ["with a device", withRole({ serialNumber: sessionTokenStep.serialNumber })],
  ["with another device", withRole({ serialNumber: "GAHT12345678" })],
  ["in a region of China", [jon, assumeRoleStep, { ...target, region: "cn-north-1" }]],
  ["at an endpoint", [jon, assumeRoleStep, { ...target, endpoint: "http://127.0.0.1:1" }]],
  ["at another endpoint", [jon, assumeRoleStep, { ...target, endpoint: "http://127.0.0.1:2" }]],
  ["a user", withUser({})],
  ["a user with another device", withUser({ serialNumber: "GAHT12345678" })],
  ["a user for longer", withUser({ durationSeconds: 129_600 })],
  ["another user", ["AKIATESTTESTTESTANN0", sessionTokenStep, target]],
  ["a user in GovCloud", [jon, sessionTokenStep, { ...target, region: "us-gov-west-1" }]],
  ["a user at an endpoint", [jon, sessionTokenStep, { ...target, endpoint: "http://127.0.0.1:1" }]],
];

test.for(different)("%s: a key and a file of its own", ([title, ingredients]) => {
  const key = cacheKey(...ingredients);
  const same = different.filter(([, other]) => cacheKey(...other) === key);
  const sameFile = different.filter(([, other]) => keyName(cacheKey(...other)) === keyName(key));
  expect([same, sameFile].map((found) => found.map(([name]) => name))).toEqual([[title], [title]]);
});

test.for<readonly [title: string, target: StsTarget]>([
  ["patience", { ...target, timeoutMs: 60_000 }],
  ["certificates", { ...target, caBundle: "/ca.pem" }],
  ["another region of its partition", { ...target, region: "us-east-1" }],
  ["FIPS and dual stack", { ...target, useFips: true, useDualstack: true }],
])("%s decides no session", ([, other]) => {
  expect(cacheKey(jon, assumeRoleStep, other)).toBe(cacheKey(jon, assumeRoleStep, target));
});

test("two sessions share a key when all that decides them is the same, and only then", () => {
  const word = fc.constantFrom("a", "b", '"', ",", "null", '","');
  const maybe = fc.option(word);
  const seconds = fc.constantFrom(900, 3600);
  const steps = fc.oneof(
    fc.record({ serialNumber: word, durationSeconds: seconds }).map((step) => ({
      ...sessionTokenStep,
      ...step,
    })),
    fc
      .record({
        roleArn: word,
        roleSessionName: word,
        externalId: maybe,
        durationSeconds: seconds,
        serialNumber: maybe,
      })
      .map((step) => ({ ...assumeRoleStep, ...step })),
  );
  const region = fc.constantFrom("eu-west-1", "cn-north-1");
  const targets = fc.record({ region, endpoint: maybe }).map((t) => ({ ...target, ...t }));
  const ingredients = fc.tuple(word, steps, targets);
  fc.assert(
    fc.property(ingredients, ingredients, (one, two) => {
      const isSame = JSON.stringify(one) === JSON.stringify(two);
      expect(cacheKey(...one) === cacheKey(...two)).toBe(isSame);
    }),
    { numRuns: 2000 },
  );
});

test("names of files are short, plain, and different for what is nearly the same", () => {
  const roles = Array.from({ length: 5000 }, (_, i) => roleArn(`r${i}`));
  const names = roles.map((arn) => keyName(cacheKey(...withRole({ roleArn: arn }))));
  expect(names.filter((name) => !/^[0-9a-f]{16}$/.test(name))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});

const base = cacheKey(mfaKey, { ...assumeRoleStep, roleArn: roleArn("base") }, target);
const prod = cacheKey(base, assumeRoleStep, target);
const elsewhere = cacheKey(jon, assumeRoleStep, target);

test.for<readonly [title: string, key: string, earlier: string, expected: boolean]>([
  ["the session before", prod, base, true],
  ["the first session", prod, mfaKey, true],
  ["the long-lived keys", prod, jon, true],
  ["not itself", prod, prod, false],
  ["not a later one", mfaKey, base, false],
  ["not another one's", elsewhere, mfaKey, false],
  ["nothing, long-lived keys", jon, mfaKey, false],
  ["nothing, an empty key", "", "", false],
  ["nothing, JSON that is no key", '{"1":"x"}', "x", false],
  ["nothing, a list that is no key", "[1,2]", "2", false],
  ["nothing, a list of nothing", "[]", "", false],
])("a session is based on %s", ([, key, earlier, expected]) => {
  expect(isBasedOn(key, earlier)).toBe(expected);
});

// A key comes from a file, and so may be anything.
test("a session is based on nothing, a key that is cut off", () => {
  expect(isBasedOn('["AssumeRole","', jon)).toBe(false);
});
