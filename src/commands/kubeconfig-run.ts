import { readInputs } from "../operations/read-inputs.ts";
import type { Setting } from "../config/origin.ts";
import type { Request } from "../config/request.ts";
import { resolve } from "../config/resolve.ts";
import type { Context } from "../context.ts";
import { originalEnvironment } from "../environment/carried.ts";
import { ExitCode, KopsMfaError, UsageError } from "../errors.ts";
import { chooseUsers, type KopsUser } from "../kubeconfig/choose-users.ts";
import { withPlugin } from "../kubeconfig/edit.ts";
import type { Kubeconfig } from "../kubeconfig/kubeconfig.ts";
import { readKubeconfigs } from "../kubeconfig/locate.ts";
import { pluginWords } from "../kubeconfig/stanza.ts";
import { planSession } from "../session/plan.ts";

export interface KubeconfigOptions {
  /** Of a context, cluster or user. */
  readonly name?: string | undefined;
  /** The file, instead of those of the variable KUBECONFIG. */
  readonly kubeconfig?: string | undefined;
  readonly all?: boolean | undefined;
  readonly profile?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly undo?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  readonly yes?: boolean | undefined;
}

/** `kubeconfig`: lets kubectl run kops's login under kops-mfa, and takes that back. The exit code says whether the person wanted it. */
export async function runKubeconfig(app: Context, options: KubeconfigOptions): Promise<ExitCode> {
  const { name, all = false, undo = false } = options;
  checkOptions(options);
  const files = readKubeconfigs(app, options.kubeconfig);
  const users = chooseUsers(files, { name, all });
  const wanted = undo ? null : sessionOptions(app, options);
  const changes = files.flatMap((file) => changeFile(app, file, users, wanted));
  if (changes.length === 0) {
    const how = undo ? "by itself" : "under kops-mfa";
    app.terminal.note(`nothing to change: kops runs ${how} already for ${names(users)}`);
    return ExitCode.Ok;
  }
  if (options.dryRun) return ExitCode.Ok;
  if (!options.yes && !(await isWanted(app, changes))) {
    app.terminal.note("nothing was changed");
    return ExitCode.Failure;
  }
  await write(app, changes);
  app.terminal.note(
    undo
      ? "changed back"
      : "changed; when kops export kubeconfig has written the user anew, run this again",
  );
  return ExitCode.Ok;
}

function checkOptions({ name, all, undo, ...session }: KubeconfigOptions): void {
  if (all && name !== undefined) {
    throw new UsageError(`"${name}" is one, and --all is all`, { hint: "Give one of them." });
  }
  const { profile, roleArn, serialNumber } = session;
  const option = [profile, roleArn, serialNumber].find((value) => value);
  if (undo && option !== undefined) {
    throw new UsageError(`--undo takes the session out again, and needs no "${option}"`, {
      hint: "Leave one of them out.",
    });
  }
}

/** The file with the users that differ changed, which are shown; nothing where none differs. */
function changeFile(
  app: Context,
  original: Kubeconfig,
  users: readonly KopsUser[],
  options: readonly string[] | null,
): readonly Change[] {
  let file = original;
  for (const { user, plugin } of users.filter((one) => one.file === original)) {
    const wanted = { ...plugin, options };
    const [before, after] = [plugin, wanted].map((one) => pluginWords(one).join(" "));
    if (before === after) continue;
    app.terminal.note(`${file.shown}: user "${user.name}"`);
    app.terminal.note(`- ${before ?? ""}`);
    app.terminal.note(`+ ${after ?? ""}`);
    const current = file.users.find(({ index }) => index === user.index) ?? user;
    file = withPlugin(file, current, wanted);
  }
  return file === original ? [] : [{ file: original, text: file.text }];
}

async function isWanted({ terminal }: Context, changes: readonly Change[]): Promise<boolean> {
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

async function write({ files, terminal }: Context, changes: readonly Change[]): Promise<void> {
  for (const { file, text } of changes) {
    await terminal.waitFor(`${file.shown}.lock`, files.replaceLocked(file.path, file.text, text));
  }
}

/** What `exec` needs to make this session in any shell; checked first, so that kubectl does not meet a profile that is none. */
function sessionOptions(
  app: Context,
  { profile, roleArn, serialNumber }: KubeconfigOptions,
): readonly string[] {
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
