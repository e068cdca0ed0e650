import type { RequestOptions } from "../../config/request.ts";
import type { Context } from "../../context.ts";
import type { Facts } from "../facts.ts";
import { originalEnvironment } from "../../environment/carried.ts";
import { examineAws, type Licence } from "./aws.ts";
import { examineCache } from "./cache.ts";
import { examineFiles } from "./files.ts";
import { examineKops } from "./kops.ts";
import { examineProfile } from "./profile.ts";
import { examinePrograms } from "./programs.ts";
import { examineSession, type SessionMaking } from "./session.ts";
import { examineShell } from "./shell.ts";

export interface Examination extends Licence {
  readonly options: RequestOptions;
  /** `--state` */
  readonly state: string | undefined;
  readonly making: SessionMaking;
}

/**
 * Finds out all that is judged afterwards: reads, runs and asks, at the same time what does not wait for something else. What fails is
 * a fact. Throws {@link InterruptedError}.
 */
export async function examine(context: Context, examination: Examination): Promise<Facts> {
  const { options, state, making, isOffline } = examination;
  const env = originalEnvironment(context.env);
  const files = examineFiles({ ...context, env });
  const profile = examineProfile(files, { env, options, children: context.children });
  const { resolution } = profile.facts;
  const examineSessionAndKops = async () => {
    const session = await examineSession(context, profile.intent, making, examination);
    const patient = { profile, session, env, state, isOffline };
    return { session: session.facts, kops: await examineKops(context, patient) };
  };
  const [programs, aws, sessionAndKops] = await Promise.all([
    examinePrograms(context, !isOffline),
    examineAws(context, resolution, examination),
    examineSessionAndKops(),
  ]);
  const shell = examineShell(context);
  // What a new session has left there counts.
  const cache = examineCache(context, resolution?.cache?.value ?? "files", !isOffline);
  const now = context.clock.now();
  const { facts } = profile;
  return {
    now,
    programs,
    files: files.facts,
    profile: facts,
    shell,
    cache,
    aws,
    ...sessionAndKops,
  };
}
