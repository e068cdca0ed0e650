import { join } from "node:path";
import type { CredentialsError } from "../../errors.ts";
import type { SourceCredentials, StsTarget } from "../../context/sts.ts";
import { boundedBody } from "../aws/bounded-body.ts";
import { readBundle } from "../aws/ca-bundle.ts";
import { httpsAgent } from "../aws/proxy-agent.ts";

type Sources = typeof import("./providers-entry.ts");

/** Loads AWS's providers. */
export async function loadSources(): Promise<Sources> {
  // The SDK warns on stderr that it will leave Node 20 behind; the versions are pinned together (package.json).
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
  return import("./providers-entry.ts");
}

/** The profile of {@link standInFiles}. */
export const standInProfile = "kops-mfa";

interface StandInFiles {
  readonly configFilepath: string;
  readonly filepath: string;
}

/**
 * Lets AWS's providers and clients see `config` in place of ~/.aws/config, and no ~/.aws/credentials: what the files say is settled
 * by our own resolution, and their parser differs. The SDK's own test hook serves, where no option of a provider does.
 */
export function standInFiles(
  { externalDataInterceptor, getHomeDir }: Sources,
  config: string,
): StandInFiles {
  const home = getHomeDir();
  // As the SDK finds them: @smithy/core, shared-ini-file-loader/loadSharedConfigFiles.ts
  const pathOf = (variable: string, name: string) => {
    const path = process.env[variable] || join(home, ".aws", name);
    return path.startsWith("~/") ? join(home, path.slice(2)) : path;
  };
  const configFilepath = pathOf("AWS_CONFIG_FILE", "config");
  const filepath = pathOf("AWS_SHARED_CREDENTIALS_FILE", "credentials");
  externalDataInterceptor.interceptFile(filepath, "");
  externalDataInterceptor.interceptFile(configFilepath, config);
  return { configFilepath, filepath };
}

/** What the clients of the providers are told, so that they look up nothing by their own rules. */
export function clientConfig({ useFips, useDualstack, caBundle, timeoutMs }: StsTarget) {
  const ca = caBundle === null ? null : readBundle(caBundle);
  return {
    useFipsEndpoint: useFips,
    useDualstackEndpoint: useDualstack,
    maxAttempts: 2,
    retryMode: "standard",
    defaultsMode: "standard",
    userAgentAppId: "kops-mfa",
    streamCollector: boundedBody,
    requestHandler: {
      connectionTimeout: timeoutMs,
      requestTimeout: timeoutMs,
      throwOnRequestTimeout: true,
      httpsAgent: httpsAgent({ ca, timeoutMs }),
    },
  } as const;
}

/** The SDK's form of credentials, as much of it as counts here. */
interface Identity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly expiration?: Date | undefined;
}

/** What one of AWS's providers gives. Throws what `explain` makes of its error. */
export async function provided(
  provide: () => Promise<Identity>,
  explain: (error: unknown) => CredentialsError,
): Promise<SourceCredentials> {
  const identity = await provide().catch((error: unknown) => {
    throw explain(error);
  });
  return fromIdentity(identity);
}

export function fromIdentity(identity: Identity): SourceCredentials {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = identity;
  return {
    accessKeyId,
    secretAccessKey,
    sessionToken: sessionToken ?? null,
    expiresAt: expiration?.getTime() ?? null,
  };
}
