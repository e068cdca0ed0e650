import { ancestor } from "./process-info.ts";

/** What the process above this one is now: a shell may have become another program since. */
export function parentIdentity(): string {
  return JSON.stringify(ancestor(process.ppid), ["exe", "comm"]);
}
