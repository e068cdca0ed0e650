// dist/keyring.cjs, a process of its own: the native calls are synchronous, also those that a class AsyncEntry makes when it is
// constructed, and a session bus that does not answer blocks them for ever; a process can be killed.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import type { KeyringAnswer, KeyringOrder } from "./keyring-store.ts";

type Package = typeof import("@napi-rs/keyring");

const service = "kops-mfa";
/** Always in the keyring, so that a locked one is met, and its window opened, before anything else is looked for. */
const marker = "kops-mfa";
/** The package would otherwise fall back on the kernel's keyring, silently (its README, "Linux backend selection"). */
const options = { linux: { store: "secret-service" } } as const;

const [packagePath = "", notice = "", noticeAfterMs = "", limitMs = ""] = process.argv.slice(2);
watch();
const order = JSON.parse(readFileSync(0, "utf8")) as KeyringOrder;
process.stdout.write(JSON.stringify(answer(order)));

function answer({ set, drop }: KeyringOrder): KeyringAnswer {
  try {
    const { Entry, findCredentials } = createRequire(packagePath)(packagePath) as Package;
    const entry = (account: string) => new Entry(service, account, options);
    if (entry(marker).getPassword() === null) entry(marker).setPassword("sessions of kops-mfa");
    for (const [account, text] of Object.entries(set)) entry(account).setPassword(text);
    for (const account of drop) entry(account).deletePassword();
    const found = findCredentials(service).filter(({ account }) => account !== marker);
    return { entries: Object.fromEntries(found.map((one) => [one.account, one.password])) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * A thread, since this one is blocked while a window waits for a password: it tells the person, on descriptor 3, and ends this process
 * when its time is over, for the case that whoever would end it is gone.
 */
function watch(): void {
  const tell = `require("node:fs").writeSync(3, ${JSON.stringify(notice)})`;
  const end = 'process.kill(process.pid, "SIGKILL")';
  const thread = `setTimeout(() => ${tell}, ${Number(noticeAfterMs)}); setTimeout(() => ${end}, ${Number(limitMs)});`;
  new Worker(thread, { eval: true }).unref();
}
