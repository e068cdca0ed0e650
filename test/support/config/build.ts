import { describeOrigin, type Setting } from "../../../src/config/origin.ts";
import { mergeSharedFiles, type SharedFiles } from "../../../src/config/profiles.ts";
import { readRequest, type Request, type RequestOptions } from "../../../src/config/request.ts";
import { resolve, type Resolution } from "../../../src/config/resolve.ts";
import type { Source } from "../../../src/config/source.ts";
import type { Environment } from "../../../src/environment/environment.ts";
import { KopsMfaError } from "../../../src/errors.ts";

/** `[default]` or `[profile NAME]` with these lines, as ~/.aws/config has it. */
export function profile(name: string, ...lines: readonly string[]): string {
  return section(name === "default" ? name : `profile ${name}`, ...lines);
}

/** `[NAME]` with these lines. */
export function section(name: string, ...lines: readonly string[]): string {
  return [`[${name}]`, ...lines, ""].join("\n");
}

/** Two lines: the access keys of a test user. */
export function keys(tag = "JON0"): string {
  const { accessKeyId, secretAccessKey } = testKeys(tag);
  return `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}`;
}

/** The same keys in environment variables. */
export function keyVariables(tag = "ENV0"): Environment {
  const { accessKeyId, secretAccessKey } = testKeys(tag);
  return { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
}

/** Keys that nobody can take for real ones. */
export function testKeys(tag: string) {
  return {
    accessKeyId: `AKIATESTTESTTEST${tag}`,
    secretAccessKey: `test/secret+${tag}/not/a/real/key/`.padEnd(40, "0"),
  };
}

export function roleArn(name: string): string {
  return `arn:aws:iam::222222222222:role/${name}`;
}

export function mfaArn(name: string): string {
  return `arn:aws:iam::111111111111:mfa/${name}`;
}

export const role = (name: string) => `role_arn = ${roleArn(name)}`;
export const mfa = (name: string) => `mfa_serial = ${mfaArn(name)}`;
export const from = (name: string) => `source_profile = ${name}`;

/** A profile with a role of its own name, and a source. */
export function link(name: string, source: string, ...lines: readonly string[]): string {
  return profile(name, role(name), from(source), ...lines);
}

/** The two files, from their sections. */
export function sharedFiles(
  config: readonly string[],
  credentials: readonly string[] = [],
): SharedFiles {
  return mergeSharedFiles(
    { path: "~/.aws/config", text: config.join("") },
    { path: "~/.aws/credentials", text: credentials.join("") },
  );
}

/** What a session is resolved from. */
export interface Given {
  readonly config?: readonly string[];
  readonly credentials?: readonly string[];
  readonly options?: RequestOptions;
  readonly env?: Environment;
}

export function resolved({
  config = [],
  credentials = [],
  options = {},
  env = {},
}: Given): Resolution {
  return resolve({ files: sharedFiles(config, credentials), request: request(options, env), env });
}

/** A request of somebody who has no settings of kops-mfa's own. */
export function request(options: RequestOptions = {}, env: Environment = {}): Request {
  return readRequest(options, env, { path: "", sections: new Map(), defaults: new Map() });
}

/** This configuration, with profile "prod" named. */
export const forProd = (...config: readonly string[]) => ({ config, options: { profile: "prod" } });

/** A setting that was given as an option. */
export function given<T = string>(value: T, name = "--option"): Setting<T> {
  return { value, origin: { kind: "option", name } };
}

/** `eu-west-1 ← ~/.aws/config:3 (region)`. */
export function tell(setting: Setting<string | number> | null): string | null {
  return setting && `${setting.value} ← ${describeOrigin(setting.origin)}`;
}

/** `JON0 > base > prod`: the tag of the keys, then the names of the roles; a star where the keys stand in the role's own profile. */
export function way(
  source: Source,
  roles: readonly { readonly roleArn: Setting; readonly ownKeys: boolean }[],
): string {
  const names = roles.map((step) => {
    const arn = step.roleArn.value;
    return `${arn.split(":role/")[1] ?? arn}${step.ownKeys ? "*" : ""}`;
  });
  return [tagOf(source), ...names].join(" > ");
}

/** The tag of test keys; for other sources their place. */
export function tagOf(source: Source): string {
  return source.kind === "static"
    ? source.accessKeyId.slice("AKIATESTTESTTEST".length)
    : source.where;
}

/** An error as the person sees it: its kind, then the two lines. */
export type Refusal = readonly [kind: string, message: string, hint: string | null];

/** What `run` is refused with; it must be. */
export function refusalOf(run: () => unknown): Refusal {
  try {
    run();
  } catch (error) {
    return toRefusal(error);
  }
  throw new Error("nothing was refused");
}

export function toRefusal(error: unknown): Refusal {
  if (error instanceof KopsMfaError) return [error.name, error.message, error.hint];
  throw error;
}
