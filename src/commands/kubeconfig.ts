import { Command, Option } from "clipanion";
import type { Setting } from "../config/origin.ts";
import type { Request } from "../config/request.ts";
import { resolve } from "../config/resolve.ts";
import { originalEnvironment } from "../environment/carried.ts";
import { ExitCode, KopsMfaError, UsageError } from "../errors.ts";
import { chooseUsers, type KopsUser } from "../kubeconfig/choose-users.ts";
import { withPlugin } from "../kubeconfig/edit.ts";
import type { Kubeconfig } from "../kubeconfig/kubeconfig.ts";
import { readKubeconfigs } from "../kubeconfig/locate.ts";
import { parseKubeconfig, type Yaml } from "../kubeconfig/parse.ts";
import { pluginWords } from "../kubeconfig/stanza.ts";
import { planSession } from "../session/plan.ts";
import { readInputs } from "./inputs.ts";
import type { CommandContext } from "./session-command.ts";

/** `kubeconfig`: lets kubectl run kops's login under kops-mfa, and takes that back. */
export class KubeconfigCommand extends Command<CommandContext> {
  static override paths = [["kubeconfig"]];
  static override usage = Command.Usage({
    category: "Running programs",
    description: "let kubectl get its certificates with the session",
    details: `
      kubectl runs kops for a certificate every hour, and kops needs a session for that. This changes the users that
      kops export kubeconfig writes, so that kubectl runs kops under kops-mfa; it shows what would change, and asks.
      NAME is that of a context, cluster or user; without one it is the current context's user.
    `,
    examples: [
      ["The current context", "kops-mfa kubeconfig"],
      ["One cluster, with the session of a profile", "kops-mfa kubeconfig one.example.com -p prod"],
      ["All of kops's users, in a script", "kops-mfa kubeconfig --all --yes"],
      ["As kops wrote it", "kops-mfa kubeconfig --undo"],
    ],
  });

  name = Option.String({ name: "NAME", required: false });
  kubeconfig = Option.String("--kubeconfig", { description: "the file, instead of KUBECONFIG" });
  all = Option.Boolean("--all", false, { description: "every user that logs in with kops" });
  profile = Option.String("--profile,-p", { description: "the profile that kubectl shall use" });
  roleArn = Option.String("--role-arn", { description: "the role, where no profile names it" });
  serialNumber = Option.String("--serial-number", { description: "the ARN of the MFA device" });
  undo = Option.Boolean("--undo", false, { description: "give back what kops wrote" });
  dryRun = Option.Boolean("--dry-run", false, {
    description: "show what would change; write nothing",
  });
  yes = Option.Boolean("--yes,-y", false, { description: "change it without asking" });

  override async execute(): Promise<number> {
    const { app } = this.context;
    this.#checkOptions();
    const yaml = await import("../kubeconfig/yaml.ts");
    const files = readKubeconfigs(yaml, app, this.kubeconfig);
    const users = chooseUsers(files, { name: this.name, all: this.all });
    const options = this.undo ? null : this.#sessionOptions();
    const changes = files.flatMap((file) => this.#change(yaml, file, users, options));
    if (changes.length === 0) {
      const how = this.undo ? "by itself" : "under kops-mfa";
      app.terminal.note(`nothing to change: kops runs ${how} already for ${names(users)}`);
      return ExitCode.Ok;
    }
    if (this.dryRun) return ExitCode.Ok;
    if (!(await this.#isWanted(changes))) {
      app.terminal.note("nothing was changed");
      return ExitCode.Failure;
    }
    for (const { file, text } of changes) {
      const change = app.files.replaceLocked(file.path, file.text, text);
      await app.terminal.waitFor(`${file.shown}.lock`, change);
    }
    app.terminal.note(
      this.undo
        ? "changed back"
        : "changed; when kops export kubeconfig has written the user anew, run this again",
    );
    return ExitCode.Ok;
  }

  #checkOptions(): void {
    if (this.all && this.name !== undefined) {
      throw new UsageError(`"${this.name}" is one, and --all is all`, {
        hint: "Give one of them.",
      });
    }
    const option = [this.profile, this.roleArn, this.serialNumber].find((value) => value);
    if (this.undo && option !== undefined) {
      throw new UsageError(`--undo takes the session out again, and needs no "${option}"`, {
        hint: "Leave one of them out.",
      });
    }
  }

  /** The file with the users that differ changed, which are shown; nothing where none differs. */
  #change(
    yaml: Yaml,
    original: Kubeconfig,
    users: readonly KopsUser[],
    options: readonly string[] | null,
  ): readonly Change[] {
    let file = original;
    for (const { user, plugin } of users.filter((one) => one.file === original)) {
      const wanted = { ...plugin, options };
      const [before, after] = [plugin, wanted].map((one) => pluginWords(one).join(" "));
      if (before === after) continue;
      this.#show(`${file.shown}: user "${user.name}"`, `- ${before ?? ""}`, `+ ${after ?? ""}`);
      const current = file.users.find(({ index }) => index === user.index) ?? user;
      const text = withPlugin(yaml, file, current, wanted);
      file = parseKubeconfig(yaml, { ...file, text });
    }
    return file === original ? [] : [{ file: original, text: file.text }];
  }

  #show(...lines: readonly string[]): void {
    for (const line of lines) this.context.app.terminal.note(line);
  }

  async #isWanted(changes: readonly Change[]): Promise<boolean> {
    if (this.yes) return true;
    const { terminal } = this.context.app;
    const shown = changes.map(({ file }) => file.shown).join(" and ");
    for (;;) {
      const answer = (await terminal.askLine(`Change ${shown}? [y/N]`))?.trim();
      if (answer === undefined) {
        throw new KopsMfaError("nothing was changed: there is no terminal to ask on", {
          hint: "--yes changes without asking; --dry-run only shows.",
        });
      }
      if (/^(y|yes|n|no|)$/i.test(answer)) return /^y/i.test(answer);
      terminal.note("answer y or n");
    }
  }

  /** What `exec` needs to make this session in any shell; checked first, so that kubectl does not meet a profile that is none. */
  #sessionOptions(): readonly string[] {
    const { app } = this.context;
    const { profile, roleArn, serialNumber } = this;
    const env = originalEnvironment(app.env);
    const inputs = readInputs(app, env, { profile, roleArn, serialNumber });
    const resolution = resolve(inputs);
    planSession(resolution);
    if (resolution.source.kind === "static" && resolution.source.profile === null) {
      app.terminal.note(
        `kubectl will find ${resolution.source.where} only in shells that have these keys; a profile is found in any`,
      );
    }
    const { profile: found } = resolution;
    return [...(found ? ["--profile", found.value] : []), ...spokenOptions(inputs.request)];
  }
}

interface Change {
  readonly file: Kubeconfig;
  readonly text: string;
}

/** What was said for this command or shell, and what another shell would not know. */
function spokenOptions(request: Request): readonly string[] {
  const settings: readonly (readonly [option: string, setting: Setting | null])[] = [
    ["--role-arn", request.roleArn],
    ["--serial-number", request.serialNumber],
    ["--external-id", request.externalId],
    ["--role-session-name", request.roleSessionName],
  ];
  return settings.flatMap(([option, setting]) =>
    setting && /^(option|variable)$/.test(setting.origin.kind) ? [option, setting.value] : [],
  );
}

function names(users: readonly KopsUser[]): string {
  return users.map(({ user }) => `"${user.name}"`).join(", ");
}
