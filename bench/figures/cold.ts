import { compareWithNode, type Figure } from "../figure.ts";
import { makeCertificate, openFront } from "../front.ts";
import type { Subject } from "../paired.ts";
import type { Place } from "../place.ts";
import { row } from "../row.ts";
import { held } from "./commands.ts";

const group = "one AssumeRole with a code";
const overHttp = { group, name: "env, cold, http" };
const overTls = { group, name: "env, cold, TLS" };

/** No session, and a code on the command line: what is left when nobody types meanwhile. */
export const cold: readonly Figure[] = [
  { ...overHttp, measure: async (place) => [await held(place, overHttp, coldEnv(place), 3.6)] },
  { ...overTls, measure: async (place) => [await measureTls(place)] },
];

/** `env` that has to ask STS, once. */
export function coldEnv(place: Place, env: Readonly<Record<string, string>> = {}): Subject {
  const words = ["env", "prod", "--shell", "sh", "--no-session", "--token-code"];
  return {
    get command() {
      return place.command([...words, place.person.code()], env);
    },
    before: () => place.forgetSession(),
    prints: /AWS_SESSION_TOKEN/,
  };
}

async function measureTls(place: Place) {
  const certificate = await makeCertificate();
  if (certificate === null) return row({ ...overTls, note: "openssl is not installed" });
  const front = await openFront(place.person.sandbox.url, certificate);
  try {
    const env = { AWS_ENDPOINT_URL_STS: front.url, AWS_CA_BUNDLE: certificate.certFile };
    return await compareWithNode(place, overTls, coldEnv(place, env));
  } finally {
    front.close();
    certificate.remove();
  }
}
