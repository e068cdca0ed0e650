import { refuseExposed } from "../../config/encryption.ts";
import { refuseExposedSource } from "../../config/source-endpoints.ts";
import type { ProviderSource } from "../../config/source.ts";
import type { Environment } from "../../environment/environment.ts";
import type { Refusals } from "../../context/refusals.ts";
import type { Sts, StsTarget } from "../../context/sts.ts";
import type { Terminal } from "../../context/terminal.ts";

interface Target {
  readonly refused?: Refusals;
  readonly endpoint: string | null;
}

/** What every request passes before it is sent. */
export interface CallGate {
  /** Throws {@link ConfigError} where the endpoint is refused. */
  readonly service: (target: Target, service: keyof Refusals) => void;
  /** Throws {@link KopsMfaError} where an endpoint of the provider is refused. */
  readonly source: (source: ProviderSource, target: StsTarget) => void;
}

/** Providers that call AWS itself; the others call this machine, or run a program. */
const remoteProviders: ReadonlySet<string> = new Set(["sso", "login", "web-identity"]);

/**
 * Refuses what would go unencrypted, and warns once where certificates are not checked. That is Node's variable and known for what it does,
 * so it is the user's explicit choice, as KOPS_MFA_ALLOW_HTTP is: the AWS CLI (--no-verify-ssl), npm and Node itself warn and go on as well.
 */
export function callGate(env: Environment, terminal: Pick<Terminal, "error">): CallGate {
  let isWarned = false;
  const warn = (endpoint: string | null) => {
    const isEncrypted = endpoint === null || endpoint.toLowerCase().startsWith("https:");
    if (isWarned || !isEncrypted || env["NODE_TLS_REJECT_UNAUTHORIZED"] !== "0") return;
    isWarned = true;
    silenceNode();
    terminal.error(
      "WARNING: NODE_TLS_REJECT_UNAUTHORIZED=0 turns off certificate checks: anybody on the way to AWS can pose as AWS and take MFA codes and sessions",
      "Unset it. If your company inspects TLS, name its certificate authority in NODE_EXTRA_CA_CERTS or AWS_CA_BUNDLE.",
    );
  };
  return {
    service(target, service) {
      refuseExposed(target, service);
      warn(target.endpoint);
    },
    source(source, target) {
      const { type } = source.provider;
      if (type === "web-identity") refuseExposed(target, "sts");
      refuseExposedSource(source, env);
      if (remoteProviders.has(type)) warn(type === "web-identity" ? target.endpoint : null);
    },
  };
}

/** Node warns too, at the first connection, which is in the middle of the prompt. */
function silenceNode(): void {
  const emit = process.emitWarning.bind(process) as (...args: readonly unknown[]) => void;
  process.emitWarning = (...args: readonly unknown[]) => {
    if (!String(args[0]).includes("NODE_TLS_REJECT_UNAUTHORIZED")) emit(...args);
  };
}

/** The same STS behind the gate; a connection ahead of the prompt is a call as well. */
export function gatedSts(sts: Sts, target: StsTarget, gate: CallGate): Sts {
  const pass = () => gate.service(target, "sts");
  return {
    prepare(caller) {
      pass();
      sts.prepare(caller);
    },
    async assumeRole(...params) {
      pass();
      return sts.assumeRole(...params);
    },
    async getSessionToken(...params) {
      pass();
      return sts.getSessionToken(...params);
    },
    async getCallerIdentity(caller) {
      pass();
      return sts.getCallerIdentity(caller);
    },
    async listMfaDevices(caller) {
      gate.service({ ...target, endpoint: target.iamEndpoint ?? target.endpoint }, "iam");
      return sts.listMfaDevices(caller);
    },
  };
}
