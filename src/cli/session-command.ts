import { Command, Option, type BaseContext } from "clipanion";
import type { RequestOptions } from "../config/request.ts";
import type { Context } from "../context.ts";
import type { Environment } from "../environment/environment.ts";
import type { StsSession } from "../context/sts.ts";
import { intend, type Intent } from "../operations/resolve-session.ts";
import { obtain } from "../operations/obtain-session.ts";
import { profileName } from "./profile-name.ts";

/** What clipanion hands to a command, with the effects of the program in it. */
export type CommandContext = BaseContext & {
  readonly app: Context;
  /** The words of another program that is to run; null where none is. */
  readonly child: readonly string[] | null;
};

/** A command about the session of one profile: the options that say which. */
export abstract class SessionCommand extends Command<CommandContext> {
  profileName = Option.String({ name: "PROFILE", required: false });
  profile = Option.String("--profile,-p", {
    description: "the profile, of the AWS files or of your settings",
  });
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
  minTtl = Option.String("--min-ttl", { description: "renew a session with less left than this" });
  noSession = Option.Boolean("--no-session", false, {
    description: "send the code with AssumeRole, without a shared MFA session",
  });
  noPrompt = Option.Boolean("--no-prompt", false, {
    description: "fail where a person would have to be asked",
  });

  /** Resolves and plans; effects are read, none is caused. */
  protected intend(): Intent {
    return intend(this.context.app, this.requestOptions);
  }

  /** The session, from the cache or from STS. */
  protected obtain(intent: Intent): Promise<StsSession> {
    return obtain(this.context.app, intent);
  }

  protected get env(): Environment {
    return this.context.app.env;
  }

  /** What the command line says about the session. Throws {@link UsageError} for two profiles. */
  protected get requestOptions(): RequestOptions {
    const { region, roleArn, serialNumber, tokenCode, roleSessionName, externalId } = this;
    const { durationSeconds, duration, minTtl, noSession, noPrompt } = this;
    return {
      profile: profileName(this.profileName, this.profile),
      ...{ region, roleArn, serialNumber, tokenCode, roleSessionName, externalId },
      ...{ durationSeconds, duration, minTtl, noSession, noPrompt },
    };
  }
}
