import type { Environment } from "../environment/environment.ts";
import { ConfigError, CredentialsError } from "../errors.ts";
import { lookup, lookupOwn } from "./lookup.ts";
import type { Origin, Setting } from "./origin.ts";
import type { SharedFiles } from "./profiles.ts";
import { refuseRecursion } from "./process-chain.ts";
import { fromVariables } from "./variables.ts";
import { environmentKeys, place, type Provider, type Source } from "./source.ts";

/** Credentials of a profile that has no keys of its own. */
export interface ProfileProvider {
  readonly source: Source;
  /** Whether the provider has assumed the profile's role already, as web identity does. */
  readonly isRoleTaken: boolean;
}

/**
 * What a profile without keys gets its credentials from, in the Go SDK's order (config/resolve_credentials.go): credential_source,
 * web identity, SSO, `aws login`, credential_process; null for none. Throws {@link ConfigError} for one that lacks a part.
 */
export function profileProvider(
  files: SharedFiles,
  profile: string,
  env: Environment,
): ProfileProvider | null {
  const own = (key: string) => lookupOwn(files, profile, key);
  const credentialSource = own("credential_source");
  if (credentialSource) return plain(fromCredentialSource(files, credentialSource, env));
  const tokenFile = own("web_identity_token_file");
  if (tokenFile) return { source: webIdentity(files, profile, tokenFile), isRoleTaken: true };
  const found =
    sso(files, profile) ?? login(files, profile) ?? credentialProcess(files, profile, env);
  return found && plain(found);
}

function plain(source: Source): ProfileProvider {
  return { source, isRoleTaken: false };
}

function provider(
  where: string,
  profile: string | null,
  details: Provider,
  command: Origin | null = null,
): Source {
  return { kind: "provider", where, profile, command, provider: details };
}

function fromCredentialSource(files: SharedFiles, setting: Setting, env: Environment): Source {
  switch (setting.value) {
    case "Environment": {
      const keys = environmentKeys(env);
      if (keys) return keys;
      throw new CredentialsError(
        `${place(setting)}: credential_source = Environment, and there are no keys in the environment`,
        {
          hint: "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a source_profile instead.",
        },
      );
    }
    case "Ec2InstanceMetadata":
      return instance(files, env);
    case "EcsContainer":
      return container(env);
    default:
      throw new ConfigError(`${place(setting)}: there is no credential_source "${setting.value}"`, {
        hint: "It is Environment, Ec2InstanceMetadata or EcsContainer.",
      });
  }
}

/** Its endpoint is looked up by AWS's provider, which reads the profile that the environment names: @smithy/credential-provider-imds, EndpointConfigOptions.js */
function instance(files: SharedFiles, env: Environment): Source {
  const endpoint =
    fromVariables(env, ["AWS_EC2_METADATA_SERVICE_ENDPOINT"]) ??
    lookupOwn(files, env["AWS_PROFILE"] || "default", "ec2_metadata_service_endpoint");
  const type = { type: "ec2" } as const;
  return {
    ...{ kind: "provider", where: "the role of this EC2 instance", profile: null },
    ...{ command: null, provider: type, endpoint },
  };
}

function webIdentity(files: SharedFiles, profile: string, tokenFile: Setting): Source {
  const roleArn = lookup(files, profile, "role_arn");
  if (!roleArn) {
    throw new ConfigError(
      `${place(tokenFile)}: profile "${profile}" has web_identity_token_file without role_arn`,
      {
        hint: "Add the role_arn that the token is for.",
      },
    );
  }
  return provider(`the web identity of profile "${profile}" (${place(tokenFile)})`, profile, {
    type: "web-identity",
    tokenFile: tokenFile.value,
    roleArn: roleArn.value,
    roleSessionName: lookup(files, profile, "role_session_name")?.value ?? null,
  });
}

function sso(files: SharedFiles, profile: string): Source | null {
  const session = lookupOwn(files, profile, "sso_session");
  const inline = lookupOwn(files, profile, "sso_start_url");
  const first = session ?? inline;
  const account = lookupOwn(files, profile, "sso_account_id");
  if (!first || !account) return null;
  const section = session ? files.ssoSessions.get(session.value) : undefined;
  if (session && !section) {
    throw new ConfigError(`${place(session)}: there is no section [sso-session ${session.value}]`, {
      hint: "Write the section (aws configure sso does), or correct the name.",
    });
  }
  const part = (key: string) =>
    section?.values.get(key)?.value || lookupOwn(files, profile, key)?.value || "";
  const values = {
    startUrl: part("sso_start_url"),
    region: part("sso_region"),
    roleName: part("sso_role_name"),
  };
  const [missing] = Object.entries(values).find(([, value]) => value === "") ?? [];
  if (missing !== undefined) {
    const key =
      { startUrl: "sso_start_url", region: "sso_region", roleName: "sso_role_name" }[missing] ??
      missing;
    throw new ConfigError(`${place(first)}: the SSO settings of profile "${profile}" lack ${key}`, {
      hint: "aws configure sso writes them all.",
    });
  }
  return provider(`SSO of profile "${profile}" (${place(first)})`, profile, {
    type: "sso",
    accountId: account.value,
    session: session?.value ?? null,
    ...values,
  });
}

function login(files: SharedFiles, profile: string): Source | null {
  const session = lookupOwn(files, profile, "login_session");
  if (!session) return null;
  const region = lookup(files, profile, "region")?.value ?? null;
  const details: Provider = { type: "login", loginSession: session.value, region };
  return provider(`\`aws login\` of profile "${profile}" (${place(session)})`, profile, details);
}

function credentialProcess(files: SharedFiles, profile: string, env: Environment): Source | null {
  const command = lookupOwn(files, profile, "credential_process");
  if (!command) return null;
  const where = `credential_process of profile "${profile}" (${place(command)})`;
  refuseRecursion(where, env);
  const details: Provider = { type: "process", command: command.value };
  return provider(where, profile, details, command.origin);
}

/**
 * What the environment itself offers where no profile does: keys, a web identity, the credentials of a container. Null for none.
 * The instance's own role is not looked for: away from EC2 that means waiting for nothing.
 */
export function environmentSource(env: Environment): Source | null {
  const keys = environmentKeys(env);
  if (keys) return keys;
  const [tokenFile, roleArn] = [env["AWS_WEB_IDENTITY_TOKEN_FILE"], env["AWS_ROLE_ARN"]];
  if (tokenFile && roleArn) {
    return provider("the web identity of the environment (AWS_WEB_IDENTITY_TOKEN_FILE)", null, {
      type: "web-identity",
      tokenFile,
      roleArn,
      roleSessionName: env["AWS_ROLE_SESSION_NAME"] || null,
    });
  }
  return containerSource(env);
}

/** The credentials of a container, where its variables are set. */
export function containerSource(env: Environment): Source | null {
  return containerUri(env) === "" ? null : container(env);
}

function container(env: Environment): Source {
  return provider("the role of this container", null, {
    type: "container",
    uri: containerUri(env),
  });
}

function containerUri(env: Environment): string {
  return (
    env["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] || env["AWS_CONTAINER_CREDENTIALS_FULL_URI"] || ""
  );
}
