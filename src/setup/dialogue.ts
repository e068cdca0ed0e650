import type { SharedFiles } from "../config/profiles.ts";
import type { Settings } from "../config/settings.ts";
import type { Environment } from "../environment/environment.ts";
import type { Terminal } from "../context/terminal.ts";
import type { Asker, Question } from "./asker.ts";
import { WrongKeys, type Identity } from "./caller.ts";
import { findDevice } from "./device.ts";
import type { Draft, Keys, Known } from "./draft.ts";
import { chooseKeys, findKeys, namedKeys } from "./keys.ts";
import { chooseProfile } from "./profile.ts";
import { clusterQuestion, regionQuestion, roleQuestion, stateStoreQuestion } from "./questions.ts";
import { none, readExternalId, readYesNo } from "./readings.ts";

/** What the command line says already. */
export interface SetupOptions {
  readonly profile?: string | undefined;
  readonly sourceProfile?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly externalId?: string | undefined;
  readonly region?: string | undefined;
  readonly stateStore?: string | undefined;
  readonly cluster?: string | undefined;
  readonly isDefault?: boolean | undefined;
}

/** What the files and the environment say already, and the way to ask AWS. */
export interface Found {
  readonly files: SharedFiles;
  readonly settings: Settings;
  readonly env: Environment;
  /** What a profile of that name says, or would say. */
  readonly known: (profile: string) => Known;
  readonly identify: (keys: Keys) => Promise<Identity>;
}

interface Dialogue {
  readonly asker: Asker;
  readonly terminal: Pick<Terminal, "note" | "error">;
  readonly found: Found;
  readonly options: SetupOptions;
}

/** Asks for whatever neither the options nor the files nor AWS tell. `earlier` are answers that are to be changed. */
export async function converse(dialogue: Dialogue, earlier: Draft | null): Promise<Draft> {
  const { asker, terminal, found, options } = dialogue;
  const profile = await chooseProfile(asker, found, options.profile, earlier?.profile);
  const known = earlier ? knownFrom(earlier) : found.known(profile);
  const { keys, identity } = await chooseIdentity(dialogue, known.sourceProfile);
  const { caller } = identity;
  terminal.note(`you are ${caller.user} of account ${caller.account}, by ${keys.source.where}`);
  const device = { given: options.serialNumber, usual: known.serialNumber };
  const serialNumber = await findDevice(asker, identity, device);
  terminal.note(`MFA device: ${serialNumber}`);
  const ask = optionalAsker(asker, { region: identity.region, ...known }, options);
  return {
    ...{ profile, keys, serialNumber },
    roleArn: await ask("roleArn", roleQuestion(caller)),
    externalId: await externalIdOf(asker, known, options.externalId),
    region: await ask("region", regionQuestion(caller)),
    stateStore: await ask("stateStore", stateStoreQuestion),
    cluster: await ask("cluster", clusterQuestion),
    isDefault: await askDefault(dialogue, profile, earlier),
  };
}

function knownFrom({ keys, ...draft }: Draft): Known {
  return { ...draft, sourceProfile: keys.profile };
}

/** Keys that AWS does not take are no reason to begin anew where there are others. */
async function chooseIdentity(
  { asker, terminal, found, options: { sourceProfile } }: Dialogue,
  usual: string | null | undefined,
): Promise<{ readonly keys: Keys; readonly identity: Identity }> {
  const mayChoose = sourceProfile === undefined && !asker.isSilent && findKeys(found).length > 1;
  for (;;) {
    const keys =
      sourceProfile === undefined
        ? await chooseKeys(asker, found, usual)
        : namedKeys(found, sourceProfile);
    try {
      return { keys, identity: await found.identify(keys) };
    } catch (error) {
      if (!(error instanceof WrongKeys) || !mayChoose) throw error;
      terminal.error(error.message, error.hint);
    }
  }
}

type OptionalKey = "roleArn" | "region" | "stateStore" | "cluster";

/** Asks for something that there may be none of: what is known is offered, where it still makes sense. */
function optionalAsker(asker: Asker, known: Known, options: SetupOptions) {
  return (
    key: OptionalKey,
    { about, ...question }: Omit<Question<string | null>, "fallback">,
  ): Promise<string | null> => {
    const reading = question.read(known[key] ?? "");
    const value = "value" in reading ? reading.value : null;
    const fallback = { shown: value ?? "none", value };
    const more = value === null ? about : [...about, `A single ${none} is for none.`];
    return asker.ask({ ...question, about: more, fallback }, options[key]);
  };
}

/** Rarely wanted, and told by whoever owns the role: nobody is asked for it. */
async function externalIdOf(
  asker: Asker,
  known: Known,
  given: string | undefined,
): Promise<string | null> {
  if (given === undefined) {
    const reading = readExternalId(known.externalId ?? "");
    return "value" in reading ? reading.value : null;
  }
  const question = { option: "--external-id", about: [], prompt: "", fallback: null };
  return asker.ask({ ...question, read: readExternalId }, given);
}

/** Asked only where nobody has said which profile counts without a name. */
async function askDefault(
  { asker, found, options }: Dialogue,
  profile: string,
  earlier: Draft | null,
): Promise<boolean> {
  if (options.isDefault !== undefined) return options.isDefault;
  const said = found.settings.defaults.get("profile");
  if (said) return said.value === profile;
  const value = earlier?.isDefault ?? true;
  return asker.ask({
    option: "--default",
    about: [
      "Which session do `kops-mfa env` and `kops-mfa get clusters` mean, where no profile is named?",
    ],
    prompt: `Use ${profile} then?`,
    fallback: { shown: value ? "Y/n" : "y/N", value },
    read: readYesNo,
  });
}
