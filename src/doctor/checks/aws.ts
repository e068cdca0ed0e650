import { describeOrigin } from "../../config/origin.ts";
import type { Resolution } from "../../config/resolve.ts";
import type { Environment } from "../../environment/environment.ts";
import { timeInWords } from "../../expiry.ts";
import { explainFailure } from "../../session/explain-failure.ts";
import { explainTransport } from "../../session/explain-transport.ts";
import { broken, doubtful, fine, named, unchecked, type Check, type Finding } from "../check.ts";
import type { CallerAnswer, ProfileFacts, SessionFacts } from "../facts.ts";

/** Region, STS and the clock, by whatever STS has answered; and by `caller` whose the first keys are. */
export function judgeSts(
  { resolution, brokenFile }: ProfileFacts,
  env: Environment,
  answers: readonly CallerAnswer[],
  caller: CallerAnswer,
): readonly Check[] {
  const names = ["region", "sts", "caller", "clock"];
  if (resolution === null) {
    return names.map((name) => named(name, unchecked(brokenFile ?? "profile")));
  }
  const sts = judgeEndpoint(resolution, env, answers);
  const isReached = sts.status === "ok";
  const offset = answers.map(offsetOf).find((one) => one !== null) ?? null;
  return [
    named("region", judgeRegion(resolution, env)),
    named("sts", sts),
    named("caller", isReached ? judgeCaller(resolution, caller) : unchecked(reason(sts))),
    named("clock", offset === null ? unchecked(reason(sts)) : judgeClock(offset)),
  ];
}

function reason({ status, message }: Finding): string {
  return status === "skipped" ? message.replace("not checked: ", "") : "sts";
}

/** kops reads AWS_REGION, Python's programs AWS_DEFAULT_REGION. */
function judgeRegion({ region, sts }: Resolution, env: Environment): Finding {
  const [own, python] = [env["AWS_REGION"], env["AWS_DEFAULT_REGION"]];
  if (own && python && own !== python) {
    return doubtful(
      `AWS_REGION is ${own}, and AWS_DEFAULT_REGION ${python}: kops takes the one, Python programs the other`,
      "unset AWS_DEFAULT_REGION",
    );
  }
  if (region === null) return fine(`none is configured: ${sts.region}, as kops takes it`);
  return fine(`${region.value} (${describeOrigin(region.origin)})`);
}

/** Whoever answers with a refusal is there. */
function judgeEndpoint(
  { sts }: Resolution,
  env: Environment,
  answers: readonly CallerAnswer[],
): Finding {
  const [first = { kind: "unasked", why: "keys" } as const] = answers;
  const reached = answers.find(
    (one) => one.kind === "known" || (one.kind === "failed" && one.failure.kind === "refused"),
  );
  if (reached) return fine(place(sts, env));
  const asked = answers.find((one) => one.kind !== "unasked") ?? first;
  switch (asked.kind) {
    case "failed": {
      const { message, hint } = explainTransport(asked.failure);
      return broken(message, hint);
    }
    case "trouble":
      return broken(asked.trouble.message, asked.trouble.hint);
    case "unasked":
      return unchecked(asked.why);
    case "known":
      return fine(place(sts, env));
  }
}

function place({ endpoint, region }: Resolution["sts"], env: Environment): string {
  if (endpoint === null) return `STS of ${region} answers`;
  const variables = ["AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL"];
  const from = variables.find((name) => env[name] === endpoint) ?? "endpoint_url";
  return `STS of ${region} answers, at ${new URL(endpoint).host} (${from})`;
}

function judgeCaller(resolution: Resolution, answer: CallerAnswer): Finding {
  switch (answer.kind) {
    case "known":
      return fine(`the keys are ${answer.arn}`);
    case "failed": {
      const { message, hint } = explainFailure(answer.failure, situation(resolution));
      return broken(message, hint);
    }
    case "trouble":
      return unchecked("sts");
    case "unasked":
      return unchecked(answer.why);
  }
}

/** What was being done when STS refused: it was asked for a name. */
export function situation({ source, sts }: Resolution, what = source.where) {
  return {
    source: what,
    region: sts.region,
    ...{ serialNumber: null, roleArn: null, unusedSerialNumber: null },
    ...{ callerArn: null, durationSeconds: null },
  };
}

function offsetOf(answer: CallerAnswer): number | null {
  if (answer.kind === "known") return answer.clockOffsetMs;
  return answer.kind === "failed" ? answer.failure.clockOffsetMs : null;
}

const minute = 60_000;
const setTheClock = "Set the clock (timedatectl set-ntp true; in WSL: sudo hwclock -s).";

/** AWS takes requests of the last 5 to 15 minutes. */
export function judgeClock(offsetMs: number): Finding {
  const off = Math.abs(offsetMs);
  // The Date header has whole seconds, and the answer took a while.
  if (off < 2000) return fine("agrees with AWS's");
  const words = `this machine's clock is ${timeInWords(off)} ${offsetMs > 0 ? "slow" : "fast"}`;
  if (off > 5 * minute) return broken(`${words}, and AWS takes 5 min at most`, setTheClock);
  return off > minute ? doubtful(words, setTheClock) : fine(words);
}

/** What STS said of the session, for {@link judgeSts}. */
export function answerToSession(session: SessionFacts): readonly CallerAnswer[] {
  return session.kind === "kept" ? [session.identity] : [];
}
