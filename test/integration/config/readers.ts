import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadSharedConfigFiles } from "@smithy/shared-ini-file-loader";
import { mergeSharedFiles } from "../../../src/config/profiles.ts";
import type { Profile } from "../../../src/config/profile.ts";
import { ConfigError } from "../../../src/errors.ts";

/** One file by section (`default`, a profile's name, `sso-session x`, `services x`) and key; a nested key is `s3.key`. */
export type Sections = Readonly<Record<string, Readonly<Record<string, string>>>>;

export type Reading = Sections | "refused";

export type Kind = "config" | "credentials";

export interface File {
  readonly kind: Kind;
  readonly text: string;
}

export function readAsKopsMfa({ kind, text }: File): Reading {
  const file = { path: kind, text };
  try {
    const files = kind === "config" ? mergeSharedFiles(file, null) : mergeSharedFiles(null, file);
    const services = [...files.services].map(([name, nested]) => ({
      name: `services ${name}`,
      values: new Map(),
      nested,
    }));
    const sessions = [...files.ssoSessions.values()].map((session) => ({
      ...session,
      name: `sso-session ${session.name}`,
    }));
    const all: readonly Profile[] = [...files.profiles.values(), ...sessions, ...services];
    return fromEntries(all.map((section) => [section.name, flatten(section)]));
  } catch (error) {
    if (error instanceof ConfigError) return "refused";
    throw error;
  }
}

function flatten({ values, nested }: Profile): Readonly<Record<string, string>> {
  const blocks = [...nested].flatMap(([key, block]) =>
    [...block].map(([inner, { value }]) => [`${key}.${inner}`, value] as const),
  );
  return fromEntries([...[...values].map(([key, { value }]) => [key, value] as const), ...blocks]);
}

/** `Object.fromEntries` without a prototype, so that `__proto__` is a name like any other. */
function fromEntries<T>(entries: Iterable<readonly [string, T]>): Readonly<Record<string, T>> {
  const object = Object.create(null) as Record<string, T>;
  for (const [key, value] of entries) object[key] = value;
  return object;
}

/** Files on disk while `use` runs, one directory for all. */
async function onDisk<T>(
  files: readonly File[],
  use: (paths: readonly string[]) => T | Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), "kops-mfa-ini-"));
  try {
    const paths = files.map((file, index) => {
      const path = join(directory, String(index));
      writeFileSync(path, file.text);
      return path;
    });
    return await use(paths);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** AWS's own reader for JavaScript. It refuses a file by finding nothing in it. */
export function readAsJs(files: readonly File[]): Promise<readonly Reading[]> {
  return onDisk(files, async (paths) => {
    const readings: Reading[] = [];
    // One after the other: what it cannot open for want of file descriptors it would read as empty.
    for (const [index, { kind }] of files.entries()) {
      const path = paths[index]!;
      const init = { configFilepath: path, filepath: path, ignoreCache: true };
      const { configFile, credentialsFile } = await loadSharedConfigFiles(init);
      const sections = Object.entries(kind === "config" ? configFile : credentialsFile);
      readings.push(
        fromEntries(
          sections.map(([name, values]) => [
            name.replace(/^(sso-session|services)\./, "$1 "),
            values as Readonly<Record<string, string>>,
          ]),
        ),
      );
    }
    return readings;
  });
}

/** Debian's awscli carries botocore inside itself. */
const importBotocore = `
try:
    from botocore import configloader as loader
except ImportError:
    from awscli.botocore import configloader as loader
`;

const readAll = `${importBotocore}
import json, sys

def flatten(values):
    flat = {}
    for key, value in values.items():
        if isinstance(value, dict):
            flat.update({key + '.' + inner: text for inner, text in value.items()})
        else:
            flat[key] = value
    return flat

def sections(kind, path):
    if kind == 'credentials':
        return loader.raw_config_parse(path)
    found = loader.load_config(path)
    named = dict(found['profiles'])
    named.update({'sso-session ' + name: values for name, values in found.get('sso_sessions', {}).items()})
    named.update({'services ' + name: values for name, values in found.get('services', {}).items()})
    # Before 2023 it was a section like any other.
    named.update({name: values for name, values in found.items() if name.startswith('services ')})
    return named

def read(kind, path):
    try:
        return {name: flatten(values) for name, values in sections(kind, path).items()}
    except Exception as error:
        if type(error).__name__ != 'ConfigParseError':
            raise
        return 'refused'

json.dump([read(kind, path) for kind, path in json.load(sys.stdin)], sys.stdout)
`;

function python(interpreter: string, script: string, input = ""): string {
  return execFileSync(interpreter, ["-c", script], {
    input,
    encoding: "utf8",
    stdio: ["pipe", "pipe", "ignore"],
    maxBuffer: 2 ** 28,
    env: { ...process.env, PYTHONUTF8: "1" },
  });
}

/** The Python that has botocore; null when there is none. */
export function findBotocore(): string | null {
  for (const interpreter of ["python3", "/usr/bin/python3"]) {
    try {
      python(interpreter, importBotocore);
      return interpreter;
    } catch {
      // No Python here, or none with botocore: the next one.
    }
  }
  return null;
}

/** The AWS CLI's reader, all files in one process. */
export function readAsBotocore(
  interpreter: string,
  files: readonly File[],
): Promise<readonly Reading[]> {
  return onDisk(files, (paths) => {
    const input = JSON.stringify(files.map(({ kind }, index) => [kind, paths[index]]));
    return JSON.parse(python(interpreter, readAll, input)) as readonly Reading[];
  });
}
