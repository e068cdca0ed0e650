import { encodeSession } from "../../src/session/cache-entry.ts";
import { cacheName } from "../../src/session/cache.ts";
import { compareWithNode, type Figure } from "../figure.ts";
import type { Subject } from "../paired.ts";
import type { Place } from "../place.ts";
import { counted, withGrowth, type SizedRow } from "./sizes.ts";

const sizes = [1, 10, 100, 1_000];
const group = "with many kept sessions";

/** How commands grow with the sessions beside the one that they are about: reading one, listing all, and keeping a new one. */
export const sessions: readonly Figure[] = [
  figure("env", (place) => ({
    command: place.command(["env", "prod", "--shell", "sh"]),
    times: 4,
    prints: /AWS_SESSION_TOKEN/,
  })),
  figure("status", (place) => ({
    command: place.command(["status"], { AWS_PROFILE: "prod" }),
    times: 2,
    prints: /prod/,
  })),
  figure("env renewed", (place) => ({
    command: place.command(["env", "prod", "--shell", "sh"]),
    // The MFA session is there, so that STS is asked without a code.
    before: () => place.person.shortenSessions("AssumeRole", -1),
    prints: /AWS_SESSION_TOKEN/,
  })),
];

function figure(command: string, subjectOf: (place: Place) => Subject): Figure {
  return {
    group,
    name: `${command}, many sessions`,
    async measure(place) {
      await place.login();
      const rows: SizedRow[] = [];
      for (const size of sizes) {
        keepSessions(place, size - 1);
        const name = `${command}, ${counted(size, "session")}`;
        const subject = subjectOf(place);
        rows.push({ size, row: await compareWithNode(place, { group, name }, subject, 5) });
      }
      return withGrowth(rows);
    },
  };
}

/** Sessions of other roles, every second one over. */
function keepSessions({ person }: Place, count: number): void {
  for (let index = 0; index < count; index++) {
    const key = JSON.stringify(["GetSessionToken", `AKIATEST${index}`, ["aws", null], "", 43_200]);
    const credentials = {
      accessKeyId: `ASIATEST${String(index).padStart(12, "0")}`,
      secretAccessKey: "wJalrXUtnFEMI".repeat(3),
      sessionToken: "FwoGZXIvYXdzEBY".repeat(60),
    };
    const expiresAt = Date.now() + (index % 2 === 0 ? 1 : -1) * 8 * 3_600_000;
    const entry = {
      key,
      profile: `account-${index}`,
      session: { credentials, expiresAt, arn: null },
    };
    person.write(`.cache/kops-mfa/${cacheName(key)}`, encodeSession(entry));
  }
}
