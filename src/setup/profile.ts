import { lookupOwn } from "../config/lookup.ts";
import type { SharedFiles } from "../config/profiles.ts";
import { describeOrigin } from "../config/origin.ts";
import { UsageError } from "../errors.ts";
import type { Asker } from "./asker.ts";
import { readProfileName, readYesNo, type Reading } from "./readings.ts";

/** The second is for who keeps the access keys themselves in a profile "kops". */
const usualNames = ["kops", "kops-mfa"];

/**
 * The name of the profile to write. One that exists is changed only if the person says so, by the option or when asked.
 * Throws {@link UsageError}.
 */
export async function chooseProfile(
  asker: Asker,
  { files }: { readonly files: SharedFiles },
  given: string | undefined,
  earlier: string | undefined,
): Promise<string> {
  const usual = earlier ?? usualNames.find((name) => "value" in readFreeName(name, files));
  for (;;) {
    const profile = await asker.ask(
      {
        option: "--profile",
        about: ["The name of the profile to write, by which you will call the session."],
        prompt: "Profile",
        fallback: usual === undefined ? null : { shown: usual, value: usual },
        read: (answer) => readFreeName(answer, files),
      },
      given,
    );
    const known = files.profiles.get(profile);
    if (!known || given !== undefined || profile === earlier) return profile;
    const [first] = known.values.values();
    const where = first ? ` (${first.file}:${first.line})` : "";
    if (await askChange(asker, profile, where)) return profile;
  }
}

async function askChange(asker: Asker, profile: string, where: string): Promise<boolean> {
  if (asker.isSilent) {
    throw new UsageError(`profile "${profile}" exists already${where}`, {
      hint: `--profile ${profile} changes it; another name makes another profile.`,
    });
  }
  return asker.ask({
    option: "--profile",
    about: [
      `Profile "${profile}" exists already${where}. What it says is offered in the questions.`,
    ],
    prompt: "Change it?",
    fallback: { shown: "y/N", value: false },
    read: readYesNo,
  });
}

/** Where credentials come from is not setup's to change. */
const sources = [
  "aws_access_key_id",
  "credential_process",
  "web_identity_token_file",
  "sso_session",
  "sso_start_url",
  "login_session",
];

function readFreeName(answer: string, files: SharedFiles): Reading<string> {
  const reading = readProfileName(answer);
  if ("wrong" in reading) return reading;
  const found = sources.map((key) => lookupOwn(files, answer, key)).find((one) => one !== null);
  if (!found) return reading;
  return {
    wrong: `profile "${answer}" has credentials of its own (${describeOrigin(found.origin)}); choose another name`,
  };
}
