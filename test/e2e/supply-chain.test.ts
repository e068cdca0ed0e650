import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packagesIn, permittedLicences } from "../../scripts/licences.mjs";
import { runProgram } from "./person.ts";

const licences = readFileSync("dist/THIRD-PARTY-LICENSES", "utf8");

let home: string;
beforeAll(() => void (home = mkdtempSync(join(tmpdir(), "kops-mfa-npm-"))));
afterAll(() => rmSync(home, { recursive: true }));

async function npm(...args: readonly string[]): Promise<unknown> {
  const env = { PATH: process.env["PATH"] ?? "", HOME: home };
  const { stdout, stderr, exitCode } = await runProgram("npm", args, env);
  if (exitCode !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

test("the package has the licence of everything that is in it", async () => {
  const [{ files = [] } = {}] = (await npm("pack", "--dry-run", "--ignore-scripts", "--json")) as {
    files?: { path: string }[];
  }[];
  const paths = files.map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(["LICENSE", "dist/THIRD-PARTY-LICENSES"]));

  const names = packagesIn(licences).map((one) => one.replace(/@[^@]+$/, ""));
  expect(importedPackages().filter((name) => !names.includes(name))).toEqual([]);
  const given = [...licences.matchAll(/^\* \S+ \((\S+)\)$/gm)].map(([, licence]) => licence ?? "");
  expect(given.filter((licence) => !permittedLicences.includes(licence))).toEqual([]);
});

test("npm run sbom lists what is shipped: what is bundled, and what is optional", async () => {
  const { components, metadata, dependencies } = (await npm("run", "--silent", "sbom")) as Bom;
  const refs = components.map((component) => component["bom-ref"]);
  const [optional, required] = [/^@napi-rs\/keyring/, /^(?!@napi-rs\/keyring)/].map((pattern) =>
    refs.filter((ref) => pattern.test(ref)),
  );
  expect(required?.toSorted()).toEqual(packagesIn(licences).toSorted());
  expect(optional).toContainEqual(expect.stringMatching(/^@napi-rs\/keyring@/));
  expect(components.filter(({ hashes }) => hashes[0]?.alg !== "SHA-512")).toEqual([]);
  expect(components.filter(({ licenses }) => licenses.length === 0)).toEqual([]);
  expect(metadata.component.name).toBe("kops-mfa");
  const named = dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]);
  expect(named.filter((ref) => ![...refs, metadata.component["bom-ref"]].includes(ref))).toEqual(
    [],
  );
});

interface Component {
  readonly "bom-ref": string;
  readonly name: string;
  readonly hashes: readonly { readonly alg: string }[];
  readonly licenses: readonly unknown[];
}

/** https://cyclonedx.org/docs/1.5/json/ */
interface Bom {
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/** The packages that src/ imports values from. */
function importedPackages(): readonly string[] {
  // It hands on what @smithy/core has, and leaves nothing of its own in the bundle.
  const handsOn = ["@smithy/shared-ini-file-loader"];
  const texts = readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join("src", name), "utf8"));
  const imported = texts.flatMap((text) => [
    ...text.matchAll(/^import (?!type).*? from "((?:@[^/"]+\/)?[^/".:]+)(?:\/[^"]*)?";/gms),
  ]);
  const names = imported.map(([, name]) => name ?? "");
  expect(names).toContain("clipanion");
  return [...new Set(names)].filter((name) => !handsOn.includes(name));
}
