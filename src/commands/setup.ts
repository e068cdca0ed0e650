import { Command, Option } from "clipanion";
import { isOn } from "../config/request-values.ts";
import { requestVariables } from "../config/request.ts";
import { resolve } from "../config/resolve.ts";
import { fromVariables } from "../config/variables.ts";
import type { Context, Environment } from "../context.ts";
import { originalEnvironment } from "../environment/carried.ts";
import { ExitCode } from "../errors.ts";
import { awsCliSession } from "../session/aws-cli-key.ts";
import { planSession } from "../session/plan.ts";
import { readInputs } from "./inputs.ts";
import type { Intent } from "./intend.ts";
import { obtain, unasking } from "./obtain.ts";
import { profileName } from "./profile-name.ts";
import type { CommandContext } from "./session-command.ts";
import { openStore } from "./store.ts";

/** `setup`: finds, asks, proves and writes a profile. */
export class SetupCommand extends Command<CommandContext> {
  static override paths = [["setup"]];
  static override usage = Command.Usage({
    category: "Configuration and policy",
    description: "write a profile: finds your keys and MFA device, asks for the rest, tries it",
    details:
      "Nothing is written before a login has worked and you have said yes; what was in a file is kept beside it.",
    examples: [
      ["The first time, after `aws configure`", "kops-mfa setup"],
      [
        "Without questions",
        "kops-mfa setup --yes --profile prod --role-arn kops-admin --token-code 123456",
      ],
      ["What would be written?", "kops-mfa setup --yes --dry-run"],
    ],
  });

  profileName = Option.String({ name: "PROFILE", required: false });
  profile = Option.String("--profile,-p", { description: "the name of the profile to write" });
  sourceProfile = Option.String("--source-profile", {
    description: "the profile that has your access keys",
  });
  serialNumber = Option.String("--serial-number", { description: "the ARN of your MFA device" });
  roleArn = Option.String("--role-arn", {
    description: "the role to assume, or its name if it is in your account; - for none",
  });
  externalId = Option.String("--external-id", { description: "what the role's owner asks for" });
  region = Option.String("--region", { description: "the region of your clusters" });
  stateStore = Option.String("--state-store", { description: "the bucket of kops, s3://NAME" });
  cluster = Option.String("--cluster", { description: "the cluster you work with" });
  isDefault = Option.Boolean("--default", {
    description: "use it where no profile is named; --no-default: do not",
  });
  tokenCode = Option.String("--token-code", { description: "the code, instead of a prompt" });
  yes = Option.Boolean("--yes,-y", false, {
    description: "ask nothing: take what is found, and leave out the rest",
  });
  noLogin = Option.Boolean("--no-login", false, { description: "write it untried" });
  dryRun = Option.Boolean("--dry-run", false, { description: "show what would be written" });
  shellStartup = Option.Boolean("--shell-startup", {
    description: "add the integration to your shell's start-up file; --no-shell-startup: never",
  });

  override async execute(): Promise<number> {
    const { app } = this.context;
    const env = originalEnvironment(app.env);
    const mayPrompt = !isOn(fromVariables(env, requestVariables.noPrompt));
    const asking = mayPrompt ? app : { ...app, terminal: unasking(app.terminal) };
    const { setUp } = await import("../setup/run.ts");
    const isDone = await setUp(asking, env, this.#options(), {
      intend: (texts, profile) => this.#intend(withTexts(asking, texts), env, profile),
      obtain: (intent) => obtain(asking, intent),
    });
    return isDone ? ExitCode.Ok : ExitCode.Failure;
  }

  #options() {
    const { sourceProfile, serialNumber, roleArn, externalId, region } = this;
    const { stateStore, cluster, isDefault, shellStartup } = this;
    return {
      profile: profileName(this.profileName, this.profile),
      ...{ sourceProfile, serialNumber, roleArn, externalId, region },
      ...{ stateStore, cluster, isDefault, shellStartup },
      ...{ isSilent: this.yes, isDryRun: this.dryRun, isProved: !this.noLogin },
    };
  }

  #intend(app: Context, env: Environment, profile: string): Intent {
    const { tokenCode } = this;
    const inputs = readInputs(app, withoutRequest(env), { profile, tokenCode });
    const resolution = resolve(inputs);
    const plan = planSession(resolution);
    const store = openStore(app, resolution.cache?.value, awsCliSession(resolution, plan));
    return { ...inputs, resolution, plan, store };
  }
}

/** The effects with some files as they are going to be. */
function withTexts(app: Context, texts: ReadonlyMap<string, string>): Context {
  const read = (path: string) => texts.get(path) ?? app.files.read(path);
  return { ...app, files: { ...app.files, read } };
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
