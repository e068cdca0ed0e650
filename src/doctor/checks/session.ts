import type { Resolution } from "../../config/resolve.ts";
import { expiryInWords } from "../../expiry.ts";
import { explainRefusedSession } from "../../kops/explain-end.ts";
import { explainFailure } from "../../session/explain-failure.ts";
import { situation } from "./aws.ts";
import { broken, doubtful, fine, unchecked, type Finding } from "../check.ts";
import type { CallerAnswer, SessionFacts } from "../facts.ts";

const login = "kops-mfa login, then doctor again; or kops-mfa doctor --login";

/** `obstacle` is the check that keeps a session from being made; null where none does. */
export function judgeSession(session: SessionFacts, obstacle: string | null, now: number): Finding {
  switch (session.kind) {
    case "kept":
      return fine(expiryInWords(session.expiresAt, now));
    case "refused":
      return broken(session.trouble.message, session.trouble.hint);
    case "unasked":
      return unchecked(obstacle ?? session.why);
    case "over":
    case "none": {
      if (obstacle !== null) return unchecked(obstacle);
      const isOver = session.kind === "over" && session.expiresAt <= now;
      const what =
        session.kind === "none"
          ? "none is kept"
          : isOver
            ? `the one that was kept ${expiryInWords(session.expiresAt, now)}`
            : `the one that is kept has only ${expiryInWords(session.expiresAt, now)}`;
      return doubtful(`${what}, so what needs one is not checked`, login);
    }
  }
}

/** Whether AWS takes the session, and for what it was made. */
export function judgeIdentity(session: SessionFacts, resolution: Resolution | null): Finding {
  if (session.kind !== "kept" || resolution === null) return unchecked("session");
  const { identity } = session;
  switch (identity.kind) {
    case "known":
      return judgeArn(identity.arn, resolution);
    case "unasked":
      return unchecked(identity.why);
    case "trouble":
      return unchecked("sts");
    case "failed":
      return judgeRefusal(identity, resolution);
  }
}

function judgeRefusal(
  { failure }: Extract<CallerAnswer, { kind: "failed" }>,
  resolution: Resolution,
): Finding {
  if (failure.kind !== "refused") return unchecked("sts");
  const refused = explainRefusedSession(failure.code ?? "");
  const { message, hint } =
    refused ?? explainFailure(failure, situation(resolution, "the kept session"));
  return broken(message, hint);
}

function judgeArn(arn: string, { roles }: Resolution): Finding {
  const wanted = roles.at(-1)?.roleArn.value;
  if (wanted === undefined || isSessionOf(arn, wanted)) return fine(arn);
  return broken(
    `the session is ${arn}, and not of ${wanted}`,
    "kops-mfa logout, then kops-mfa login",
  );
}

/** A session's ARN has the role's name without its path: docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
function isSessionOf(arn: string, roleArn: string): boolean {
  const [, account, name] = /:sts::(\d{12}):assumed-role\/([^/]+)\//.exec(arn) ?? [];
  const [, ofAccount, path = ""] = /:iam::(\d{12}):role\/(.+)$/.exec(roleArn) ?? [];
  return account === ofAccount && name === path.split("/").at(-1);
}
