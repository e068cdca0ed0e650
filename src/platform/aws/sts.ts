import type {
  AssumeRoleParams,
  AwsCredentials,
  CallerIdentity,
  MfaParams,
  Sts,
  StsSession,
  StsTarget,
} from "../../context/sts.ts";
import type { Terminal } from "../../context/terminal.ts";
import { StsFailure, type StsFailureDetails } from "../../session/sts-failure.ts";
import { decodeCredentials } from "../../session/cache-entry.ts";
import { boundedBody } from "./bounded-body.ts";
import { readBundle } from "./ca-bundle.ts";
import { listMfaDevices } from "./iam.ts";
import { proxyAgent } from "./proxy-agent.ts";
import { clockOffset, readFailure, type AnsweredResponse, type Sent } from "./sts-answer.ts";

type Sdk = typeof import("./sdk-entry.ts");
type Action = StsFailureDetails["action"];
type Client = InstanceType<Sdk["STSClient"]>;
type Agents = Pick<InstanceType<Sdk["ReadyAgents"]>, "http" | "https" | "connect">;
type GetCallerIdentityCommand = InstanceType<Sdk["GetCallerIdentityCommand"]>;

const retries = 2;

/** STS over the AWS SDK. `waitFor` shows the person an answer that takes long; `end` ends the calls. */
export function openSts(target: StsTarget, waitFor: Terminal["waitFor"], end?: AbortSignal): Sts {
  let loading: Promise<Sdk> | null = null;
  const load = () => (loading ??= loadSdk());
  const host = hostOf(target);
  const open = openClients(target);

  async function call<T>(
    action: Action,
    caller: AwsCredentials,
    mfa: MfaParams | null,
    send: (sdk: Sdk, client: Client, abortSignal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const sdk = await load();
    const { client } = open(sdk, caller);
    const secrets = [caller.secretAccessKey, caller.sessionToken, mfa?.tokenCode];
    const sent: Sent = { action, host, usesCode: mfa !== null, secrets: secrets.filter(isText) };
    const answer = attempt(sent, target.timeoutMs, (limit) =>
      send(sdk, client, end === undefined ? limit : AbortSignal.any([limit, end])),
    );
    return waitFor(`STS (${host})`, answer);
  }

  return {
    prepare: (caller) =>
      void load()
        .then((sdk) => open(sdk, caller))
        .then(({ agents, client }) => agents.connect(endpointOf(client, target)))
        .catch(() => undefined),
    assumeRole: (caller, params) =>
      call("AssumeRole", caller, params.mfa, async (sdk, client, abortSignal) => {
        const command = new sdk.AssumeRoleCommand(assumeRoleInput(params));
        const { Credentials, AssumedRoleUser } = await client.send(command, { abortSignal });
        return toSession("AssumeRole", host, Credentials, AssumedRoleUser?.Arn ?? null);
      }),
    getSessionToken: (caller, { durationSeconds, mfa }) =>
      call("GetSessionToken", caller, mfa, async (sdk, client, abortSignal) => {
        const input = { DurationSeconds: durationSeconds, ...mfaInput(mfa) };
        const command = new sdk.GetSessionTokenCommand(input);
        const { Credentials } = await client.send(command, { abortSignal });
        return toSession("GetSessionToken", host, Credentials, null);
      }),
    listMfaDevices: async (caller) => {
      const sdk = await load();
      const list = listMfaDevices(sdk, open(sdk, caller).client, target);
      return waitFor("IAM, for the list of your MFA devices", list);
    },
    getCallerIdentity: (caller) =>
      call("GetCallerIdentity", caller, null, (sdk, client, abortSignal) =>
        callerIdentity(sdk, client, host, abortSignal),
      ),
  };
}

function isText(value: string | null | undefined): value is string {
  return typeof value === "string" && value !== "";
}

/** The clients of one target, one for each caller, on the same connections. */
function openClients(target: StsTarget) {
  const clients = new Map<string, Client>();
  let agents: Agents | null = null;
  return (sdk: Sdk, caller: AwsCredentials) => {
    agents ??= createAgents(sdk, target);
    const client = clients.get(caller.accessKeyId) ?? createClient(sdk, target, caller, agents);
    clients.set(caller.accessKeyId, client);
    return { agents, client };
  };
}

async function callerIdentity(
  sdk: Sdk,
  client: Client,
  host: string,
  abortSignal: AbortSignal,
): Promise<CallerIdentity> {
  const command = new sdk.GetCallerIdentityCommand({});
  const clockOffsetMs = listenToClock(command);
  const { Arn } = await client.send(command, { abortSignal });
  if (Arn === undefined) throw unintelligible("GetCallerIdentity", host);
  return { arn: Arn, clockOffsetMs: clockOffsetMs() };
}

/** The Date header of the answer, against this machine's clock: the SDK itself minds the clock only beyond 5 minutes. */
function listenToClock({ middlewareStack }: GetCallerIdentityCommand): () => number | null {
  let offset: number | null = null;
  middlewareStack.add(
    (next) => async (args) => {
      const answered = await next(args);
      offset = clockOffset(answered.response as AnsweredResponse);
      return answered;
    },
    { step: "deserialize", name: "clock", priority: "low" },
  );
  return () => offset;
}

export async function loadSdk(): Promise<Sdk> {
  // The SDK warns on stderr that it will leave Node 20 behind; the versions are pinned together (package.json).
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
  return import("./sdk-entry.ts");
}

/** Every setting that the SDK would otherwise look up in the AWS files by its own rules is given. */
export function createClient(
  sdk: Sdk,
  target: StsTarget,
  caller: AwsCredentials,
  agents = createAgents(sdk, target),
): Client {
  const { accessKeyId, secretAccessKey, sessionToken } = caller;
  return new sdk.STSClient({
    region: target.region,
    // Without it the SDK would look for one in the files, by rules of its own.
    ...(target.endpoint === null
      ? { ignoreConfiguredEndpointUrls: true }
      : { endpoint: target.endpoint }),
    useFipsEndpoint: target.useFips,
    useDualstackEndpoint: target.useDualstack,
    credentials: {
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === null ? {} : { sessionToken }),
    },
    authSchemePreference: [],
    sigv4aSigningRegionSet: [],
    disableClockSkewCorrection: false,
    maxAttempts: 1,
    retryMode: "standard",
    defaultsMode: "standard",
    userAgentAppId: "kops-mfa",
    streamCollector: boundedBody,
    requestHandler: {
      connectionTimeout: target.timeoutMs,
      httpAgent: agents.http,
      httpsAgent: agents.https,
    },
  });
}

/** Through a proxy nothing is connected ahead: its tunnel is opened for one request. */
function createAgents({ ReadyAgents }: Sdk, { caBundle, timeoutMs }: StsTarget): Agents {
  const ca = caBundle === null ? null : readBundle(caBundle);
  const ready = new ReadyAgents(ca === null ? {} : { ca });
  const https = proxyAgent({ ca, timeoutMs });
  const direct = {
    http: ready.http,
    https: ready.https,
    connect: (url: URL) => ready.connect(url),
  };
  return https === null ? direct : { ...direct, https, connect: () => undefined };
}

/** Where the client will call, by the SDK's own rules. */
function endpointOf({ config }: Client, { region, endpoint, ...target }: StsTarget): URL {
  const { url } = config.endpointProvider({
    Region: region,
    UseFIPS: target.useFips,
    UseDualStack: target.useDualstack,
    UseGlobalEndpoint: false,
    ...(endpoint === null ? {} : { Endpoint: endpoint }),
  });
  return url;
}

/**
 * A code works once, so a call that has one is repeated only when STS cannot have used it: after a wrong clock,
 * which the SDK has then corrected, or when STS turned the request away unread.
 */
async function attempt<T>(
  sent: Sent,
  timeoutMs: number,
  send: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  for (let left = retries; ; left--) {
    try {
      return await send(AbortSignal.timeout(timeoutMs));
    } catch (error) {
      const { failure, retryAfterMs } = readFailure(sent, error);
      if (left === 0 || retryAfterMs === null) throw failure;
      await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
    }
  }
}

function assumeRoleInput(params: AssumeRoleParams) {
  const { roleArn, roleSessionName, durationSeconds, externalId, tags, mfa } = params;
  return {
    RoleArn: roleArn,
    RoleSessionName: roleSessionName,
    DurationSeconds: durationSeconds,
    ...(externalId === null ? {} : { ExternalId: externalId }),
    ...tagsInput(tags),
    ...mfaInput(mfa),
  };
}

function tagsInput({ tags, transitiveKeys }: AssumeRoleParams["tags"]) {
  if (tags.length === 0) return {};
  return {
    Tags: tags.map(([Key, Value]) => ({ Key, Value })),
    ...(transitiveKeys.length === 0 ? {} : { TransitiveTagKeys: [...transitiveKeys] }),
  };
}

function mfaInput(mfa: MfaParams | null) {
  return mfa === null ? {} : { SerialNumber: mfa.serialNumber, TokenCode: mfa.tokenCode };
}

interface AnsweredCredentials {
  readonly AccessKeyId?: string | undefined;
  readonly SecretAccessKey?: string | undefined;
  readonly SessionToken?: string | undefined;
  readonly Expiration?: Date | undefined;
}

function toSession(
  action: Action,
  host: string,
  answered: AnsweredCredentials | undefined,
  arn: string | null,
): StsSession {
  const credentials = decodeCredentials({
    accessKeyId: answered?.AccessKeyId,
    secretAccessKey: answered?.SecretAccessKey,
    sessionToken: answered?.SessionToken,
  });
  const expiresAt = answered?.Expiration?.getTime() ?? NaN;
  if (!credentials || Number.isNaN(expiresAt)) throw unintelligible(action, host);
  return { credentials, expiresAt, arn };
}

function unintelligible(action: Action, host: string): StsFailure {
  return new StsFailure({
    kind: "unintelligible",
    action,
    code: null,
    text: "the answer lacks what STS always gives, or has what it never does",
    httpStatus: 200,
    host,
    clockOffsetMs: null,
  });
}

function hostOf({ endpoint, region }: StsTarget): string {
  if (endpoint !== null) return new URL(endpoint).host;
  return `sts.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
}
