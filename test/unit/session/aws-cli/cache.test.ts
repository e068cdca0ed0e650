import { expect, test } from "vitest";
import { openAwsCliCache } from "../../../../src/session/aws-cli/cache.ts";
import { encodeAwsCliEntry } from "../../../../src/session/aws-cli/entry.ts";
import type { AwsCliSession } from "../../../../src/session/aws-cli/key.ts";
import { openCache } from "../../../../src/session/cache.ts";
import type { CacheEntry } from "../../../../src/session/cache-entry.ts";
import { roleArn } from "../../../support/config/build.ts";
import { FakeVault, stsSession } from "../../../support/session/build.ts";

const arn = "arn:aws:sts::222222222222:assumed-role/prod/jon";
const prod: AwsCliSession = {
  key: "prod of jon",
  hashed: "prod",
  roleArn: roleArn("prod"),
  roleSessionName: null,
};
/** Another source: another key of ours, the same name there. */
const prodOfAnn = { ...prod, key: "prod of ann" };
const entry: CacheEntry = {
  key: prod.key,
  profile: "prod",
  session: { ...stsSession("S001"), arn },
};
const other: CacheEntry = { key: "other", profile: "other", session: stsSession("S002") };

function setUp() {
  const [shared, receipts] = [new FakeVault(), new FakeVault()];
  const warnings: string[] = [];
  const warn = (problem: string) => void warnings.push(problem);
  const own = openCache(receipts, warn);
  const sha1 = (text: string) => `sha1-of-${text}`;
  const open = (session: AwsCliSession | null) =>
    openAwsCliCache({ own, shared, receipts, sha1, warn }, session);
  return { shared, receipts, warnings, own, open, cache: open(prod) };
}

test("the shared session goes there, with a receipt that has no secret; every other stays here", () => {
  const { cache, shared, receipts, own, warnings } = setUp();
  cache.put(entry);
  cache.put(other);
  expect([...shared.files.keys()]).toEqual(["sha1-of-prod.json"]);
  expect(own.entries()).toEqual([other]);
  const receipt = receipts.files.get("sha1-of-prod.receipt")!;
  expect(JSON.parse(receipt)).toEqual({
    format: "kops-mfa receipt 1",
    key: prod.key,
    profile: "prod",
    accessKeyId: entry.session.credentials.accessKeyId,
  });
  expect([cache.get(prod.key), cache.get("other")]).toEqual([entry.session, other.session]);
  expect(cache.entries()).toEqual([entry, other]);
  expect(warnings).toEqual([]);
});

test("what the AWS CLI made is found, and is not ours to list or to clear", () => {
  const { cache, shared } = setUp();
  shared.files.set("sha1-of-prod.json", encodeAwsCliEntry(entry.session)!);
  expect(cache.get(prod.key)).toEqual(entry.session);
  expect([cache.entries(), cache.clear(), shared.files.size]).toEqual([[], 0, 1]);
  expect([cache.remove(prod.key), shared.files.size]).toEqual([true, 0]);
});

test("what the AWS CLI made in the place of ours is not ours either", () => {
  const { open, shared } = setUp();
  open(prod).put(entry);
  shared.files.set("sha1-of-prod.json", encodeAwsCliEntry({ ...other.session, arn })!);
  expect(open(prodOfAnn).get(prodOfAnn.key)?.credentials).toEqual(other.session.credentials);
  expect([open(null).clear(), shared.files.size]).toEqual([0, 1]);
});

test("what we put there for another source is a miss, without a word", () => {
  const { open, warnings } = setUp();
  open(prod).put(entry);
  expect(open(prodOfAnn).get(prodOfAnn.key)).toBe(null);
  expect(open(prodOfAnn).remove(prodOfAnn.key)).toBe(false);
  expect(warnings).toEqual([]);
});

test.for<readonly [title: string, text: string, warning: string]>([
  ["empty", "", "the AWS CLI's sha1-of-prod.json is not readable, and is ignored"],
  [
    "of another role",
    encodeAwsCliEntry({ ...entry.session, arn: arn.replace("/prod/", "/other/") })!,
    "the AWS CLI's sha1-of-prod.json is of another role, and is ignored",
  ],
])("a file that is %s is a miss, said once, and replaced", ([, text, warning]) => {
  const { cache, shared, warnings } = setUp();
  shared.files.set("sha1-of-prod.json", text);
  expect([cache.get(prod.key), cache.get(prod.key)]).toEqual([null, null]);
  expect(warnings).toEqual([warning]);
  cache.put(entry);
  expect(cache.get(prod.key)).toEqual(entry.session);
});

test("a session that cannot go there stays here", () => {
  const { cache, shared, own, warnings } = setUp();
  cache.put({ ...entry, session: stsSession("S001") });
  expect([shared.files.size, own.get(prod.key)]).toEqual([0, stsSession("S001")]);
  shared.problem = "~/.aws/cli/cache can be written by others, and is not used";
  cache.put(entry);
  expect(own.get(prod.key)).toEqual(entry.session);
  expect(warnings).toEqual([`the session is kept, but not for the AWS CLI: ${shared.problem}`]);
  expect(cache.get(prod.key)).toEqual(entry.session);
  expect(warnings.at(-1)).toBe(shared.problem);
});

test("removing and clearing take the receipts along", () => {
  const { cache, open, shared, receipts } = setUp();
  cache.put(entry);
  expect([cache.remove(prod.key), cache.remove(prod.key)]).toEqual([true, false]);
  cache.put(entry);
  cache.put(other);
  expect([open(null).clear(), shared.files.size, receipts.files.size]).toEqual([2, 0, 0]);
});
