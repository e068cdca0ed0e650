import { expect, test } from "vitest";
import { explainFailure } from "../../../src/session/explain-failure.ts";
import { explainTransport } from "../../../src/session/explain-transport.ts";
import type { StsFailureDetails } from "../../../src/session/sts-failure.ts";

const failure: StsFailureDetails = {
  kind: "unreachable",
  action: "AssumeRole",
  code: null,
  text: "",
  httpStatus: null,
  host: "sts.eu-west-1.amazonaws.com",
  clockOffsetMs: null,
};

const network =
  "Check the network, a proxy or VPN, and AWS_ENDPOINT_URL if it is set; then try again.";
const certificate =
  "If your company inspects TLS, name its certificate authority in AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS.";
const host = "STS (sts.eu-west-1.amazonaws.com)";
const unreachable = (cause: string) => [`${host} cannot be reached: ${cause}`, network] as const;
const untrusted = (text: string) =>
  [`${host} shows a certificate that is not trusted here: ${text}`, certificate] as const;

type Row = readonly [code: string, text: string, lines: readonly [message: string, hint: string]];

/** Texts as Node 20 gives them. */
const rows: readonly Row[] = [
  ["ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:4566", unreachable("nothing answers there")],
  // Node tries IPv4 and IPv6: an AggregateError has a code and no words.
  ["ECONNREFUSED", "", unreachable("nothing answers there")],
  ["ECONNRESET", "socket hang up", unreachable("the connection broke")],
  ["EPIPE", "write EPIPE", unreachable("the connection broke")],
  ["ENOTFOUND", "getaddrinfo ENOTFOUND sts.x", unreachable("the name is not known")],
  ["EAI_AGAIN", "getaddrinfo EAI_AGAIN sts.x", unreachable("the name server does not answer")],
  ["ENETUNREACH", "connect ENETUNREACH 10.0.0.1:443", unreachable("there is no network")],
  [
    "EHOSTUNREACH",
    "connect EHOSTUNREACH 10.0.0.1:443",
    unreachable("there is no way to that host"),
  ],
  ["ETIMEDOUT", "", unreachable("no answer")],
  ["EACCES", "connect EACCES 10.0.0.1:443", unreachable("connect EACCES 10.0.0.1:443")],
  ["CERT_HAS_EXPIRED", "certificate has expired", untrusted("certificate has expired")],
  [
    "SELF_SIGNED_CERT_IN_CHAIN",
    "self-signed certificate in certificate chain",
    untrusted("self-signed certificate in certificate chain"),
  ],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed certificate", untrusted("self-signed certificate")],
  [
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "unable to verify the first certificate",
    untrusted("unable to verify the first certificate"),
  ],
  [
    "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    "unable to get local issuer certificate",
    untrusted("unable to get local issuer certificate"),
  ],
  [
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "Hostname/IP does not match certificate's altnames",
    untrusted("Hostname/IP does not match certificate's altnames"),
  ],
];

test.for(rows)("unreachable: %s %s", ([code, text, [message, hint]]) => {
  expect(explainTransport({ ...failure, code, text })).toEqual({ message, hint });
});

test("unreachable: no code", () => {
  const [message, hint] = unreachable("proxy says no");
  expect(explainTransport({ ...failure, text: "proxy says no" })).toEqual({ message, hint });
});

test("unreachable: a code that says more than no words", () => {
  const [message, hint] = unreachable("EHOSTDOWN");
  expect(explainTransport({ ...failure, code: "EHOSTDOWN" })).toEqual({ message, hint });
});

test("unreachable: neither a code nor words", () => {
  expect(explainTransport(failure).message).toBe(`${host} cannot be reached: no reason was given`);
});

// https:// to a port that speaks http: EPROTO on Node 20, ERR_SSL_… on Node 22.
test.for([
  [
    "EPROTO",
    "write EPROTO 80CC5367127F0000:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/openssl/openssl/ssl/record/ssl3_record.c:350:\n",
  ],
  [
    "ERR_SSL_WRONG_VERSION_NUMBER",
    "80CC5367127F0000:error:0A00010B:SSL routines:tls_validate_record_header:wrong version number\n",
  ],
] as const)("unreachable: no TLS there, %s", ([code, text]) => {
  const [message, hint] = unreachable("it does not speak TLS (is it an http:// address?)");
  expect(explainTransport({ ...failure, code, text })).toEqual({ message, hint });
});

test("no answer in time", () => {
  expect(
    explainTransport({ ...failure, kind: "timeout", text: "The operation was aborted" }),
  ).toEqual({
    message: `${host} did not answer in time`,
    hint: `${network} KOPS_MFA_TIMEOUT=60 waits longer; a code that was sent may be used up.`,
  });
});

test.for([
  [null, ""],
  [200, " (HTTP 200)"],
  [407, " (HTTP 407)"],
  [502, " (HTTP 502)"],
] as const)("not STS, HTTP %s", ([httpStatus, status]) => {
  expect(explainTransport({ ...failure, kind: "unintelligible", httpStatus })).toEqual({
    message: `what answered at sts.eu-west-1.amazonaws.com is not STS${status}`,
    hint: "A proxy or a hotel's log-in page may stand between: open a web page once, or check AWS_ENDPOINT_URL.",
  });
});

test("none of them is worth another code, whatever the text says", () => {
  const text = "MultiFactorAuthentication failed with invalid MFA one time pass code.";
  const situation = {
    serialNumber: null,
    roleArn: null,
    unusedSerialNumber: null,
    source: "the environment (AWS_ACCESS_KEY_ID)",
    callerArn: null,
    region: "eu-west-1",
    durationSeconds: null,
  };
  for (const kind of ["unreachable", "timeout", "unintelligible"] as const) {
    const details = { ...failure, kind, text, code: "AccessDenied", httpStatus: 403 };
    expect(explainFailure(details, situation)).toEqual(explainTransport(details));
    expect(explainFailure(details, situation)).not.toHaveProperty("anotherCode");
  }
});
