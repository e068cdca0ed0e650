import { Command, Option } from "clipanion";
import { valueOf } from "../config/origin.ts";
import type { Resolution } from "../config/resolve.ts";
import type { StsSession } from "../context.ts";
import { carriedSession, type CarriedSession } from "../environment/carried.ts";
import { isoSeconds, secondsLeft, timeLeft } from "../environment/instant.ts";
import { ExitCode } from "../errors.ts";
import { keptSession } from "../session/obtain.ts";
import type { Intent } from "./obtain.ts";
import { SessionCommand } from "./session-command.ts";

interface Status {
  readonly profile: string | null;
  readonly role: string | null;
  readonly identity: string | null;
  readonly serial_number: string | null;
  readonly expires_at: string | null;
  readonly seconds_left: number;
  /** Whether the shell that asks carries this session. */
  readonly in_shell: boolean;
}

/** `status`: who, which role, how long; exit code 0 only while there is a session. Asks nobody and calls nothing. */
export class StatusCommand extends SessionCommand {
  static override paths = [["status"]];
  static override usage = Command.Usage({
    description: "tell role, identity and time left",
    details: "The exit code is 0 while the session lasts, and 1 when there is none.",
    examples: [
      ["For people", "kops-mfa status"],
      ["For programs", "kops-mfa status prod --json"],
    ],
  });

  json = Option.Boolean("--json", false, { description: "as JSON" });

  override execute(): Promise<number> {
    const { stdout, clock } = this.context.app;
    const intent = this.intend();
    const session = keptSession(intent.store.cache, intent.resolution, intent.plan);
    const status = this.#status(intent, session, clock.now());
    stdout.write(this.json ? `${JSON.stringify(status, null, 2)}\n` : describe(status));
    return Promise.resolve(status.seconds_left > 0 ? ExitCode.Ok : ExitCode.Failure);
  }

  #status({ resolution }: Intent, session: StsSession | null, now: number): Status {
    const carried = carriedSession(this.env);
    return {
      profile: valueOf(resolution.profile),
      role: resolution.roles.at(-1)?.roleArn.value ?? null,
      identity: session?.arn ?? null,
      serial_number: valueOf(resolution.serialNumber),
      expires_at: session && isoSeconds(session.expiresAt),
      seconds_left: session ? secondsLeft(session.expiresAt, now) : 0,
      in_shell: session !== null && carried !== null && isOf(carried, resolution, session),
    };
  }
}

/** Of a session that is served the environment tells the profile only. */
function isOf(
  { accessKeyId, profile }: CarriedSession,
  of: Resolution,
  { credentials }: StsSession,
) {
  return accessKeyId === null
    ? profile === valueOf(of.profile)
    : accessKeyId === credentials.accessKeyId;
}

function describe(status: Status): string {
  const rows: readonly (readonly [string, string | null])[] = [
    ["profile", status.profile],
    ["role", status.role ?? "none: the user's own session"],
    ["identity", status.identity],
    ["MFA device", status.serial_number],
    ["session", sessionLine(status)],
    ["this shell", status.in_shell ? "carries it" : "does not carry it"],
  ];
  return rows
    .filter((row): row is readonly [string, string] => row[1] !== null)
    .map(([name, value]) => `${name.padEnd(11)} ${value}\n`)
    .join("");
}

function sessionLine({ seconds_left: left, expires_at: at }: Status): string {
  if (at === null) return "none";
  return left > 0 ? `${timeLeft(left * 1000)} left (until ${at})` : `expired at ${at}`;
}
