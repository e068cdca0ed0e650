import { Command, Option } from "clipanion";
import { overriddenValues, type Overridden } from "../config/candidates.ts";
import { formatDuration } from "../config/duration.ts";
import { describeOrigin, type Setting } from "../config/origin.ts";
import type { RoleStep } from "../config/role-step.ts";
import { isoSeconds, timeLeft } from "../environment/instant.ts";
import { ExitCode } from "../errors.ts";
import { cacheName } from "../session/cache-key.ts";
import { planKeys } from "../session/obtain.ts";
import type { Step } from "../session/plan.ts";
import { SessionCommand, type Intent } from "./session-command.ts";

interface Value {
  readonly value: string | number;
  readonly from: string;
}

interface CacheReport {
  readonly call: string;
  readonly file: string;
  readonly expires_at: string | null;
  readonly seconds_left: number;
}

interface Explanation {
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

/** `explain`: the resolution, step by step, without any call. */
export class ExplainCommand extends SessionCommand {
  static override paths = [["explain"]];
  static override usage = Command.Usage({
    description: "show where every value comes from, and which calls would be made; calls nothing",
    examples: [
      ["Why this role?", "kops-mfa explain prod"],
      ["For programs", "kops-mfa explain prod --json"],
    ],
  });

  json = Option.Boolean("--json", false, { description: "as JSON" });

  override execute(): Promise<number> {
    const { stdout, clock } = this.context.app;
    const explanation = explain(this.intend(), clock.now());
    stdout.write(this.json ? `${JSON.stringify(explanation, null, 2)}\n` : describe(explanation));
    return Promise.resolve(ExitCode.Ok);
  }
}

function explain(intent: Intent, now: number): Explanation {
  const { resolution, plan, files } = intent;
  const { source, serialNumber, region, mfaProcess, stateStore, cluster, sts } = resolution;
  return {
    profile: valueOf(resolution.profile),
    source: {
      from: source.where,
      access_key_id: source.kind === "static" ? source.accessKeyId : null,
    },
    serial_number: valueOf(serialNumber),
    roles: resolution.roles.map(roleValues),
    region: valueOf(region),
    mfa_process: valueOf(mfaProcess),
    state_store: valueOf(stateStore),
    cluster: valueOf(cluster),
    sts: { region: sts.region, endpoint: sts.endpoint },
    overridden: overriddenValues(intent, resolution).map(lost),
    plan: { way: plan.way, reason: plan.reason, calls: plan.steps.map(callOf) },
    cache: cacheReports(intent, now),
    notes: [...files.notes, ...resolution.notes, ...plan.notes],
  };
}

function valueOf(setting: Setting<string | number> | null): Value | null {
  return setting && { value: setting.value, from: describeOrigin(setting.origin) };
}

function roleValues({ roleArn, roleSessionName, externalId, durationSeconds }: RoleStep) {
  return {
    role_arn: valueOf(roleArn),
    role_session_name: valueOf(roleSessionName),
    external_id: valueOf(externalId),
    duration_seconds: valueOf(durationSeconds),
  };
}

function lost({ key, setting: { value, origin } }: Overridden) {
  return { key, value, from: describeOrigin(origin) };
}

function callOf(step: Step): string {
  const time = formatDuration(step.durationSeconds);
  const code = step.serialNumber === null ? "" : " with a code";
  if (step.action === "GetSessionToken") return `GetSessionToken${code}, for ${time}`;
  return `AssumeRole ${step.roleArn}${code}, for ${time}`;
}

function cacheReports({ resolution, plan, store }: Intent, now: number): readonly CacheReport[] {
  return planKeys(resolution, plan).map((key, index) => {
    const session = store.cache.get(key);
    const step = plan.steps[index];
    return {
      call: step ? callOf(step) : "",
      file: cacheName(key),
      expires_at: session && isoSeconds(session.expiresAt),
      seconds_left: session ? Math.max(0, Math.floor((session.expiresAt - now) / 1000)) : 0,
    };
  });
}

type Row = readonly [name: string, value: string, from: string];

function describe(explanation: Explanation): string {
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
    ...plan.calls.map((call, index): Row => [`call ${index + 1}`, call, kept(cache[index])]),
    ["because", plan.reason, ""],
    ...notes.map((note): Row => ["note", note, ""]),
  ];
  const width = Math.min(64, Math.max(...rows.map(([, value]) => value.length)));
  return rows
    .map(([name, value, from]) =>
      `${name.padEnd(12)} ${value.padEnd(from === "" ? 0 : width)}  ${from}`.trimEnd().concat("\n"),
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

function kept(report: CacheReport | undefined): string {
  if (!report || report.expires_at === null) return "not kept";
  if (report.seconds_left === 0) return `kept, and over since ${report.expires_at}`;
  return `kept, ${timeLeft(report.seconds_left * 1000)} left`;
}
