import { partitionOfRegion } from "../config/arn.ts";
import type { Resolution } from "../config/resolve.ts";
import { sourceKey } from "./cache-key.ts";
import { keyName } from "./key-name.ts";

/**
 * A hash of whose session a resolution describes: profile, source credentials, roles with what their calls send, and STS. How long the
 * session lasts and which calls lead to it do not count, so that a renewal may differ in these.
 */
export function sessionIdentity({ profile, source, roles, sts }: Resolution): string {
  const sent = roles.map(({ roleArn, roleSessionName, externalId, tags }) => [
    ...[roleArn.value, roleSessionName.value, externalId?.value ?? null],
    tags,
  ]);
  const where = [partitionOfRegion(sts.region), sts.endpoint];
  return keyName(JSON.stringify([profile?.value ?? null, sourceKey(source), sent, where]));
}
