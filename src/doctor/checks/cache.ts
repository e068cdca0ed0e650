import { broken, doubtful, fine, named, unchecked, type Check, type Finding } from "../check.ts";
import type { CacheFacts, HeldLock } from "../facts.ts";

export function judgeCache(facts: CacheFacts): readonly Check[] {
  const locks = facts.locks.map((lock) => named("lock", judgeLock(lock)));
  return [
    ...judgeKept(facts).map((finding) => named("cache", finding)),
    ...(locks.length === 0 ? [named("lock", fine("nobody is asking for a code"))] : locks),
  ];
}

function judgeKept(facts: CacheFacts): readonly Finding[] {
  const { kind, directory, problem, trouble, unreadable } = facts;
  if (facts.isUnasked) return [unchecked("offline")];
  if (trouble) return [broken(trouble.message, trouble.hint)];
  if (kind === "none") return [fine("sessions are not kept (cache = none)")];
  const place = directory ?? "";
  if (directory === null) {
    return [doubtful("there is no home directory, so sessions are not kept", "Set HOME.")];
  }
  if (problem !== null) {
    return [broken(problem, `rm -rf ${place} makes room for a new one, without the sessions`)];
  }
  if (facts.facts?.isWritable === false) {
    return [broken(`${place} cannot be written, so sessions are not kept`, `chmod u+w ${place}`)];
  }
  const count = `${facts.sessions} session${facts.sessions === 1 ? "" : "s"}`;
  const where = kind === "keyring" ? "the keyring" : place;
  const rest = unreadable.map((one) =>
    doubtful(one, "kops-mfa logout forgets it, with all others"),
  );
  return rest.length > 0 ? rest : [fine(`${where}, ${count}`)];
}

/** One of another machine may be alive; of this one it is known. */
function judgeLock({ path, pid, host, isDead }: HeldLock): Finding {
  if (isDead) {
    return doubtful(
      `${path} is left of process ${pid}, which is gone`,
      `rm ${path} (the next login would take it over)`,
    );
  }
  return doubtful(
    `process ${pid} on ${host} is asking for a code: whoever needs the same one waits for it`,
    "Answer there, or end it with Ctrl-C.",
  );
}
