import { loadSettings, loadSharedFiles, sharedFilePaths } from "../config/load.ts";
import type { Resolution } from "../config/resolve.ts";
import { settingsPath } from "../config/settings.ts";
import type { Context } from "../context.ts";
import type { Environment } from "../environment/environment.ts";
import type { StsSession } from "../context/sts.ts";
import { ConfigError, InterruptedError, KopsMfaError } from "../errors.ts";
import { expiryInWords } from "../expiry.ts";
import { shortenHome } from "../paths.ts";
import { detectShell } from "../shell/detect.ts";
import { findDialect, type ShellName } from "../shell/dialects/registry.ts";
import { Asker } from "./asker.ts";
import { identify } from "./caller.ts";
import { converse, type Found, type SetupOptions } from "./dialogue.ts";
import type { Draft } from "./draft.ts";
import { editsOf, type EditedFile, type EditedFiles, type FileEdit } from "./edits.ts";
import { knownAbout } from "./known.ts";
import { overridingVariables, refuseOverridden } from "./overridden.ts";
import { readVerdict, type Verdict } from "./readings.ts";
import { offerStartup } from "./shell-startup.ts";
import { showEdits } from "./summary.ts";

/** The rest of the program, for a session that setup makes of files that are not written yet. */
export interface Sessions<Meant extends { readonly resolution: Resolution }> {
  /** What the profile would mean if the files, by their paths, had these texts. Throws {@link KopsMfaError}. */
  readonly intend: (texts: ReadonlyMap<string, string>, profile: string) => Meant;
  readonly obtain: (meant: Meant) => Promise<StsSession>;
}

export interface RunOptions extends SetupOptions {
  readonly isSilent: boolean;
  readonly isDryRun: boolean;
  readonly isProved: boolean;
  readonly shellStartup: boolean | undefined;
}

/**
 * Finds what can be found, asks for the rest, proves it by a login, and only then writes it. `env` is the environment before any
 * session of ours. False where nothing was written since the person said so. Throws {@link KopsMfaError}.
 */
export async function setUp<Meant extends { readonly resolution: Resolution }>(
  app: Context,
  env: Environment,
  options: RunOptions,
  sessions: Sessions<Meant>,
): Promise<boolean> {
  const setup = new Setup(app, env, options, sessions);
  return setup.run();
}

class Setup<Meant extends { readonly resolution: Resolution }> {
  readonly #app: Context;
  readonly #env: Environment;
  readonly #options: RunOptions;
  readonly #sessions: Sessions<Meant>;
  readonly #asker: Asker;

  constructor(app: Context, env: Environment, options: RunOptions, sessions: Sessions<Meant>) {
    this.#app = app;
    this.#env = env;
    this.#options = options;
    this.#sessions = sessions;
    this.#asker = new Asker(app.terminal, options.isSilent);
  }

  async run(): Promise<boolean> {
    const { files, terminal } = this.#app;
    const { isDryRun } = this.#options;
    const shell = this.#shell();
    const edited = this.#files();
    if (!isDryRun) files.refuseUnchangeable(edited.config.path);
    const found = this.#find();
    const agreed = await this.#agree(found, edited);
    if (agreed === null) {
      terminal.note("nothing was written");
      return isDryRun;
    }
    this.#write(agreed.edits);
    await this.#finish(agreed.draft, shell);
    return true;
  }

  /** Asks until the person agrees to what is to be written; null where they do not, or are only shown it. */
  async #agree(found: Found, edited: EditedFiles) {
    const { terminal } = this.#app;
    const { isDryRun, isProved, isSilent } = this.#options;
    const asker = this.#asker;
    let options: SetupOptions = this.#options;
    for (let draft: Draft | null = null; ; options = {}) {
      draft = await converse({ asker, terminal, found, options }, draft);
      const edits = editsOf(draft, edited);
      const texts = new Map(edits.map(({ path, after }) => [path, after]));
      const meant = this.#sessions.intend(texts, draft.profile);
      refuseOverridden(draft, meant.resolution);
      if (edits.length > 0) showEdits(terminal, edits);
      else terminal.note(`profile "${draft.profile}" says all this already`);
      if (isDryRun) return null;
      for (const { path } of edits) this.#app.files.refuseUnchangeable(path);
      let verdict: Verdict = isSilent || edits.length === 0 ? "yes" : await this.#confirm();
      if (verdict === "yes" && isProved) verdict = await this.#prove(meant);
      if (verdict === "yes") return { draft, edits };
      if (verdict === "no") return null;
    }
  }

  #confirm(): Promise<Verdict> {
    const { isProved } = this.#options;
    return this.#asker.ask({
      option: "--yes",
      about: [
        isProved ? "A login proves it first. (c changes an answer.)" : "(c changes an answer.)",
      ],
      prompt: "Write this?",
      fallback: { shown: "Y/n/c", value: "yes" },
      read: readVerdict,
    });
  }

  /** Makes the session that the files would mean, which is kept; what it is refused with is for the person to judge. */
  async #prove(meant: Meant): Promise<Verdict> {
    const { terminal, clock } = this.#app;
    try {
      const { arn, expiresAt } = await this.#sessions.obtain(meant);
      terminal.note(
        `it works: ${arn ?? "your own session"}, ${expiryInWords(expiresAt, clock.now())}`,
      );
      return "yes";
    } catch (error) {
      const isFinal = this.#options.isSilent || error instanceof InterruptedError;
      if (isFinal || !(error instanceof KopsMfaError)) throw error;
      terminal.error(error.message, error.hint);
    }
    return this.#asker.ask({
      option: "--no-login",
      about: ["It did not work, and nothing is written. (c changes an answer.)"],
      prompt: "Write it all the same?",
      fallback: { shown: "y/N/c", value: "no" },
      read: readVerdict,
    });
  }

  #write(edits: readonly FileEdit[]): void {
    const { files, terminal, home } = this.#app;
    for (const { path, shown, before, after } of edits) {
      const copy = files.change(path, before, after);
      terminal.note(
        `${shown}: written${copy === null ? "" : `; as it was: ${shortenHome(copy, home)}`}`,
      );
    }
  }

  async #finish(draft: Draft, shell: ShellName | null): Promise<void> {
    const { terminal } = this.#app;
    const offering = { app: this.#app, asker: this.#asker, wanted: this.#options.shellStartup };
    await offerStartup(offering, shell).catch((error: unknown) => {
      // The profile is there, whatever became of this file.
      if (error instanceof InterruptedError || !(error instanceof KopsMfaError)) throw error;
      terminal.error(error.message, error.hint);
    });
    for (const line of overridingVariables(draft, this.#env)) terminal.note(line);
    const { profile } = draft;
    const name = /^[\w.+][\w.+:/-]*$/.test(profile) ? profile : `'${profile}'`;
    const line = findDialect(shell ?? "sh").evaluate(`kops-mfa env ${name}`);
    terminal.print(`\nNow, in this shell:\n  ${line}`);
    const { config } = sharedFilePaths({ env: this.#env, home: this.#app.home });
    terminal.print(`For IDEs and SDKs, which read AWS profiles by themselves, in ${config.shown}:
  [profile ${profile}-sdk]
  credential_process = kops-mfa credential-process --profile ${name}`);
  }

  #shell(): ShellName | null {
    const { env, platform, processes } = this.#app;
    const { parentPid: ppid, ancestor } = processes;
    return detectShell({ ppid, ancestor, env, platform }).shell;
  }

  #files(): EditedFiles {
    const { platform, home } = this.#app;
    const { config } = sharedFilePaths({ env: this.#env, home });
    if (config.path === null) {
      throw new ConfigError("there is no home directory (HOME), so no ~/.aws/config", {
        hint: "Set HOME, or AWS_CONFIG_FILE to the file that is to be written.",
      });
    }
    const settings = settingsPath({ env: this.#env, platform, home });
    return {
      config: this.#file(config.path),
      settings: settings === null ? null : this.#file(settings),
    };
  }

  #file(path: string): EditedFile {
    const { files, home } = this.#app;
    return { path, shown: shortenHome(path, home), before: files.read(path) };
  }

  #find(): Found {
    const { files: disk, platform, home } = this.#app;
    const env = this.#env;
    const place = { files: disk, env, platform, home };
    const [files, settings] = [loadSharedFiles(place), loadSettings(place)];
    const kopsFiles = home === null ? [] : [`${home}/.kops.yaml`, `${home}/.kops/config`];
    const kopsConfig =
      kopsFiles.map((path) => disk.read(path)).find((text) => text !== null) ?? null;
    return {
      ...{ files, settings, env },
      known: (profile) => knownAbout(profile, { files, settings, env, kopsConfig }),
      identify: (keys) => identify({ app: this.#app, files, env }, keys),
    };
  }
}
