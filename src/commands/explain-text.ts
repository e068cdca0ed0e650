import { formatDuration } from "../config/duration.ts";
import { expiryInWords } from "../expiry.ts";

/** A value and the place it comes from, in words. */
export interface Value {
  readonly value: string | number;
  readonly from: string;
}

/** What is kept of one call. */
export interface CacheReport {
  readonly call: string;
  readonly file: string;
  readonly expires_at: string | null;
  readonly seconds_left: number;
}

/** What `explain --json` prints. */
export interface Explanation {
  readonly profile: Value | null;
  readonly source: { readonly from: string; readonly access_key_id: string | null };
  readonly serial_number: Value | null;
  readonly roles: readonly Readonly<Record<string, Value | null>>[];
  readonly region: Value | null;
  readonly mfa_process: Value | null;
  readonly state_store: Value | null;
  readonly cluster: Value | null;
  readonly sts: { readonly region: string; readonly endpoint: string | null };
  readonly overridden: readonly {
    readonly key: string;
    readonly value: string;
    readonly from: string;
  }[];
  readonly plan: {
    readonly way: string;
    readonly reason: string;
    readonly calls: readonly string[];
  };
  readonly cache: readonly CacheReport[];
  readonly notes: readonly string[];
}

type Row = readonly [name: string, value: string, from: string];

/**
 * The explanation as lines of three columns: what, its value, where from; each as `shown` makes it fit for a terminal. `now` is in
 * milliseconds since the epoch.
 */
export function describeExplanation(
  explanation: Explanation,
  now: number,
  shown: (line: string) => string,
): string {
  const { source, sts, plan, overridden, cache, notes } = explanation;
  const rows: readonly Row[] = [
    ...row("profile", explanation.profile),
    ["starts with", source.access_key_id ?? "", source.from],
    ...row("MFA device", explanation.serial_number),
    ...row("mfa_process", explanation.mfa_process),
    ...explanation.roles.flatMap(describeRole),
    ...row("region", explanation.region),
    ...row("state store", explanation.state_store),
    ...row("cluster", explanation.cluster),
    ["STS", sts.endpoint ?? sts.region, ""],
    ...overridden.map(({ key, value, from }): Row => ["overridden", `${key} = ${value}`, from]),
    ...plan.calls.map((call, index): Row => [`call ${index + 1}`, call, kept(cache[index], now)]),
    ["because", plan.reason, ""],
    ...notes.map((note): Row => ["note", note, ""]),
  ];
  const width = Math.min(64, Math.max(...rows.map(([, value]) => value.length)));
  return rows
    .map(([name, value, from]) =>
      shown(
        `${name.padEnd(12)} ${value.padEnd(from === "" ? 0 : width)}  ${from}`.trimEnd(),
      ).concat("\n"),
    )
    .join("");
}

function row(name: string, value: Value | null): readonly Row[] {
  return value ? [[name, String(value.value), value.from]] : [];
}

function describeRole(role: Readonly<Record<string, Value | null>>): readonly Row[] {
  const duration = role["duration_seconds"];
  return [
    ...row("role", role["role_arn"] ?? null),
    ...row("  as", role["role_session_name"] ?? null),
    ...row("  external id", role["external_id"] ?? null),
    ...(duration
      ? row("  for", { ...duration, value: formatDuration(Number(duration.value)) })
      : []),
  ];
}

function kept(report: CacheReport | undefined, now: number): string {
  if (!report?.expires_at) return "not kept";
  return `kept, ${expiryInWords(Date.parse(report.expires_at), now)}`;
}
