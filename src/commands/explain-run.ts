import type { Context } from "../context.ts";
import { overriddenValues, type Overridden } from "../config/candidates.ts";
import { formatDuration } from "../config/duration.ts";
import { describeOrigin, type Setting } from "../config/origin.ts";
import type { RoleStep } from "../config/role-step.ts";
import { isoSeconds, secondsLeft } from "../environment/instant.ts";
import { ExitCode } from "../errors.ts";
import { cacheName } from "../session/cache.ts";
import { planKeys } from "../session/obtain.ts";
import type { Step } from "../session/plan.ts";
import {
  describeExplanation,
  type CacheReport,
  type Explanation,
  type Value,
} from "./explain-text.ts";
import { allNotes, type Intent } from "../operations/resolve-session.ts";

/** `explain`: the resolution that is meant, step by step, without any call. */
export function runExplain(app: Context, intent: Intent, isJson: boolean): ExitCode {
  const { stdout, clock } = app;
  const now = clock.now();
  const explanation = explain(intent, now);
  stdout.write(
    isJson
      ? `${JSON.stringify(explanation, null, 2)}\n`
      : describeExplanation(explanation, now, (line) => stdout.paint(null, line)),
  );
  return ExitCode.Ok;
}

function explain(intent: Intent, now: number): Explanation {
  const { resolution, plan } = intent;
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
    notes: allNotes(intent),
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
      seconds_left: session ? secondsLeft(session.expiresAt, now) : 0,
    };
  });
}
