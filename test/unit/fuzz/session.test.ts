import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { StsSession } from "../../../src/context/sts.ts";
import { readDocument } from "../../../src/platform/providers/credential-document.ts";
import { carriedSession, originalEnvironment } from "../../../src/environment/carried.ts";
import { isoSeconds, secondsLeft } from "../../../src/environment/instant.ts";
import { expiryInWords } from "../../../src/expiry.ts";
import { decodePrevious } from "../../../src/environment/previous.ts";
import {
  decodeAwsCliEntry,
  encodeAwsCliEntry,
  isSessionOf,
} from "../../../src/session/aws-cli/entry.ts";
import { decodeReceipt, encodeReceipt } from "../../../src/session/aws-cli/receipt.ts";
import { decodeSession, encodeSession } from "../../../src/session/cache-entry.ts";
import { renderProcess } from "../../../src/shell/process-format.ts";
import { environments, values } from "../environment/build.ts";
import { checkCacheEntry } from "../../fuzz/cache-entry.ts";
import { holds } from "../../fuzz/effort.ts";
import { mutated, noise } from "../../fuzz/noise.ts";

const secret = fc.stringMatching(/^[A-Za-z0-9+/=_.:@%-]{1,60}$/);
const credentials = fc.record({
  accessKeyId: secret,
  secretAccessKey: secret,
  sessionToken: secret,
});
/** Between 1970 and 9999, in milliseconds. */
const instant = fc.integer({ min: 0, max: 253_402_300_799_000 });
const session: fc.Arbitrary<StsSession> = fc.record({
  credentials,
  expiresAt: instant,
  arn: fc.option(
    fc.stringMatching(/^arn:aws:sts::\d{12}:assumed-role\/[\w+=,.@-]{1,12}\/[\w+=,.@-]{1,12}$/),
  ),
});
const entry = fc.record({ key: fc.string(), profile: fc.option(fc.string()), session });

const json = [
  "{",
  "}",
  '"',
  ":",
  ",",
  "[",
  "]",
  "null",
  "1e999",
  '"format"',
  '"key"',
  '"arn"',
  "\\u0000",
];

describe("a cached session", () => {
  test("comes back as it was", () => {
    holds(entry, (one) => expect(decodeSession(encodeSession(one))).toEqual(one));
  });

  test("that somebody has changed is none, or has nothing in it that no session has", () => {
    holds(fc.oneof(mutated(entry.map(encodeSession), json), noise(json)), checkCacheEntry, {
      few: 1000,
    });
  });

  test("of the AWS CLI comes back as it was, to the second", () => {
    holds(session, (one) => {
      const text = encodeAwsCliEntry(one);
      expect(text === null).toBe(one.arn === null);
      if (text === null) return;
      const seconds = Math.floor(one.expiresAt / 1000) * 1000;
      expect(decodeAwsCliEntry(text)).toEqual({ ...one, expiresAt: seconds });
    });
  });

  test("of the AWS CLI that somebody has changed is none, or has nothing in it that no session has", () => {
    const text = session.map((one) => encodeAwsCliEntry(one) ?? "{}");
    holds(fc.oneof(mutated(text, json), noise(json)), (garbage) => {
      const read = decodeAwsCliEntry(garbage);
      if (read === null) return;
      expect(Object.values(read.credentials).join("")).toMatch(/^[\w+/=.:@%-]+$/);
      expect(Number.isSafeInteger(read.expiresAt)).toBe(true);
      const wanted = {
        key: "",
        roleArn: "arn:aws:iam::111111111111:role/x",
        roleSessionName: null,
      };
      isSessionOf(read.arn, { ...wanted, hashed: "" });
    });
  });

  test("has a receipt that comes back as it was, or is none", () => {
    const receipt = fc.record({
      key: fc.string(),
      profile: fc.option(fc.string()),
      accessKeyId: secret,
    });
    holds(receipt, (one) => expect(decodeReceipt(encodeReceipt(one))).toEqual(one));
    holds(mutated(receipt.map(encodeReceipt), json), (text) => void decodeReceipt(text));
  });
});

describe("what a credential_process prints", () => {
  const document = fc
    .tuple(credentials, instant)
    .map(([keys, expiresAt]) => ({ ...keys, expiration: isoSeconds(expiresAt) }));

  test("is read as we print it", () => {
    holds(document, ({ expiration, ...keys }) => {
      const text = renderProcess({ ...keys, expiration });
      const expiresAt = Date.parse(expiration);
      expect(readDocument(text, "SessionToken")).toEqual({ ...keys, expiresAt });
    });
  });

  test("is credentials, or a reason that repeats nothing of it", () => {
    const own = [
      ...json,
      '"Version": 1',
      '"AccessKeyId": "AKIA"',
      '"Expiration": "2026-01-02T03:04:05Z"',
    ];
    holds(fc.oneof(mutated(document.map(renderProcess), own), noise(own)), (text) => {
      const read = readDocument(text, "SessionToken");
      if (typeof read === "string") expect(read).toMatch(/^(?:is|has) [\w ":]+$/);
      else expect(read.expiresAt === null || Number.isSafeInteger(read.expiresAt)).toBe(true);
    });
  });
});

describe("a time", () => {
  const two = (most: number) => fc.nat(most).map((count) => String(count).padStart(2, "0"));
  const clock = fc.record({
    year: fc.integer({ min: 1970, max: 2200 }).map(String),
    month: two(14),
    day: two(32),
    hour: two(25),
    minute: two(61),
    second: two(61),
    fraction: fc.constantFrom("", ".5", ".123456", ".123456789"),
    zone: fc.constantFrom("Z", "UTC", "+00:00", "-07:30", "+0200", "", " ", "+25:00", "GMT"),
    sign: fc.constantFrom("T", "T", "T", " "),
  });
  const iso = clock.map(
    ({ year, month, day, hour, minute, second, fraction, zone, sign }) =>
      `${year}-${month}-${day}${sign}${hour}:${minute}:${second}${fraction}${zone}`,
  );

  /** The instant by arithmetic alone; null for a day or a time of day that no calendar has, and for no zone. */
  function reckon(text: string): number | null {
    const [, seconds = "", fraction = "", zone = ""] =
      /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(\.\d+)?(Z|UTC|[+-]\d\d:?\d\d)$/.exec(text) ?? [];
    const [year = 0, month = 0, ...rest] = seconds.split(/\D/).map(Number);
    const at = Date.UTC(year, month - 1, ...rest);
    const offset = reckonZone(zone);
    if (seconds === "" || offset === null) return null;
    const isReal = new Date(at).toISOString().startsWith(seconds.replace(" ", "T"));
    return isReal ? at + Math.floor(Number(`0${fraction}`) * 1000) - offset : null;
  }

  function reckonZone(zone: string): number | null {
    if (/^(?:Z|UTC)$/.test(zone)) return 0;
    const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
    const ms = (hours * 60 + minutes) * 60_000;
    return hours > 23 || minutes > 59 ? null : zone.startsWith("-") ? -ms : ms;
  }

  test("in the AWS CLI's cache is the time that it says, or none", () => {
    const keys = { AccessKeyId: "A", SecretAccessKey: "s", SessionToken: "t" };
    const arn = "arn:aws:sts::111111111111:assumed-role/x/y";
    holds(fc.oneof(iso, noise(["2026-", "01", "T", "Z", ":"])), (text) => {
      const file = { Credentials: { ...keys, Expiration: text }, AssumedRoleUser: { Arn: arn } };
      const read = decodeAwsCliEntry(JSON.stringify(file))?.expiresAt ?? null;
      if (read !== null) expect(read).toBe(reckon(text));
      else if (text.includes("T")) expect(reckon(text)).toBeNull();
    });
  });

  test("in what a credential_process prints is the time that it says, or is refused", () => {
    const keys = { Version: 1, AccessKeyId: "A", SecretAccessKey: "s" };
    holds(
      fc.oneof(iso, noise(["2026-", "01", "T", "Z", ":", "Jan", " "])),
      (text) => {
        const read = readDocument(JSON.stringify({ ...keys, Expiration: text }), "SessionToken");
        const expiresAt = typeof read === "string" ? null : read.expiresAt;
        if (text !== "") expect(expiresAt).toBe(reckon(text));
      },
      { examples: ["1", "01/02/2026", "2026-01-02T03:04:05", "2026-02-30T03:04:05Z"] },
    );
  });

  test("is told and counted for any instant", () => {
    holds(fc.tuple(instant, instant), ([then, now]) => {
      expect(Date.parse(isoSeconds(then))).toBe(Math.floor(then / 1000) * 1000);
      expect(secondsLeft(then, now)).toBe(Math.max(0, Math.floor((then - now) / 1000)));
      expect(expiryInWords(then, now)).toMatch(
        /^(expired )?(just now|(less than 1 s|\d+ (s|min|days)|\d+ h( \d+ min)?) (left|ago))$/,
      );
    });
  });
});

describe("an environment", () => {
  test("with any words of ours in it is read", () => {
    const own = ["AWS_PROFILE", "=", ",", "dev", "%20", "%", "KOPS_MFA_PROFILE", "AWS_REGION"];
    holds(fc.tuple(environments, noise(own), values), ([env, previous, expiresAt]) => {
      const key = { AWS_ACCESS_KEY_ID: "ASIA1", KOPS_MFA_ACCESS_KEY_ID: "ASIA1" };
      const all = { ...env, ...key, KOPS_MFA_PREVIOUS: previous, KOPS_MFA_EXPIRES_AT: expiresAt };
      const carried = carriedSession(all);
      expect(carried?.expiresAt ?? 0).toBeGreaterThanOrEqual(0);
      const original = originalEnvironment(all);
      expect(original).not.toHaveProperty("KOPS_MFA_PREVIOUS");
      for (const name of decodePrevious(previous).keys()) expect(name).toMatch(/^[A-Za-z_]\w*$/);
    });
  });
});
