import type { ProviderSource } from "../../config/source.ts";
import type { Environment } from "../../environment/environment.ts";
import type { SourceCredentials } from "../../context/sts.ts";
import { containerUrl } from "./container-url.ts";
import { readDocument } from "./credential-document.ts";
import { connectionError, sourceError } from "./provider-error.ts";
import { httpGet, type HttpAnswer } from "./http-get.ts";
import { describeErrno } from "../files/errno.ts";
import { readNamedFile } from "../files/named-file.ts";

/** As long as botocore waits for each of its three attempts. */
const timeoutMs = 2000;

/**
 * The credentials that a container's endpoint hands out: docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 * Not by AWS's own provider, which waits for ever for an endpoint that is silent, and warns on standard error meanwhile.
 * Throws {@link CredentialsError}.
 */
export async function containerCredentials(
  source: ProviderSource,
  env: Environment,
): Promise<SourceCredentials> {
  const url = containerUrl(source, env);
  const token = authorization(source, env);
  const headers = {
    accept: "application/json",
    ...(token === null ? {} : { authorization: token }),
  };
  const answer = await ask(url, headers).catch((error: unknown) => {
    const what = `what answers at ${url.host} does not speak HTTP`;
    throw (
      connectionError(source, `its endpoint (${url.host})`, error, checkVariables) ??
      sourceError(source, what, checkVariables)
    );
  });
  if (answer.status !== 200) throw refused(source, url, answer, token !== null);
  const read = readDocument(answer.body, "Token");
  if (typeof read !== "string") return read;
  throw sourceError(source, `what ${url.host} answered ${read}`, checkVariables);
}

const checkVariables =
  "Check AWS_CONTAINER_CREDENTIALS_FULL_URI or _RELATIVE_URI: something else may answer there.";

/** The file goes first: its token is renewed while a pod runs. */
function authorization(source: ProviderSource, env: Environment): string | null {
  const file = env["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"];
  const token = file
    ? readToken(source, file, env)
    : (env["AWS_CONTAINER_AUTHORIZATION_TOKEN"] ?? "");
  if (/^[\t\x20-\x7e]*$/.test(token)) return token || null;
  throw sourceError(
    source,
    `the token of AWS_CONTAINER_AUTHORIZATION_TOKEN${file ? "_FILE" : ""} has characters that no token has`,
    "It is one line of plain text.",
  );
}

function readToken(source: ProviderSource, file: string, env: Environment): string {
  try {
    return readNamedFile(file, env).trim();
  } catch (error) {
    throw sourceError(
      source,
      `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: ${file} cannot be read (${describeErrno(error)})`,
      "Make the file readable, or correct the variable.",
    );
  }
}

/** Asks a second time where the first one got no proper answer. */
async function ask(url: URL, headers: Readonly<Record<string, string>>): Promise<HttpAnswer> {
  const first = await httpGet(url, headers, timeoutMs).catch((error: unknown) => {
    if (/ECONNREFUSED|ENOTFOUND/.test(String(error))) throw error;
    return null;
  });
  const isFinal = first !== null && first.status < 500 && first.status !== 429;
  return isFinal ? first : httpGet(url, headers, timeoutMs);
}

function refused(source: ProviderSource, url: URL, { status }: HttpAnswer, hadToken: boolean) {
  const what = `its endpoint (${url.host}) answered with HTTP ${status}`;
  if ((status === 401 || status === 403) && !hadToken) {
    // A session of ours has unset the variable, and keeps no secret.
    return sourceError(
      source,
      `${what}, and no AWS_CONTAINER_AUTHORIZATION_TOKEN is set`,
      "Set it; where a session of kops-mfa is in this shell, which unset it, open a new shell.",
    );
  }
  return sourceError(source, what, checkVariables);
}
