import type { Environment } from "../environment/environment.ts";
import { ConfigError, CredentialsError } from "../errors.ts";
import { lookup, lookupOwn, missingProfile } from "./lookup.ts";
import type { Setting } from "./origin.ts";
import type { SharedFiles } from "./profiles.ts";
import { containerSource, profileProvider } from "./providers.ts";
import { profileKeys, type Source } from "./source.ts";

/** The way from the first keys to a profile, as the files tell it. */
export interface ProfileChain {
  readonly source: Source;
  /** Profiles with a role, in the order in which their roles are assumed; the last is the target's. */
  readonly links: readonly Link[];
  /** Things that AWS's own tools do not agree on here, for the person to know. */
  readonly notes: readonly string[];
}

export interface Link {
  readonly profile: string;
  readonly roleArn: Setting;
  /** Whether the profile itself has both: a role, and the keys that it is assumed with. */
  readonly ownKeys: boolean;
}

interface Walk {
  readonly files: SharedFiles;
  readonly env: Environment;
  readonly visited: readonly string[];
  /** Replaces, or gives, the role of the target. */
  readonly targetRole: Setting | null;
}

/**
 * Follows `source_profile` from a profile to its keys, by the rules of the Go SDK's config/shared_config.go
 * (kops is a Go SDK program): the keys of a source win over its own source_profile, and a profile that is met
 * again gives only its keys. Where Go refuses a profile, those of botocore and aws-vault hold: without a role, a profile's own
 * credentials win over its source_profile (botocore/credentials.py, AssumeRoleProvider._has_assume_role_config_vars), and
 * source_profile without credentials is an alias (aws-vault, vault/vault.go).
 * Throws {@link ConfigError} or {@link CredentialsError} that names the profile.
 */
export function followProfile(
  files: SharedFiles,
  env: Environment,
  profile: string,
  targetRole: Setting | null,
): ProfileChain {
  return follow({ files, env, visited: [], targetRole }, profile);
}

function follow(walk: Walk, profile: string): ProfileChain {
  const { files, visited } = walk;
  if (visited.includes(profile)) return closeLoop(walk, profile);
  const own = ownCredentials(walk, profile);
  if (own) return own;
  const roleArn = (visited.length === 0 ? walk.targetRole : null) ?? role(files, profile);
  const sourceProfile = lookup(files, profile, "source_profile");
  refuseSeveralSources(files, profile);
  if (!sourceProfile) return provided(walk, profile, roleArn);
  if (sourceProfile.value !== profile && !files.profiles.has(sourceProfile.value)) {
    throw missingProfile(files, sourceProfile.value, `profile "${profile}": source_profile: `);
  }
  const before = follow({ ...walk, visited: [...visited, profile] }, sourceProfile.value);
  if (!roleArn) return before;
  return { ...before, links: [...before.links, { profile, roleArn, ownKeys: false }] };
}

function role(files: SharedFiles, profile: string): Setting | null {
  return lookup(files, profile, "role_arn");
}

/** The chain of a profile that starts from what it has itself; null if it starts from its source_profile, or needs a provider for its role. */
function ownCredentials(walk: Walk, profile: string): ProfileChain | null {
  const { files, visited } = walk;
  const hasRole = role(files, profile) !== null;
  const sourceProfile = lookup(files, profile, "source_profile");
  const keys = profileKeys(files, profile);
  if (keys && (visited.length > 0 || !sourceProfile || !hasRole)) {
    return ownKeys(walk, profile, keys);
  }
  return sourceProfile && !hasRole ? ownProvider(walk, profile, sourceProfile) : null;
}

/** The chain of a profile that starts from its own keys. */
function ownKeys(
  { files, visited, targetRole }: Walk,
  profile: string,
  source: Source,
): ProfileChain {
  const given = visited.length === 0 ? targetRole : null;
  const ownRole = role(files, profile);
  const roleArn = given ?? ownRole;
  const ignored = lookup(files, profile, "source_profile");
  const notes = ownRole ? [] : ownCredentialsNotes(visited, profile, ignored);
  if (!roleArn) return { source, links: [], notes };
  return {
    source,
    links: [{ profile, roleArn, ownKeys: given === null }],
    notes: visited.length === 0 ? notes : [middleNote(profile, ignored)],
  };
}

/** The chain of a profile without a role that has a provider of its own; null if it has none. */
function ownProvider(walk: Walk, profile: string, ignored: Setting): ProfileChain | null {
  const { files, visited, env, targetRole } = walk;
  if (lookupOwn(files, profile, "credential_source")) return null;
  const found = profileProvider(files, profile, env);
  if (!found) return null;
  const roleArn = visited.length === 0 ? targetRole : null;
  return {
    source: found.source,
    links: roleArn ? [{ profile, roleArn, ownKeys: false }] : [],
    notes: ownCredentialsNotes(visited, profile, ignored),
  };
}

/** Of a source, all tools take its own credentials. Of the profile that is asked for, Go refuses both together. */
function ownCredentialsNotes(
  visited: readonly string[],
  profile: string,
  ignored: Setting | null,
): readonly string[] {
  if (visited.length > 0 || !ignored || ignored.value === profile) return [];
  return [
    `profile "${profile}" has credentials of its own and no role, so they are used and its source_profile = ${ignored.value} is ignored; kops itself would refuse the profile`,
  ];
}

/** botocore starts from these keys and leaves the role out, so that its session is another one. */
function middleNote(profile: string, ignored: Setting | null): string {
  const and = ignored ? ` and source_profile = ${ignored.value}` : " and a role";
  const then = ignored ? "its role is assumed with the keys" : "the role is assumed first";
  return `profile "${profile}" has access keys${and}: ${then}, as kops itself would do; the AWS CLI leaves it out`;
}

/** The chain of a profile that has neither keys nor a source_profile. */
function provided({ files, env }: Walk, profile: string, roleArn: Setting | null): ProfileChain {
  const link = roleArn ? [{ profile, roleArn, ownKeys: false }] : [];
  const found = profileProvider(files, profile, env);
  if (found) return { source: found.source, links: found.isRoleTaken ? [] : link, notes: [] };
  // The Go SDK falls back on the container's role here, and botocore refuses.
  const container = roleArn && containerSource(env);
  if (container) return { source: container, links: link, notes: [] };
  throw noKeys(files, profile, roleArn);
}

/** The second visit of a profile: its role has been counted, its credentials may end the chain. */
function closeLoop({ files, env, visited }: Walk, profile: string): ProfileChain {
  const source = profileKeys(files, profile) ?? profileProvider(files, profile, env)?.source;
  if (source) return { source, links: [], notes: [] };
  const path = [...visited.slice(visited.indexOf(profile)), profile].join(" → ");
  throw new ConfigError(
    `profile "${visited[0] ?? profile}": source_profile goes round in a circle: ${path}`,
    { hint: `One of these profiles must have access keys, or name a source_profile that has.` },
  );
}

const sourceKeys = [
  "source_profile",
  "credential_source",
  "credential_process",
  "web_identity_token_file",
];

function refuseSeveralSources(files: SharedFiles, profile: string): void {
  const found = sourceKeys.filter((key) => {
    // An included source_profile counts, and a provider's settings are the profile's own.
    return key === "source_profile" ? lookup(files, profile, key) : lookupOwn(files, profile, key);
  });
  if (found.length < 2) return;
  throw new ConfigError(
    `profile "${profile}" has ${found.join(" and ")}, and kops refuses more than one`,
    {
      hint: "Keep the one that the credentials should come from.",
    },
  );
}

function noKeys(files: SharedFiles, profile: string, roleArn: Setting | null): CredentialsError {
  if (roleArn) {
    return new CredentialsError(`profile "${profile}" has a role and nothing to assume it with`, {
      hint: `Add "source_profile = NAME" to it, with the profile that has your access keys.`,
    });
  }
  const file = files.paths.at(-1)?.split(" (")[0] ?? "~/.aws/credentials";
  return new CredentialsError(`profile "${profile}" has no access keys`, {
    hint: `Put its aws_access_key_id and aws_secret_access_key into ${file} (aws configure does).`,
  });
}
