import type { Resolution } from "../../config/resolve.ts";
import { explainRefusedSession, explainStore } from "../../kops/explain-end.ts";
import { broken, doubtful, fine, unchecked, type Finding } from "../check.ts";
import type { RegionsFacts, StoreFacts } from "../facts.ts";

/** What is known of the session that S3 and EC2 were asked with. */
export interface AskedWith {
  readonly resolution: Resolution | null;
  /** The check that explains a refusal better than the refusal does: `clock`, `identity`; null for none. */
  readonly blame: string | null;
}

/** Whether the state store can be read with the session, in the way of kops. */
export function judgeStore(store: StoreFacts, { resolution, blame }: AskedWith): Finding {
  switch (store.kind) {
    case "none":
      return doubtful(
        "none is named, so kops needs --state each time",
        "export KOPS_STATE_STORE=s3://…, or state_store in your settings; doctor --state s3://… looks at one",
      );
    case "trouble":
      return broken(store.trouble.message, store.trouble.hint);
    case "elsewhere":
      return fine(`${store.store.value} (${store.store.from}) is not in AWS`);
    case "unasked":
      return unchecked(store.why);
    case "asked":
      return judgeAnswer(store, { resolution, blame });
  }
}

function judgeAnswer(
  { check, userMayRead }: Extract<StoreFacts, { kind: "asked" }>,
  { resolution, blame }: AskedWith,
): Finding {
  const { answer, store, bucket, host, detour } = check;
  const where = `${store.value} (${store.from})`;
  if (answer.kind === "listed") return fine(`${where} can be read${at(host, detour)}`);
  if (answer.kind === "refused" && blame !== null) return unchecked(blame);
  const roleArn = resolution?.roles.at(-1)?.roleArn.value ?? null;
  if (userMayRead === true && roleArn !== null) return wantsMfa(bucket);
  const explained = explainStore(check, { expiresAt: Infinity, roleArn });
  if (explained) return broken(explained.message, explained.hint);
  return answer.kind === "refused"
    ? broken(`S3 answers for ${where} with ${answer.code}`, "Does `aws s3 ls` fail with it too?")
    : broken(`S3 (${answer.host}) does not answer for ${where}`, checkNetwork);
}

const checkNetwork = "Check the network, a proxy or VPN; then try again.";

/** Where a variable or a line in a file sends kops; empty for AWS's own. */
function at(host: string | null, detour: string | null): string {
  return host === null || detour === null ? "" : `, at ${host} (${detour})`;
}

/** docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html */
function wantsMfa(bucket: string): Finding {
  return broken(
    `bucket "${bucket}" lets your own MFA session read it and not the role's: a policy there asks for MFA, which no role can show`,
    "Use a profile with mfa_serial and no role_arn, or ask for MFA in the role's trust policy instead of the bucket's policy.",
  );
}

/** kops asks for the regions before most of its commands. */
export function judgeRegions(regions: RegionsFacts, { resolution, blame }: AskedWith): Finding {
  if (regions.kind === "unasked") return unchecked(regions.why);
  if (regions.kind === "trouble") return broken(regions.trouble.message, regions.trouble.hint);
  const { answer, region, host, detour } = regions;
  switch (answer.kind) {
    case "regions":
      if (answer.regions.includes(region)) return fine(`EC2 knows ${region}${at(host, detour)}`);
      return broken(
        `${region} is none of the account's regions`,
        "Correct the region, or have it enabled for the account (Account settings in the AWS console).",
      );
    case "unreachable":
      return broken(`EC2 (${answer.host}) does not answer`, checkNetwork);
    case "refused":
      return blame === null ? judgeRefusal(answer.code, resolution) : unchecked(blame);
  }
}

function judgeRefusal(code: string, resolution: Resolution | null): Finding {
  if (code === "UnauthorizedOperation") {
    const who = resolution?.roles.at(-1)?.roleArn.value ?? "your user";
    return broken(
      `${who} may not call ec2:DescribeRegions, with which kops begins`,
      "Allow it in the policy of the role or user: kops needs AmazonEC2FullAccess and more, see https://kops.sigs.k8s.io/getting_started/aws/",
    );
  }
  const refused = explainRefusedSession(code);
  return broken(
    refused?.message ?? `EC2 answers DescribeRegions with ${code}`,
    refused?.hint ?? "Try `aws ec2 describe-regions` in the same region.",
  );
}
