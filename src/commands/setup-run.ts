import { intend } from "../operations/resolve-session.ts";
import { obtain, unasking } from "../operations/obtain-session.ts";
import { isOn } from "../config/request-values.ts";
import { requestVariables } from "../config/request.ts";
import { fromVariables } from "../config/variables.ts";
import type { Context } from "../context.ts";
import type { Environment } from "../environment/environment.ts";
import { originalEnvironment } from "../environment/carried.ts";
import { ExitCode } from "../errors.ts";
import type { SetupOptions } from "../setup/dialogue.ts";
import { setUp } from "../setup/run.ts";

export interface SetupRunOptions extends Omit<SetupOptions, "profile"> {
  readonly tokenCode?: string | undefined;
  readonly yes?: boolean | undefined;
  readonly noLogin?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  readonly shellStartup?: boolean | undefined;
}

/** `setup`: finds, asks, proves and writes a profile. */
export async function runSetup(
  app: Context,
  profile: string | undefined,
  options: SetupRunOptions,
): Promise<ExitCode> {
  const env = originalEnvironment(app.env);
  const mayPrompt = !isOn(fromVariables(env, requestVariables.noPrompt));
  const asking = mayPrompt ? app : { ...app, terminal: unasking(app.terminal) };
  const { tokenCode } = options;
  const isDone = await setUp(
    asking,
    env,
    { ...wanted(options), profile },
    {
      intend: (texts, name) =>
        intend(withTexts(asking, texts), { profile: name, tokenCode }, withoutRequest(env)),
      obtain: (intent) => obtain(asking, intent),
    },
  );
  return isDone ? ExitCode.Ok : ExitCode.Failure;
}

function wanted(options: SetupRunOptions) {
  const { sourceProfile, serialNumber, roleArn, externalId, region } = options;
  const { stateStore, cluster, isDefault, shellStartup } = options;
  const { yes = false, dryRun = false, noLogin = false } = options;
  return {
    ...{ sourceProfile, serialNumber, roleArn, externalId, region },
    ...{ stateStore, cluster, isDefault, shellStartup },
    ...{ isSilent: yes, isDryRun: dryRun, isProved: !noLogin },
  };
}

/** Of a file that is going to be made. */
const ownFile = { mode: 0o600, isForeign: false };

/** The effects with some files as they are going to be. */
function withTexts(app: Context, texts: ReadonlyMap<string, string>): Context {
  const { files } = app;
  const read = (path: string) => texts.get(path) ?? files.read(path);
  const open = (path: string) => {
    const [opened, text] = [files.open(path), texts.get(path)];
    if (text === undefined) return opened;
    return { text, ownership: opened?.ownership ?? ownFile };
  };
  return { ...app, files: { ...files, read, open } };
}

/** It is the files that are tried, in this shell and in others: what its variables say of a session does not count. */
function withoutRequest(env: Environment): Environment {
  const { tokenCode, minTtl, noPrompt, ...session } = requestVariables;
  const kept = new Set<string>([...tokenCode, ...minTtl, ...noPrompt]);
  const gone = new Set<string>(
    Object.values(session)
      .flat()
      .filter((name) => !kept.has(name)),
  );
  return Object.fromEntries(Object.entries(env).filter(([name]) => !gone.has(name)));
}
