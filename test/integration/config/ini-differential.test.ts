import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { corpus } from "./corpus.ts";
import { divergences } from "./divergences.ts";
import { cases, seed } from "../../fuzz/effort.ts";
import { awsFile, type Reader } from "../../support/config/grammar.ts";
import {
  findBotocore,
  readAsBotocore,
  readAsJs,
  readAsKopsMfa,
  type File,
  type Reading,
} from "./readers.ts";

const python = findBotocore();
const runs = cases(300, 10);

interface Peer {
  readonly read: (files: readonly File[]) => Promise<readonly Reading[]>;
  readonly skip: boolean;
  /** What the peer and we make alike of a value, whatever its row in divergences.ts says; null for nothing. */
  readonly evenOut: (value: string) => string | null;
  readonly keepsEmptyProfiles: boolean;
}

const peers: Readonly<Record<Reader, Peer>> = {
  js: {
    read: readAsJs,
    skip: false,
    // "a value that goes on in the next line", "no value"
    evenOut: (value) => value.split("\n")[0] || null,
    keepsEmptyProfiles: false,
  },
  botocore: {
    read: (files) => {
      if (python === null) throw new Error("No Python here has botocore; the package awscli does.");
      return readAsBotocore(python, files);
    },
    skip: python === null && process.env["KOPS_MFA_REQUIRE_ALL"] !== "1",
    evenOut: (value) => value,
    keepsEmptyProfiles: true,
  },
};

/** A reading as sorted lines, since `__proto__` and order make poor objects. */
function describeReading(
  reading: Reading,
  { evenOut, keepsEmptyProfiles }: Peer,
  unquote: (key: string, value: string) => string,
): readonly string[] {
  if (reading === "refused") return ["refused"];
  return Object.entries(reading)
    .flatMap(([name, values]) => {
      const found = Object.entries(values).flatMap(([key, raw]) => {
        const value = evenOut(unquote(key, raw));
        // "capitals in a key", "capitals in a nested key"
        return value === null ? [] : [`[${name}] ${key.toLowerCase()} = ${value}`];
      });
      return keepsEmptyProfiles ? [`[${name}]`, ...found] : found;
    })
    .sort();
}

/** "a value in quotes", "a command line in quotes" */
function unquote(key: string, value: string): string {
  const quoted = value.length > 1 && /^(["']).*\1$/s.test(value);
  return quoted && !key.endsWith("_process") ? value.slice(1, -1) : value;
}

function compare(file: File, theirs: Reading, peer: Peer, context: string): void {
  const ours = describeReading(readAsKopsMfa(file), peer, (_, value) => value);
  expect(ours, `${context}\n${JSON.stringify(file)}`).toEqual(
    describeReading(theirs, peer, unquote),
  );
}

describe.each(["js", "botocore"] as const)("compared with %s", (reader) => {
  const peer = peers[reader];

  test.skipIf(peer.skip)(`${runs} generated files read alike`, async () => {
    const files = fc.sample(awsFile(reader), { numRuns: runs, seed });
    const readings = await peer.read(files);
    files.forEach((file, index) => compare(file, readings[index]!, peer, `seed ${seed}`));
  });

  test.skipIf(peer.skip)("files from real homes read alike", async () => {
    const readings = await peer.read(corpus);
    corpus.forEach((file, index) => compare(file, readings[index]!, peer, file.name));
  });

  test.skipIf(peer.skip)("every known divergence is still one", async () => {
    const files = divergences.map(({ kind = "config", text }) => ({ kind, text }));
    const readings = await peer.read(files);
    const found = divergences.map(({ rule }, index) => [rule, readings[index]]);
    expect(found).toEqual(divergences.map((row) => [row.rule, row[reader]]));
  });
});

test.each(corpus)("$name", (file) => {
  expect(readAsKopsMfa(file)).toMatchObject(file.holds);
});

describe("where the readers disagree we follow Go", () => {
  test.each(divergences.filter(({ ours }) => ours === undefined))(
    "in $rule",
    ({ kind = "config", text, go }) => {
      expect(readAsKopsMfa({ kind, text })).toEqual(go);
    },
  );
});

describe("we leave Go, for a reason,", () => {
  test.each(divergences.filter(({ ours }) => ours !== undefined))(
    "in $rule: $why",
    ({ kind = "config", text, go, ours, why }) => {
      expect(readAsKopsMfa({ kind, text })).toEqual(ours);
      expect(ours).not.toEqual(go);
      expect(why).toBeDefined();
    },
  );
});
