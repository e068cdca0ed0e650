import { Command, Option } from "clipanion";
import { carriedSession } from "../environment/carried.ts";
import { ExitCode } from "../errors.ts";
import type { SessionCache } from "../session/cache.ts";
import { isBasedOn } from "../session/cache-key.ts";
import { sharedByProfile, usesKeyring } from "./kept.ts";
import type { CommandContext } from "./session-command.ts";
import { openStore } from "./store.ts";

/** `logout`: forgets cached sessions. Needs no configuration, so that it works where that is broken. */
export class LogoutCommand extends Command<CommandContext> {
  static override paths = [["logout"]];
  static override usage = Command.Usage({
    category: "Sessions",
    description: "forget the sessions that are kept, all or those of one profile",
    details: `
      The MFA session of a profile is shared by all profiles with the same access keys and device; it is
      forgotten too, so that the next session asks for a code. In the AWS CLI's cache (cache = aws-cli) only
      sessions that kops-mfa put there are forgotten, and that of the profile named.
    `,
    examples: [
      ["Forget everything", "kops-mfa logout"],
      ["Forget one profile", "kops-mfa logout prod"],
    ],
  });

  profile = Option.String({ name: "PROFILE", required: false });

  override execute(): Promise<number> {
    const { app } = this.context;
    let count = this.#forgetFiles();
    try {
      if (usesKeyring(app)) count += forget(openStore(app, "keyring").cache, this.profile);
    } finally {
      app.terminal.note(count === 1 ? "1 session forgotten" : `${count} sessions forgotten`);
    }
    if (carriedSession(app.env)) {
      app.terminal.note(
        'this shell still carries one; to leave it: eval "$(kops-mfa env --unset)"',
      );
    }
    return Promise.resolve(ExitCode.Ok);
  }

  /** In our files, and in those of the AWS CLI, which may itself have made the session of the profile. */
  #forgetFiles(): number {
    const { app } = this.context;
    const shared = this.profile === undefined ? null : sharedByProfile(app, this.profile);
    const { cache } = openStore(app, "aws-cli", shared);
    const count = forget(cache, this.profile);
    return shared && cache.remove(shared.key) ? count + 1 : count;
  }
}

/** All sessions; or those made for a profile, and those that they were made with. */
function forget(cache: SessionCache, profile: string | undefined): number {
  if (profile === undefined) return cache.clear();
  const entries = cache.entries();
  const keys = entries.filter((entry) => entry.profile === profile).map(({ key }) => key);
  const made = entries.filter(({ key }) => keys.some((own) => own === key || isBasedOn(own, key)));
  return made.filter(({ key }) => cache.remove(key)).length;
}
