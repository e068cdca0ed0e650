import { deviceName, isCodeDevice } from "../../config/arn.ts";
import type { Resolution } from "../../config/resolve.ts";
import { broken, doubtful, fine, unchecked, type Finding } from "../check.ts";
import type { AwsFacts, ProfileFacts } from "../facts.ts";

/** The MFA device: its form, its account, and whether AWS lists it as this user's. */
export function judgeDevice(facts: ProfileFacts, { caller, devices }: AwsFacts): Finding {
  const { resolution, serialTrouble, brokenFile } = facts;
  if (serialTrouble) return broken(serialTrouble.message, serialTrouble.hint);
  if (resolution === null) return unchecked(brokenFile ?? "profile");
  const { serialNumber } = resolution;
  if (serialNumber === null) return judgeAbsence(resolution, devices);
  return caller.kind === "known"
    ? judgeOwner(serialNumber.value, caller.arn, devices)
    : fine(serialNumber.value);
}

function judgeOwner(given: string, arn: string, devices: readonly string[] | null): Finding {
  const user = userOf(arn);
  const serial = user === null ? given : given.replaceAll("${user}", user);
  const account = accountOf(serial);
  if (account !== null && account !== accountOf(arn)) {
    return broken(
      `${serial} is a device of account ${account}, and the keys are ${arn}`,
      "Name a device of the user whose keys these are (aws iam list-mfa-devices).",
    );
  }
  if (devices === null) return fine(`${serial}${nameHint(serial, user)}`);
  if (!devices.includes(serial)) return judgeStranger(serial, arn, devices);
  return fine(`${serial}, a device of ${user ?? arn}`);
}

/** Devices are named like their users by habit only. */
function nameHint(serial: string, user: string | null): string {
  const name = deviceName(serial);
  return name === null || user === null || name === user ? "" : ` (the keys are ${user}'s)`;
}

function judgeStranger(serial: string, arn: string, devices: readonly string[]): Finding {
  return broken(`${arn} has no MFA device ${serial}`, cureFor(devices));
}

function cureFor(devices: readonly string[]): string {
  const usable = devices.filter(isCodeDevice);
  if (usable.length > 0) return `Write: mfa_serial = ${usable.join(", or ")}`;
  // STS takes no FIDO assertion: https://github.com/aws/aws-cli/issues/3607
  return devices.length > 0
    ? "This user has only a security key or passkey, and AWS STS accepts only codes: add an authenticator app in the IAM console."
    : "Add an MFA device to the user in the IAM console (an authenticator app), and name it in mfa_serial.";
}

/** A role that wants MFA refuses who sends no code; with temporary keys AWS takes none. */
function judgeAbsence(resolution: Resolution, devices: readonly string[] | null): Finding {
  const { source, unusedSerialNumber } = resolution;
  const isTemporary =
    source.kind === "static" ? source.sessionToken !== null : source.provider.type !== "process";
  if (isTemporary) return fine("none, since AWS takes no code with temporary keys");
  const message = "none is configured: a role that wants MFA refuses you";
  if (unusedSerialNumber) {
    return doubtful(message, `Write into the profile: mfa_serial = ${unusedSerialNumber.value}`);
  }
  return doubtful(
    message,
    devices === null
      ? "Write the ARN of your device into the profile: mfa_serial = arn:aws:iam::…:mfa/NAME"
      : cureFor(devices),
  );
}

function accountOf(arn: string): string | null {
  return /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1] ?? null;
}

function userOf(arn: string | null): string | null {
  return /:user\/(?:.*\/)?([^/]+)$/.exec(arn ?? "")?.[1] ?? null;
}
