import { ConfigError } from "../errors.ts";
import { nearest } from "../nearest.ts";
import { fromFile, type Setting } from "./origin.ts";
import type { Profile } from "./profile.ts";
import type { SharedFiles } from "./profiles.ts";

/** Keys that a profile takes from [default] when it does not say (as aws-vault does, so that one serial serves a file). */
const fromDefaultProfile: ReadonlySet<string> = new Set(["mfa_serial"]);

/**
 * The value of a key in a profile: its own, else that of the profiles its `include_profile` names
 * (aws-vault's word), else for some keys that of [default]. Empty counts as absent.
 */
export function lookup(files: SharedFiles, profile: string, key: string): Setting | null {
  const stated = lookupStated(files, profile, key);
  if (stated || !fromDefaultProfile.has(key)) return stated;
  const found = files.profiles.get("default")?.values.get(key);
  return found?.value ? fromFile("default", key, found) : null;
}

/** The same without [default]: what the profile says, itself or by what it includes. */
export function lookupStated(files: SharedFiles, profile: string, key: string): Setting | null {
  for (const candidate of inclusions(files, profile)) {
    const found = candidate.values.get(key);
    if (found?.value) return fromFile(candidate.name, key, found);
  }
  return null;
}

/** A value that the profile itself states. */
export function lookupOwn(files: SharedFiles, profile: string, key: string): Setting | null {
  const found = files.profiles.get(profile)?.values.get(key);
  return found?.value ? fromFile(profile, key, found) : null;
}

/** The profile and what it includes, nearest first. Throws {@link ConfigError} for a loop or a missing name. */
function inclusions(files: SharedFiles, name: string): readonly Profile[] {
  const profiles: Profile[] = [];
  for (let next: string | null = name; next !== null;) {
    const profile = files.profiles.get(next);
    if (!profile) {
      if (profiles.length === 0) return [];
      throw missingProfile(
        files,
        next,
        `profile "${profiles.at(-1)?.name ?? name}": include_profile: `,
      );
    }
    if (profiles.includes(profile)) {
      const path = [...profiles.map((p) => p.name), next].join(" → ");
      throw new ConfigError(`profile "${name}": include_profile goes round in a circle: ${path}`, {
        hint: "Remove one of these include_profile lines.",
      });
    }
    profiles.push(profile);
    next = profile.values.get("include_profile")?.value || null;
  }
  return profiles;
}

/** The error for a profile that is in neither file; `where` says who names it, and ends with a colon and a blank if it says anything. */
export function missingProfile(files: SharedFiles, name: string, where: string): ConfigError {
  return new ConfigError(`${where}there is no profile "${name}" in ${files.paths.join(" or ")}`, {
    hint: meantProfile(files, name),
  });
}

function meantProfile(files: SharedFiles, name: string): string {
  const stray = files.strays.get(name);
  if (stray !== undefined) return `${stray} has [${name}]; there it must be [profile ${name}].`;
  const guess = nearest(name, files.profiles.keys());
  return guess === null ? knownProfiles(files) : `Did you mean "${guess}"?`;
}

function knownProfiles({ profiles, paths }: SharedFiles): string {
  const names = [...profiles.keys()].slice(0, 8);
  if (names.length === 0)
    return `There are no profiles: write one to ${paths[0] ?? "~/.aws/config"}.`;
  return `There are: ${names.join(", ")}${profiles.size > names.length ? ", …" : ""}.`;
}
