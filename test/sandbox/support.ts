import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  type Credentials,
  GetCallerIdentityCommand,
  STSClient,
  type STSClientConfig,
  STSServiceException,
} from "@aws-sdk/client-sts";
import { onTestFinished, vi } from "vitest";
import type { AccessKey } from "./directory.ts";
import type { Sandbox, SandboxOptions } from "./sandbox.ts";
import { startSandbox } from "./server.ts";
import { type KopsWorld, kopsWorld } from "./world.ts";

// On Node 20 the SDK announces the end of its support on stderr.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

/** 2026-01-15T12:00:00Z, on a step boundary: one-time codes do not change while a test runs. */
export const NOON = Date.UTC(2026, 0, 15, 12);

export const JON = "arn:aws:iam::111111111111:mfa/jon";
export const JON_ARN = "arn:aws:iam::111111111111:user/jon";

export interface Launched {
  readonly sandbox: Sandbox;
  readonly world: KopsWorld;
  /** The real SDK with these credentials, its clock set to the sandbox's. */
  readonly client: (credentials: AnyCredentials, config?: STSClientConfig) => STSClient;
  /** Who these credentials are, by GetCallerIdentity. */
  readonly whoIs: (
    credentials: AnyCredentials,
    config?: STSClientConfig,
  ) => Promise<string | undefined>;
}

/** Long-lived keys from the world, or what STS returned. */
export type AnyCredentials = AccessKey | Credentials | undefined;

/** A sandbox for one test, on a clock that only `advance` moves. */
export async function launch(options: Omit<SandboxOptions, "world"> = {}): Promise<Launched> {
  const world = kopsWorld();
  const sandbox = await startSandbox({ world, clock: () => NOON, ...options });
  onTestFinished(() => sandbox.close());
  const client: Launched["client"] = (credentials, config) => {
    const created = new STSClient({
      endpoint: sandbox.url,
      region: "eu-central-1",
      maxAttempts: 1,
      systemClockOffset: sandbox.now() - Date.now(),
      credentials: identityOf(credentials),
      ...config,
    });
    onTestFinished(() => created.destroy());
    return created;
  };
  const whoIs: Launched["whoIs"] = async (credentials, config) =>
    (await client(credentials, config).send(new GetCallerIdentityCommand({}))).Arn;
  return { sandbox, world, client, whoIs };
}

export interface Refusal {
  readonly status: number | undefined;
  readonly code: string;
  readonly message: string;
}

/** Stops this process's own clock, for tests that see the second in which the SDK signs. */
export function stopDate(now: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now });
  onTestFinished(() => void vi.useRealTimers());
}

/** What STS refused a call with; a call that succeeds, or fails for another reason, fails the test. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof STSServiceException)) throw error;
    return { status: error.$metadata.httpStatusCode, code: error.name, message: error.message };
  }
  throw new Error("STS accepted the call");
}

export function accessDenied(message: string): Refusal {
  return { status: 403, code: "AccessDenied", message };
}

export function signatureDoesNotMatch(message: string): Refusal {
  return { status: 403, code: "SignatureDoesNotMatch", message };
}

export function validationError(message: string): Refusal {
  return { status: 400, code: "ValidationError", message };
}

export function notAuthorized(caller: string, role: string): Refusal {
  return accessDenied(
    `User: ${caller} is not authorized to perform: sts:AssumeRole on resource: ${role}`,
  );
}

/** GetCallerIdentity */
export const whoAmI = () => new GetCallerIdentityCommand({});

/** AssumeRole of kops-admin as `jon`, with what a case changes. */
export function assume(input: Partial<AssumeRoleCommandInput> = {}): AssumeRoleCommand {
  const all = { RoleArn: kopsRole("kops-admin"), RoleSessionName: "jon", ...input };
  return new AssumeRoleCommand(all);
}

/** Jon's device and the code that it shows. */
export function mfaOfJon({ sandbox }: Launched) {
  return { SerialNumber: JON, TokenCode: sandbox.code(JON) };
}

/** The ARN of a role in the clusters account. */
export function kopsRole(name: string): string {
  return `arn:aws:iam::222222222222:role/${name}`;
}

function identityOf(credentials: AnyCredentials): NonNullable<STSClientConfig["credentials"]> {
  if (credentials === undefined) throw new Error("no credentials");
  if ("accessKeyId" in credentials) return credentials;
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = credentials;
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
  };
}
