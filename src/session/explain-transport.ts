import { connectionErrors } from "../connection-errors.ts";
import type { Explanation, StsFailureDetails } from "./sts-failure.ts";

const checkNetwork =
  "Check the network, a proxy or VPN, and AWS_ENDPOINT_URL if it is set; then try again.";

/** What OpenSSL says of an answer in plain text, by different codes on different Nodes. */
const noTls = "it does not speak TLS (is it an http:// address?)";

/** A failure in which STS did not get to speak. */
export function explainTransport(failure: StsFailureDetails): Explanation {
  const { kind, host, code, text } = failure;
  if (kind === "timeout") {
    return {
      message: `STS (${host}) did not answer in time`,
      hint: `${checkNetwork} KOPS_MFA_TIMEOUT=60 waits longer; a code that was sent may be used up.`,
    };
  }
  if (kind === "unintelligible") {
    const status = failure.httpStatus === null ? "" : ` (HTTP ${failure.httpStatus})`;
    return {
      message: `what answered at ${host} is not STS${status}`,
      hint: "A proxy or a hotel's log-in page may stand between: open a web page once, or check AWS_ENDPOINT_URL.",
    };
  }
  if (isCertificateProblem(code) && !/wrong version number/i.test(text)) {
    return {
      message: `STS (${host}) shows a certificate that is not trusted here: ${text}`,
      hint: "If your company inspects TLS, name its certificate authority in AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS.",
    };
  }
  if (code === "EPROXY") {
    return {
      message: `STS (${host}) cannot be reached: ${text}`,
      hint: "Correct the variable, or list the host in NO_PROXY if there is a direct way to it.",
    };
  }
  const cause = /wrong version number/i.test(text)
    ? noTls
    : (connectionErrors[code ?? ""] ?? (text || code || "no reason was given"));
  return { message: `STS (${host}) cannot be reached: ${cause}`, hint: checkNetwork };
}

function isCertificateProblem(code: string | null): boolean {
  return code !== null && /CERT|UNABLE_TO_|SELF_SIGNED|^ERR_TLS|^ERR_SSL/.test(code);
}
