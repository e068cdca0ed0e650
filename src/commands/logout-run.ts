import { sharedByProfile, usesKeyring } from "../operations/configured-caches.ts";
import { openStore } from "../operations/open-store.ts";
import type { Context } from "../context.ts";
import { carriedSession } from "../environment/carried.ts";
import { ExitCode } from "../errors.ts";
import type { SessionCache } from "../session/cache.ts";
import { isBasedOn } from "../session/cache-key.ts";

/** `logout`: forgets the sessions that are kept, all or those of one profile. Needs no configuration, so that it works where that is broken. */
export function runLogout(app: Context, profile: string | undefined): ExitCode {
  let count = forgetFiles(app, profile);
  try {
    if (usesKeyring(app)) count += forget(openStore(app, "keyring").cache, profile);
  } finally {
    app.terminal.note(count === 1 ? "1 session forgotten" : `${count} sessions forgotten`);
  }
  if (carriedSession(app.env)) {
    app.terminal.note('this shell still carries one; to leave it: eval "$(kops-mfa env --unset)"');
  }
  return ExitCode.Ok;
}

/** In our files, and in those of the AWS CLI, which may itself have made the session of the profile. */
function forgetFiles(app: Context, profile: string | undefined): number {
  const shared = profile === undefined ? null : sharedByProfile(app, profile);
  const { cache } = openStore(app, "aws-cli", shared);
  const count = forget(cache, profile);
  return shared && cache.remove(shared.key) ? count + 1 : count;
}

/** All sessions; or those made for a profile, and those that they were made with. */
function forget(cache: SessionCache, profile: string | undefined): number {
  if (profile === undefined) return cache.clear();
  const entries = cache.entries();
  const keys = entries.filter((entry) => entry.profile === profile).map(({ key }) => key);
  const made = entries.filter(({ key }) => keys.some((own) => own === key || isBasedOn(own, key)));
  return made.filter(({ key }) => cache.remove(key)).length;
}
