import type { Environment } from "../../environment/environment.ts";
import { broken, doubtful, named, type Check } from "../check.ts";
import type { ProfileFacts } from "../facts.ts";

/** Endpoints without encryption, and certificates that are not checked; nothing where all is as usual. */
export function judgeEncryption({ exposed }: ProfileFacts, env: Environment): readonly Check[] {
  const endpoints = exposed.map(({ message, hint, isAllowed }) =>
    named("encryption", isAllowed ? doubtful(message, hint) : broken(message, hint)),
  );
  return env["NODE_TLS_REJECT_UNAUTHORIZED"] === "0" ? [...endpoints, unchecked] : endpoints;
}

/** nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue */
const unchecked = named(
  "encryption",
  doubtful(
    "NODE_TLS_REJECT_UNAUTHORIZED=0 turns off certificate checks: anybody on the way to AWS can pose as AWS",
    "unset NODE_TLS_REJECT_UNAUTHORIZED; name your company's certificate authority in NODE_EXTRA_CA_CERTS or AWS_CA_BUNDLE",
  ),
);
