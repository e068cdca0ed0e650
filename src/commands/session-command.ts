import { Command, Option, type BaseContext } from "clipanion";
import { loadSharedFiles } from "../config/load.ts";
import { readRequest, type Request, type RequestOptions } from "../config/request.ts";
import { resolve, type Resolution } from "../config/resolve.ts";
import type { Context, Environment, StsSession } from "../context.ts";
import { originalEnvironment } from "../environment/carried.ts";
import { UsageError } from "../errors.ts";
import { openCache, unkept, type SessionCache } from "../session/cache.ts";
import { cacheDirectory } from "../session/cache-directory.ts";
import { obtainSession } from "../session/obtain.ts";
import { planSession, type Plan } from "../session/plan.ts";
import { givenCode, promptedCodes } from "../session/token-code.ts";

/** What clipanion hands to a command, with the effects of the program in it. */
export type CommandContext = BaseContext & { readonly app: Context };

/** Opens the cache of this person's sessions. */
export function openSessions({ env, platform, home, files, terminal }: Context): SessionCache {
  const directory = cacheDirectory({ env, platform, home });
  const warn = (problem: string) => terminal.note(problem);
  return directory === null ? unkept(warn) : openCache(files.vault(directory), warn);
}

/** A session that is meant, before anything is asked or called. */
export interface Intent {
  readonly request: Request;
  readonly resolution: Resolution;
  readonly plan: Plan;
  readonly cache: SessionCache;
}

/** A command about the session of one profile: the options that say which. */
export abstract class SessionCommand extends Command<CommandContext> {
  profileName = Option.String({ name: "PROFILE", required: false });
  profile = Option.String("--profile,-p", { description: "the AWS profile" });
  region = Option.String("--region", { description: "the region of STS, and the one to export" });
  roleArn = Option.String("--role-arn", { description: "the role to assume" });
  serialNumber = Option.String("--serial-number", { description: "the ARN of the MFA device" });
  tokenCode = Option.String("--token-code", { description: "the code, instead of a prompt" });
  roleSessionName = Option.String("--role-session-name", {
    description: "the name that CloudTrail shows",
  });
  externalId = Option.String("--external-id", { description: "what the role's owner asks for" });
  durationSeconds = Option.String("--duration-seconds", { description: "life of the session" });
  duration = Option.String("--duration", { description: "the same, as 1h or 90m" });

  /** Resolves and plans; effects are read, none is caused. */
  protected intend(): Intent {
    const { app } = this.context;
    const env = originalEnvironment(app.env);
    const request = readRequest(this.#options(), env);
    const files = loadSharedFiles({ files: app.files, env, home: app.home });
    const resolution = resolve(files, request, env);
    return { request, resolution, plan: planSession(resolution), cache: openSessions(app) };
  }

  /** The session, from the cache or from STS. */
  protected obtain({ request, resolution, plan, cache }: Intent): Promise<StsSession> {
    const { terminal, clock, sts } = this.context.app;
    for (const note of [...resolution.notes, ...plan.notes]) terminal.note(note);
    const codes = request.tokenCode ? givenCode(request.tokenCode) : promptedCodes(terminal);
    const from = { sts: sts(resolution.sts), cache, codes, clock, terminal };
    return obtainSession(from, resolution, plan);
  }

  protected get env(): Environment {
    return this.context.app.env;
  }

  #options(): RequestOptions {
    const { region, roleArn, serialNumber, tokenCode, roleSessionName, externalId } = this;
    const { durationSeconds, duration } = this;
    return {
      profile: this.#profile(),
      ...{ region, roleArn, serialNumber, tokenCode, roleSessionName, externalId },
      ...{ durationSeconds, duration },
    };
  }

  #profile(): string | undefined {
    if (this.profileName === undefined || this.profile === undefined) {
      return this.profileName ?? this.profile;
    }
    if (this.profileName === this.profile) return this.profile;
    throw new UsageError(`"${this.profileName}" and --profile ${this.profile} are two profiles`, {
      hint: "Name one.",
    });
  }
}
