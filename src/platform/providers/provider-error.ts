import { connectionErrors } from "../../connection-errors.ts";
import type { ProviderSource } from "../../config/source.ts";
import { CredentialsError } from "../../errors.ts";

/**
 * An error about one source: which, what is wrong with it, and the cure. It never has a cause: errors of parsers
 * quote what they could not read, and that may be a secret.
 */
export function sourceError(
  { where }: ProviderSource,
  what: string,
  hint: string | null,
): CredentialsError {
  return new CredentialsError(`${where}: ${what}`, { hint });
}

const checkNetwork = "Check the network, a proxy or VPN; then try again.";
const checkAuthority =
  "If your company inspects TLS, name its certificate authority in AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS.";

const checkProxy =
  "Correct HTTPS_PROXY, or list the host in NO_PROXY if there is a direct way to it.";

/** Node's and the SDK's words about a connection, and what they mean: nodejs.org/api/errors.html#common-system-errors. */
const troubles: readonly (readonly [words: RegExp, meaning: string, hint?: string])[] = [
  [/EPROXY|the proxy \S+ \(https_proxy\)/i, "the proxy does not let it through", checkProxy],
  [/TimeoutError|AbortError|ETIMEDOUT/, "no answer in time"],
  [/socket hang up/, "the connection broke"],
  [/EHOSTDOWN/, "there is no way to that host"],
  ...Object.entries(connectionErrors).map(([code, meaning]) => [RegExp(code), meaning] as const),
  [/certificate|SELF_SIGNED|UNABLE_TO_/i, "its certificate is not trusted here", checkAuthority],
  // Several addresses were tried, and Node says no more.
  [/AggregateError/, "nothing answers there"],
];

/** The error of a connection to `service` that failed, with `cure` where nothing better is known; null where `error` is about something else. */
export function connectionError(
  source: ProviderSource,
  service: string,
  error: unknown,
  cure = checkNetwork,
): CredentialsError | null {
  const text = words(error);
  const found = troubles.find(([pattern]) => pattern.test(text));
  if (!found) return null;
  const [, meaning, hint = cure] = found;
  return sourceError(source, `${service} cannot be reached: ${meaning}`, hint);
}

/** AWS's providers turn an error into the text of another, so its name and code may be in there. */
export function words(error: unknown): string {
  const { name, code, message } = (error ?? {}) as Readonly<Record<string, unknown>>;
  return [name, code, message].filter((part) => typeof part === "string").join(" ");
}

/** The name of an exception that is nothing but a name: `InvalidRequestException`; what else stands there may be anything. */
export function exceptionName(error: unknown): string {
  const named = /\b[A-Z]\w*(?:Exception|Fault)\b/.exec(words(error));
  const { name } = (error ?? {}) as { readonly name?: unknown };
  return named?.[0] ?? (typeof name === "string" ? name : "an error");
}

/** What to do about a login that is over: the command is ready to be copied. */
export function logInHint(command: string, { profile }: ProviderSource): string {
  const isPlain = profile === null || /^[\w@%+=:,./-]+$/.test(profile);
  const option = profile === null ? "" : ` --profile ${isPlain ? profile : `"${profile}"`}`;
  return `Run \`${command}${option}\`, then try again.`;
}
