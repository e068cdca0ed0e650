import type { BucketPlace } from "../context/s3-ec2.ts";
import type { Context } from "../context.ts";
import type { StoreCheck } from "./explain-end.ts";
import type { StateStore } from "./state-store.ts";
import type { StoreAccess } from "./store-access.ts";

/** A state store that is in S3. */
export interface StoreInS3 {
  readonly store: StateStore;
  readonly place: BucketPlace;
}

/** Asks S3 for the state store, in the way that kops takes. */
export async function askStore(
  { s3 }: Pick<Context, "s3">,
  { store, place }: StoreInS3,
  access: StoreAccess,
): Promise<StoreCheck> {
  const { target, caller, detour } = access;
  const host = hostOf(access);
  const answer =
    caller === null
      ? ({ kind: "unreachable", host: host ?? "" } as const)
      : await s3(target).list(caller, place);
  return { store, bucket: place.bucket, answer, detour, host };
}

function hostOf({ target: { endpoint } }: StoreAccess): string | null {
  return endpoint !== null && URL.canParse(endpoint) ? new URL(endpoint).host : endpoint;
}
