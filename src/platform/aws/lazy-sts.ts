import type { Sts, StsTarget } from "../../context/sts.ts";
import type { Terminal } from "../../context/terminal.ts";

/** STS as sts.ts has it, which is loaded when it is first needed: most runs find their session kept. */
export function lazySts(target: StsTarget, waitFor: Terminal["waitFor"], end?: AbortSignal): Sts {
  let opening: Promise<Sts> | null = null;
  const open = () =>
    (opening ??= import("./sts.ts").then(({ openSts }) => openSts(target, waitFor, end)));
  return {
    prepare: (caller) => void open().then((sts) => sts.prepare(caller)),
    assumeRole: async (...params) => (await open()).assumeRole(...params),
    getSessionToken: async (...params) => (await open()).getSessionToken(...params),
    listMfaDevices: async (caller) => (await open()).listMfaDevices(caller),
    getCallerIdentity: async (caller) => (await open()).getCallerIdentity(caller),
  };
}
