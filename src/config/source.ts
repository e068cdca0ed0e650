import type { Environment } from "../environment/environment.ts";
import { CredentialsError } from "../errors.ts";
import { lookupOwn } from "./lookup.ts";
import { describeOrigin, valueOf, type Origin, type Setting } from "./origin.ts";
import type { SharedFiles } from "./profiles.ts";
import { fromVariables } from "./variables.ts";

/** Where the chain's first credentials come from. */
export type Source = StaticSource | ProviderSource;

/** Access keys that are known as they stand. */
export interface StaticSource {
  readonly kind: "static";
  /** As words: `profile "default" (~/.aws/credentials:2)`, `the environment`. */
  readonly where: string;
  readonly profile: string | null;
  readonly accessKeyId: string;
  /** Null when only the id is left of the keys that a session replaced in this shell. */
  readonly secretAccessKey: string | null;
  /** Null for long-lived keys. */
  readonly sessionToken: string | null;
}

/** Credentials that one of AWS's own providers gets when they are needed. */
export interface ProviderSource {
  readonly kind: "provider";
  /** As words: `credential_process of profile "base" (~/.aws/config:7)`. */
  readonly where: string;
  readonly profile: string | null;
  /** Where the command stands that is run for them; null where none is. */
  readonly command: Origin | null;
  /** Everything that decides whose credentials these are. */
  readonly provider: Provider;
  /** Where the instance metadata service is, if somebody configured it. */
  readonly endpoint?: Setting | null;
}

export type Provider =
  | { readonly type: "process"; readonly command: string }
  | {
      readonly type: "sso";
      readonly startUrl: string;
      readonly region: string;
      readonly accountId: string;
      readonly roleName: string;
      /** The name of the sso-session; null in the older form. */
      readonly session: string | null;
    }
  | { readonly type: "login"; readonly loginSession: string; readonly region: string | null }
  | {
      readonly type: "web-identity";
      readonly tokenFile: string;
      readonly roleArn: string;
      readonly roleSessionName: string | null;
    }
  | { readonly type: "ec2" }
  | {
      readonly type: "container";
      /** Which endpoint; empty where no variable says. */
      readonly uri: string;
    };

/** The static keys that a profile itself has; null when it has none. Throws {@link CredentialsError} for one without the other. */
export function profileKeys(files: SharedFiles, profile: string): StaticSource | null {
  const accessKeyId = lookupOwn(files, profile, "aws_access_key_id");
  const secretAccessKey = lookupOwn(files, profile, "aws_secret_access_key");
  if (accessKeyId === null && secretAccessKey === null) return null;
  if (accessKeyId === null || secretAccessKey === null) {
    throw partial(profile, accessKeyId, secretAccessKey);
  }
  return {
    kind: "static",
    where: `profile "${profile}" (${place(accessKeyId)})`,
    profile,
    accessKeyId: accessKeyId.value,
    secretAccessKey: secretAccessKey.value,
    sessionToken: lookupOwn(files, profile, "aws_session_token")?.value ?? null,
  };
}

function partial(profile: string, id: Setting | null, secret: Setting | null): CredentialsError {
  const [has, lacks] = id
    ? ["aws_access_key_id", "aws_secret_access_key"]
    : ["aws_secret_access_key", "aws_access_key_id"];
  const found = id ?? secret;
  const where = found ? `${place(found)}: ` : "";
  return new CredentialsError(`${where}profile "${profile}" has ${has} without ${lacks}`, {
    hint: `Add the ${lacks} line, or remove both.`,
  });
}

/** The file and line of a value. */
export function place(setting: Setting): string {
  const { origin } = setting;
  return origin.kind === "file" ? `${origin.file}:${origin.line}` : describeOrigin(origin);
}

/**
 * The keys in the environment, by the names that the SDKs for Go and JavaScript accept; null when there are none.
 * Throws {@link CredentialsError} for a secret without its id.
 */
export function environmentKeys(env: Environment): StaticSource | null {
  const id = fromVariables(env, ["AWS_ACCESS_KEY_ID", "AWS_ACCESS_KEY"]);
  const secret = fromVariables(env, ["AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY"]);
  if (!id) {
    if (!secret) return null;
    const name = describeOrigin(secret.origin);
    throw new CredentialsError(`${name} is set and AWS_ACCESS_KEY_ID is not`, {
      hint: `Set both, or unset ${name} to use the keys of a profile.`,
    });
  }
  return {
    kind: "static",
    where: `the environment (${describeOrigin(id.origin)})`,
    profile: null,
    accessKeyId: id.value,
    secretAccessKey: valueOf(secret),
    sessionToken: env["AWS_SESSION_TOKEN"] || null,
  };
}
