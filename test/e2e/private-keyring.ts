import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "./person.ts";
import { isOnPath } from "../support/programs.ts";

const login = "/org/freedesktop/secrets/collection/login";

/** Without the folders of services: a gnome-keyring that is gone stays gone, instead of being started anew, and locked. */
const busConfig = (home: string) => `<busconfig>
  <type>session</type>
  <listen>unix:dir=${home}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

const programs = ["dbus-daemon", "dbus-send", "gnome-keyring-daemon", "secret-tool"];

/** Shown as skipped where a program is missing, and a failure where everything must be there. */
export const skipWithoutKeyring =
  !programs.every(isOnPath) && process.env["KOPS_MFA_REQUIRE_ALL"] !== "1";

/** A real Secret Service (gnome-keyring) on a session bus of its own, unlocked, with nothing in it. */
export class PrivateKeyring {
  readonly #home: string;
  readonly #bus: ChildProcess;
  readonly #address: string;
  #daemon: ChildProcess | null = null;

  private constructor(home: string, bus: ChildProcess, address: string) {
    this.#home = home;
    this.#bus = bus;
    this.#address = address;
  }

  static async start(): Promise<PrivateKeyring> {
    const home = mkdtempSync(join(tmpdir(), "kops-mfa-keyring-"));
    const config = join(home, "bus.conf");
    writeFileSync(config, busConfig(home));
    const args = [`--config-file=${config}`, "--nofork", "--nopidfile", "--print-address=1"];
    const stdio = ["ignore", "pipe", "ignore"] as const;
    const bus = spawn("dbus-daemon", args, { env: surroundings(home), stdio: [...stdio] });
    const address = await new Promise<string>((resolve, reject) => {
      bus.once("error", reject).once("exit", () => reject(new Error("no session bus")));
      bus.stdout.setEncoding("utf8").once("data", (line: string) => resolve(line.trim()));
    });
    const keyring = new PrivateKeyring(home, bus, address);
    await keyring.#startDaemon();
    return keyring;
  }

  /** The variables of a program in this session. */
  get env(): Readonly<Record<string, string>> {
    return { DBUS_SESSION_BUS_ADDRESS: this.#address };
  }

  /**
   * Whether gnome-keyring has aborted: 42.1 does when a client is gone before its session is opened
   * (`gkd_secret_service_get_pkcs11_session: assertion 'client' failed`, then a fatal GLib error).
   */
  get hasAborted(): boolean {
    return ["SIGTRAP", "SIGABRT"].includes(this.#daemon?.signalCode ?? "");
  }

  /** The accounts of the items of a service, by the word of another program. */
  async accounts(service: string): Promise<readonly string[]> {
    const { stderr } = await this.#run("secret-tool", "search", "--all", "service", service);
    return [...stderr.matchAll(/^attribute\.username = (.*)$/gm)].map(([, name = ""]) => name);
  }

  /** As a screen that locks itself may do. */
  async lock(): Promise<void> {
    await this.#send(
      "org.freedesktop.secrets",
      "/org/freedesktop/secrets",
      "org.freedesktop.Secret.Service.Lock",
      `array:objpath:${login}`,
    );
    if ((await this.#isLocked()) !== true) throw new Error("the keyring was not locked");
  }

  async stop(): Promise<void> {
    await Promise.all([this.#daemon, this.#bus].map(ended));
    rmSync(this.#home, { recursive: true, force: true });
  }

  async #startDaemon(): Promise<void> {
    const args = ["--foreground", "--unlock", "--components=secrets"];
    const env = { ...surroundings(this.#home), ...this.env };
    const log = join(this.#home, "log");
    const words = openSync(log, "a");
    this.#daemon = spawn("gnome-keyring-daemon", args, { env, stdio: ["pipe", words, words] });
    closeSync(words);
    this.#daemon.stdin?.end("password of a test");
    // It takes its name on the bus before it has made and unlocked the keyring.
    for (let left = 100; (await this.#isLocked()) !== false; left--) {
      if (left === 0) throw new Error(`no unlocked keyring: ${readFileSync(log, "utf8")}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Null where there is no keyring. */
  async #isLocked(): Promise<boolean | null> {
    const { stdout } = await this.#send(
      "org.freedesktop.secrets",
      login,
      "org.freedesktop.DBus.Properties.Get",
      "string:org.freedesktop.Secret.Collection",
      "string:Locked",
    );
    const [, locked] = /boolean (true|false)/.exec(stdout) ?? [];
    return locked === undefined ? null : locked === "true";
  }

  #send(to: string, ...args: readonly string[]) {
    return this.#run("dbus-send", "--session", "--print-reply", `--dest=${to}`, ...args);
  }

  #run(file: string, ...args: readonly string[]) {
    return runProgram(file, args, { ...surroundings(this.#home), ...this.env });
  }
}

function surroundings(home: string): Record<string, string> {
  return { HOME: home, XDG_RUNTIME_DIR: home, PATH: process.env["PATH"] ?? "" };
}

function ended(child: ChildProcess | null): Promise<void> {
  if (child?.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill();
  });
}
