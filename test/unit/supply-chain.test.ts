import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  bundledInputs,
  licencesOf,
  packagesIn,
  permittedLicences,
} from "../../scripts/licences.mjs";

interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

const read = (path: string) => JSON.parse(readFileSync(path, "utf8")) as unknown;
const manifest = read("package.json") as Readonly<Record<string, Record<string, string>>>;
const { packages } = read("package-lock.json") as { packages: Record<string, Locked> };
const locked = Object.entries(packages).filter(([path]) => path !== "");

describe("package.json", () => {
  const kinds = Object.keys(manifest).filter((key) => /dependencies$/i.test(key));

  test("pins every dependency to one version", () => {
    const ranges = kinds
      .flatMap((kind) => Object.entries(manifest[kind] ?? {}))
      .filter(([, range]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range));
    expect(ranges).toEqual([]);
  });

  test("lets an installation bring nothing but the optional keyring", () => {
    expect(kinds.sort()).toEqual(["devDependencies", "optionalDependencies"]);
    expect(Object.keys(manifest["optionalDependencies"] ?? {})).toEqual(["@napi-rs/keyring"]);
  });

  test("runs nothing when it is installed", () => {
    const hooks = ["preinstall", "install", "postinstall", "prepare", "preprepare", "postprepare"];
    expect(Object.keys(manifest["scripts"] ?? {}).filter((name) => hooks.includes(name))).toEqual(
      [],
    );
  });
});

describe("package-lock.json", () => {
  test("has a hash for every package, and names no place to fetch it from", () => {
    const loose = locked.filter(
      ([, { integrity, resolved, link }]) =>
        !integrity?.startsWith("sha512-") || resolved !== undefined || link,
    );
    expect(loose.map(([path]) => path)).toEqual([]);
  });

  test("has no install script but those that are known", () => {
    const known = {
      // A check of its own binary; the build works without (npm ci --ignore-scripts).
      "node_modules/esbuild": "development",
    };
    const found = locked
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([path, { dev }]) => [path, dev ? "development" : "shipped"]);
    expect(Object.fromEntries(found)).toEqual(known);
  });

  test("has under permitted licences what an installation may bring", () => {
    const shipped = locked.filter(([, { dev }]) => !dev);
    expect(shipped.length).toBeGreaterThan(0);
    const others = shipped.filter(([, { license }]) => !permittedLicences.includes(license ?? ""));
    expect(others.map(([path, { license }]) => [path, license])).toEqual([]);
  });
});

describe("the texts of licences", () => {
  interface Package {
    readonly license?: string;
    readonly files?: Readonly<Record<string, string>>;
  }

  /** Packages on the disk; one module of each, as esbuild names it. */
  function install(those: Readonly<Record<string, Package>>): readonly string[] {
    const folder = mkdtempSync(join(tmpdir(), "kops-mfa-licences-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    return Object.entries(those).map(([name, { license, files = {} }]) => {
      const directory = join(folder, "node_modules", name);
      mkdirSync(directory, { recursive: true });
      const own = JSON.stringify({ name, version: "1.2.3", license });
      for (const [file, text] of Object.entries({ ...files, "package.json": own })) {
        writeFileSync(join(directory, file), text);
      }
      return join(directory, "lib/index.js");
    });
  }

  test("stand under the packages that they are of, each once, with the notices", () => {
    const inputs = install({
      "@scope/one": { license: "MIT", files: { LICENSE: "the text\n" } },
      two: { license: "MIT", files: { "license.md": "the text" } },
      three: { license: "Apache-2.0", files: { "LICENSE.txt": "apache", NOTICE: "notice" } },
    });
    const text = licencesOf(["src/app.ts", ...inputs, ...inputs]);
    expect(packagesIn(text)).toEqual(["@scope/one@1.2.3", "two@1.2.3", "three@1.2.3"]);
    expect(text).toMatch(/\* @scope\/one@1.2.3 \(MIT\)\n\* two@1.2.3 \(MIT\)\n\nthe text\n/);
    expect(text).toContain("* three@1.2.3 (Apache-2.0)\n\napache\n\nnotice\n");
  });

  test("are found in the readme; the Apache licence is everybody's", () => {
    const readme =
      "# two\n\n## License (MIT)\n\n> Copyright somebody\n>\n> Permission\n\n## More\n";
    const text = licencesOf(
      install({
        one: { license: "Apache-2.0" },
        other: { license: "Apache-2.0", files: { LICENSE: "apache" } },
        two: { license: "MIT", files: { "README.md": readme } },
      }),
    );
    expect(text).toContain("* one@1.2.3 (Apache-2.0)\n* other@1.2.3 (Apache-2.0)\n\napache\n");
    expect(text).toContain("* two@1.2.3 (MIT)\n\nCopyright somebody\n\nPermission\n");
  });

  test.each<readonly [string, Package, string]>([
    ["a licence that is not permitted", { license: "GPL-3.0-only" }, '"GPL-3.0-only" is not among'],
    ["no licence", {}, "is not among the permitted licences"],
    ["no text", { license: "MIT" }, "the text of its licence (MIT) is not in the package"],
    ["no text of Apache's anywhere", { license: "Apache-2.0" }, "(Apache-2.0) is not in"],
  ])("%s ends the build", (_, what, message) => {
    expect(() => licencesOf(install({ one: what }))).toThrow(`one@1.2.3: `);
    expect(() => licencesOf(install({ one: what }))).toThrow(message);
  });

  test("are those of modules of which something is left in the output", () => {
    const outputs = {
      "dist/a.cjs": {
        inputs: { "src/a.ts": { bytesInOutput: 1 }, "node_modules/x/x.js": { bytesInOutput: 0 } },
      },
      "dist/b.cjs": { inputs: { "node_modules/y/y.js": { bytesInOutput: 7 } } },
    };
    expect(bundledInputs({ outputs })).toEqual(["src/a.ts", "node_modules/y/y.js"]);
  });
});
