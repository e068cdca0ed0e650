import { partitionOfRegion } from "../config/arn.ts";
import { describeOrigin, fromOption } from "../config/origin.ts";
import { UsageError } from "../errors.ts";
import type { Access, BucketExceptions, StateStore } from "./access.ts";
import { readDurationBetween } from "./durations.ts";
import type { Known } from "./known.ts";
import { checkAllowed, checkCluster, checkPartition } from "./names.ts";
import { partitionOfUsers, readPeople, type PeopleOptions } from "./people.ts";
import { readRole, type FoundRole, type RoleOptions } from "./read-role.ts";
import { parseStateStore } from "./state-store.ts";

/** The options of `policy`, as typed. */
export interface AccessOptions extends RoleOptions, PeopleOptions {
  readonly stateStore: string | undefined;
  readonly mfaAge: string | undefined;
  readonly sessionNameRule: boolean;
  readonly manageMfa: boolean;
  readonly manageClusters: boolean;
  readonly bucketPolicy: boolean;
  readonly clusters: readonly string[];
  readonly allowed: readonly string[];
  readonly partition: string | undefined;
  readonly region: string | undefined;
}

/**
 * What the options say, and the configuration where they do not; with notes on what was taken from there.
 * Throws {@link UsageError} and {@link ConfigError}.
 */
export function readAccess(
  options: AccessOptions,
  known: Known,
): { readonly access: Access; readonly notes: readonly string[] } {
  const store = readStore(options, known);
  const found = readRole(options, known.roleArn);
  const partition = readPartition(options, known, found);
  const serial = accountOfSerial(known);
  const people = readPeople(options, serial ?? found.role.account, partition);
  const access = {
    partition,
    role: found.role,
    store,
    people,
    mfaAge: readDurationBetween("--mfa-age", options.mfaAge, "1m", "36h"),
    sessionNameRule: options.sessionNameRule,
    manageMfa: options.manageMfa,
    manageClusters: options.manageClusters,
    bucketPolicy: readExceptions(options, partition),
  };
  const { role, from } = found;
  const roleNote = `the role is that of account ${role.account} in ${from}`;
  const peopleNote = `the users are those of account ${people.account}, whose device ${
    known.serialNumber === null ? "" : describeOrigin(known.serialNumber.origin)
  } names`;
  const isFromSerial =
    options.userAccount === undefined && serial === people.account && serial !== role.account;
  return {
    access,
    notes: [...(from === null ? [] : [roleNote]), ...(isFromSerial ? [peopleNote] : [])],
  };
}

function readStore({ stateStore }: AccessOptions, known: Known): StateStore {
  const store =
    stateStore === undefined ? known.stateStore : fromOption("--state-store", stateStore);
  if (store) return parseStateStore(store);
  throw new UsageError("which state store the role is for is not known", {
    hint: "--state-store s3://BUCKET says it, or KOPS_STATE_STORE.",
  });
}

/** The first that anything says; a region of the environment last, since most people have one for other things. */
function readPartition(options: AccessOptions, known: Known, found: FoundRole): string {
  if (options.partition !== undefined) return checkPartition(options.partition);
  if (options.region !== undefined) return partitionOfRegion(options.region);
  const named = found.partition ?? partitionOfUsers(options.users);
  return named ?? partitionOfRegion(known.region?.value ?? "");
}

/** The account of the user whose device is configured; a hardware token's number tells none. */
function accountOfSerial({ serialNumber }: Known): string | null {
  return /^arn:[a-z-]+:iam::(\d{12}):mfa\//.exec(serialNumber?.value ?? "")?.[1] ?? null;
}

function readExceptions(options: AccessOptions, partition: string): BucketExceptions | null {
  const { bucketPolicy, clusters, allowed } = options;
  if (!bucketPolicy && clusters.length + allowed.length > 0) {
    throw new UsageError(
      `${clusters.length > 0 ? "--cluster" : "--allow"} says something about the bucket policy, and none is asked for`,
      { hint: "Add --bucket-policy." },
    );
  }
  if (!bucketPolicy) return null;
  return {
    clusters: [...new Set(clusters.map(checkCluster))],
    allowed: [...new Set(allowed.map((arn) => checkAllowed(arn, partition)))],
  };
}
