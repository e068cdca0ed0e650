import type { VaultProblem } from "../../context/files.ts";
import { isSessionOf } from "./entry.ts";
import { AwsCliFiles, type AwsCliFile, type AwsCliVaults } from "./files.ts";
import type { AwsCliSession } from "./key.ts";
import { eachOnce, type SessionCache } from "../cache.ts";

/** What a cache that is shared with the AWS CLI is made of. */
export interface AwsCliSharing extends AwsCliVaults {
  /** For the sessions that the AWS CLI could not have made. */
  readonly own: SessionCache;
  /** SHA-1 in hexadecimal. */
  readonly sha1: (text: string) => string;
  readonly warn: (problem: VaultProblem) => void;
}

/**
 * A cache that has one session, that which the AWS CLI could have made, in the AWS CLI's place, and all others in ours.
 *
 * The name of the AWS CLI's file lacks the source. Of a session that we put there the receipt tells it, and that of another source
 * is a miss. Of one that the AWS CLI made nobody can tell, as in the AWS CLI itself; where it took a code the device, which is in
 * the name, belongs to one user. The role, its account and a configured session name are verified always.
 */
export function openAwsCliCache(
  { own, sha1, warn, ...vaults }: AwsCliSharing,
  shared: AwsCliSession | null,
): SessionCache {
  const hear = eachOnce(warn);
  const files = new AwsCliFiles(vaults, hear);
  const find = (session: AwsCliSession) => {
    const name = sha1(session.hashed);
    const file = files.read(name);
    if (!file || isFor(session, file)) return file;
    if (!file.receipt) hear(`the AWS CLI's ${name}.json is of another role, and is ignored`);
    return null;
  };
  return {
    get: (key) => (shared?.key === key ? find(shared)?.session : null) ?? own.get(key),
    put(entry) {
      if (shared?.key === entry.key && files.write(sha1(shared.hashed), entry)) return;
      own.put(entry);
    },
    remove(key) {
      const names = files.ours().filter(({ entry }) => entry.key === key);
      const isShared = shared?.key === key && find(shared) !== null;
      const found = [...names.map(({ name }) => name), ...(isShared ? [sha1(shared.hashed)] : [])];
      const removed = [...new Set(found)].filter((name) => files.remove(name));
      return own.remove(key) || removed.length > 0;
    },
    entries: () => [...files.ours().map(({ entry }) => entry), ...own.entries()],
    clear: () => files.ours().filter(({ name }) => files.remove(name)).length + own.clear(),
  };
}

function isFor(shared: AwsCliSession, { session, receipt }: AwsCliFile): boolean {
  return isSessionOf(session.arn, shared) && (receipt === null || receipt.key === shared.key);
}
