import { describeOrigin } from "../../config/origin.ts";
import type { SharedFiles } from "../../config/profiles.ts";
import type { Resolution } from "../../config/resolve.ts";
import type { AwsCredentials } from "../../context/sts.ts";
import type { BucketPlace } from "../../context/s3-ec2.ts";
import type { Context } from "../../context.ts";
import type { Environment } from "../../environment/environment.ts";
import type { KopsFacts, RegionsFacts, StoreFacts, Unasked } from "../facts.ts";
import { askStore } from "../../kops/ask-store.ts";
import { regionCheck } from "../../kops/region-check.ts";
import { findStateStore, placeInS3, type StateStore } from "../../kops/state-store.ts";
import { storeAccess, type StoreAccess } from "../../kops/store-access.ts";
import { troubleOf } from "./attempt.ts";
import type { FoundSession } from "./session.ts";
import type { ReadProfile } from "./profile.ts";

interface Patient {
  readonly profile: ReadProfile;
  readonly session: FoundSession;
  /** The environment before any session of ours. */
  readonly env: Environment;
  /** `--state` */
  readonly state: string | undefined;
  readonly isOffline: boolean;
}

/** Asks as kops asks: for the state store, and for the regions. */
export async function examineKops(context: Context, patient: Patient): Promise<KopsFacts> {
  const [store, regions] = await Promise.all([
    examineStore(context, patient).catch(asTrouble),
    examineRegions(context, patient).catch(asTrouble),
  ]);
  return { store, regions };
}

function asTrouble(error: unknown) {
  return { kind: "trouble", trouble: troubleOf(error) } as const;
}

async function examineStore(context: Context, patient: Patient): Promise<StoreFacts> {
  const store = findStore(context, patient);
  if (store === null) return { kind: "none" };
  const place = placeInS3(store);
  if (place === null) return { kind: "elsewhere", store };
  const ready = readyToAsk(patient);
  if ("why" in ready) return { ...ready, store };
  const { credentials } = ready;
  const access = storeAccess({ ...query(ready, patient.env), credentials });
  if (access === null) return { kind: "unasked", why: "AWS_ENDPOINT_URL_S3", store };
  const check = await askStore(context, { store, place }, access);
  const { userSession } = patient.session;
  const { answer } = check;
  const isDenied = answer.kind === "refused" && answer.code === "AccessDenied";
  const userMayRead =
    isDenied && userSession ? await mayRead(context, access, userSession, place) : null;
  return { kind: "asked", check, userMayRead };
}

interface Ready {
  readonly files: SharedFiles;
  readonly resolution: Resolution;
  readonly credentials: AwsCredentials;
}

/** What a question to AWS needs, or why none is asked. */
function readyToAsk({ profile, session, isOffline }: Patient): Ready | Unasked {
  const { inputs, facts } = profile;
  const { credentials } = session;
  if (isOffline) return { kind: "unasked", why: "offline" };
  if (inputs === null || facts.resolution === null || credentials === null) {
    return { kind: "unasked", why: "session" };
  }
  return { files: inputs.files, resolution: facts.resolution, credentials };
}

/** As kops finds it with a session of ours in its environment. */
function findStore({ home, files }: Context, { profile, env, state }: Patient): StateStore | null {
  if (state !== undefined) return { value: state, from: "--state" };
  const own = profile.facts.resolution?.stateStore ?? profile.inputs?.request.stateStore;
  if (own) return { value: own.value, from: describeOrigin(own.origin) };
  return findStateStore({ words: [], env, home, read: (path) => files.read(path) });
}

function query({ files, resolution }: Ready, env: Environment) {
  const { region, roles, serialNumber } = resolution;
  const arn = roles.at(-1)?.roleArn.value ?? serialNumber?.value ?? null;
  return { files, env, region, arn };
}

async function mayRead(
  { s3 }: Context,
  { target }: StoreAccess,
  session: AwsCredentials,
  place: BucketPlace,
): Promise<boolean> {
  return (await s3(target).list(session, place)).kind === "listed";
}

async function examineRegions(context: Context, patient: Patient): Promise<RegionsFacts> {
  const ready = readyToAsk(patient);
  if ("why" in ready) return ready;
  const check = regionCheck(query(ready, patient.env));
  if (check === null) return { kind: "unasked", why: "AWS_ENDPOINT_URL_EC2" };
  const { target, detour } = check;
  const answer = await context.ec2(target).describeRegions(ready.credentials);
  const host = target.endpoint === null ? null : new URL(target.endpoint).host;
  return { kind: "asked", region: target.region, detour, host, answer };
}
