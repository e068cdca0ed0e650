import { lookupOwn, missingProfile } from "../config/lookup.ts";
import type { SharedFiles } from "../config/profiles.ts";
import { profileProvider } from "../config/providers.ts";
import { environmentKeys, profileKeys, type Source } from "../config/source.ts";
import type { Environment } from "../environment/environment.ts";
import { CredentialsError, orNull } from "../errors.ts";
import type { Asker } from "./asker.ts";
import type { Keys } from "./draft.ts";
import { readChoice } from "./readings.ts";

interface Place {
  readonly files: SharedFiles;
  readonly env: Environment;
}

/** All that a code may go with: long-lived access keys of profiles and of the environment, and programs that print such. */
export function findKeys({ files, env }: Place): readonly Keys[] {
  const named = [...files.profiles.keys()].flatMap((profile) => {
    const source = orNull(() => sourceOf({ files, env }, profile));
    const isStart = source && !lookupOwn(files, profile, "role_arn");
    return isStart && takesCode(source) ? [{ profile, source }] : [];
  });
  const given = orNull(() => environmentKeys(env));
  const isNew = !named.some(({ source }) => idOf(source) === given?.accessKeyId);
  return given?.secretAccessKey && takesCode(given) && isNew
    ? [...named, { profile: null, source: given }]
    : named;
}

/** The keys of the profile that was named. Throws {@link KopsMfaError}. */
export function namedKeys(place: Place, profile: string): Keys {
  const { files } = place;
  if (!files.profiles.has(profile)) throw missingProfile(files, profile, "--source-profile: ");
  const source = sourceOf(place, profile);
  if (source && lookupOwn(files, profile, "role_arn")) {
    throw new CredentialsError(`--source-profile: profile "${profile}" assumes a role itself`, {
      hint: "Name the profile with the access keys that it starts from.",
    });
  }
  if (source && takesCode(source)) return { profile, source };
  if (source) throw temporaryKeys(source.where);
  throw new CredentialsError(`--source-profile: profile "${profile}" has no access keys`, {
    hint: `Give it some: aws configure --profile ${profile}`,
  });
}

/** Which of them, asked only where there are several. Throws {@link KopsMfaError} where there are none. */
export async function chooseKeys(
  asker: Asker,
  place: Place,
  usual: string | null | undefined,
): Promise<Keys> {
  const all = findKeys(place);
  const [only] = all;
  if (!only) throw noKeys(place);
  if (all.length === 1) return only;
  const names = all.map((keys) => keys.profile ?? "environment");
  const width = Math.max(...names.map((name) => name.length));
  const rows = all.map(({ source }, index) =>
    `  ${index + 1}  ${(names[index] ?? "").padEnd(width)}  ${describeKeys(source)}`.trimEnd(),
  );
  const [preferred] = [usual ?? "", "default"].flatMap((name) =>
    all.filter(({ profile }) => profile === name),
  );
  return asker.ask({
    option: "--source-profile",
    about: [
      "The access keys to start from: those of your IAM user, with which AWS takes a code.",
      ...rows,
    ],
    prompt: "Keys",
    fallback: preferred ? { shown: preferred.profile ?? "", value: preferred } : null,
    read: (answer) => readChoice(answer, all, ({ profile }) => profile ?? "environment"),
  });
}

/** An access key id, shortened, or the program that prints the keys. */
function describeKeys(source: Source): string {
  const id = idOf(source);
  return id === null ? "credential_process" : `${id.slice(0, 4)}…${id.slice(-4)}`;
}

function idOf(source: Source): string | null {
  return source.kind === "static" ? source.accessKeyId : null;
}

function sourceOf({ files, env }: Place, profile: string): Source | null {
  return profileKeys(files, profile) ?? profileProvider(files, profile, env)?.source ?? null;
}

/** Keys of an id that begins with ASIA are temporary, also where somebody has lost their token. */
function takesCode(source: Source): boolean {
  return source.kind === "static"
    ? source.sessionToken === null && !source.accessKeyId.startsWith("ASIA")
    : source.provider.type === "process";
}

function noKeys({ files, env }: Place): CredentialsError {
  const sources = [
    ...[...files.profiles.keys()].map((profile) => orNull(() => sourceOf({ files, env }, profile))),
    orNull(() => environmentKeys(env)),
  ];
  const temporary = sources.find((source) => source !== null);
  if (temporary) return temporaryKeys(temporary.where);
  return new CredentialsError(
    `there are no access keys: none in ${files.paths.join(" or ")}, none in the environment`,
    {
      hint: 'Make one for your IAM user (IAM console: Users, your name, "Security credentials", "Create access key"), give it to `aws configure`, and run this again.',
    },
  );
}

export function temporaryKeys(where: string): CredentialsError {
  return new CredentialsError(
    `${where} gives temporary keys, and AWS takes an MFA code only with long-lived ones`,
    {
      hint: "Give the access keys of your IAM user (AKIA…) to `aws configure`. Who signs in with SSO needs no setup: kops-mfa env PROFILE.",
    },
  );
}
