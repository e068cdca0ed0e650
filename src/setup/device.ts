import { isCodeDevice } from "../config/arn.ts";
import { CredentialsError } from "../errors.ts";
import type { Asker } from "./asker.ts";
import type { Identity } from "./caller.ts";
import type { Caller } from "./draft.ts";
import { readChoice, readDevice } from "./readings.ts";

/**
 * The caller's device: the one that IAM lists, asked for only where there are several, or where the caller may not list them.
 * Throws {@link CredentialsError} where there is none.
 */
export async function findDevice(
  asker: Asker,
  { caller, devices }: Identity,
  {
    given,
    usual,
  }: { readonly given: string | undefined; readonly usual: string | null | undefined },
): Promise<string> {
  const read = (answer: string) => readDevice(answer, caller);
  const question = { option: "--serial-number", prompt: "MFA device", read };
  if (given !== undefined) {
    return asker.ask({ ...question, about: [], fallback: null }, given);
  }
  const listed = await devices();
  if (listed === null) {
    const { partition, account, user } = caller;
    const likely = `arn:${partition}:iam::${account}:mfa/${user}`;
    const value = usual && "value" in read(usual) ? usual : likely;
    return asker.ask({
      ...question,
      about: [
        "Your MFA device: its ARN, or the number on a hardware token. You may not list your devices (iam:ListMFADevices),",
        `so look it up: IAM console, Users, ${user}, "Security credentials". Most are named like the user.`,
      ],
      fallback: { shown: value, value },
    });
  }
  const usable = listed.filter(isCodeDevice);
  const [only] = usable;
  if (only === undefined) throw noDevice(caller, listed);
  if (usable.length === 1) return only;
  const known = usable.find((device) => device === usual) ?? only;
  return asker.ask({
    ...question,
    about: [
      "Your MFA devices. The code has to come from the one that is named:",
      ...usable.map((device, index) => `  ${index + 1}  ${device}`),
    ],
    fallback: { shown: String(usable.indexOf(known) + 1), value: known },
    read: (answer) => readChoice(answer, usable, (device) => device),
  });
}

function noDevice({ user }: Caller, listed: readonly string[]): CredentialsError {
  // STS takes no FIDO assertion: https://github.com/aws/aws-cli/issues/3607
  const what =
    listed.length === 0
      ? `user ${user} has no MFA device`
      : `user ${user} has only a security key or passkey, and AWS STS accepts only codes`;
  return new CredentialsError(what, {
    hint: `Add one (IAM console: Users, ${user}, "Security credentials", "Assign MFA device", "Authenticator app"), and run this again.`,
  });
}
