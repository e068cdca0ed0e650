import { ConfigError } from "../errors.ts";
import { describeOrigin, type Setting } from "./origin.ts";

const account = String.raw`\d{12}`;
const partition = String.raw`aws(?:-[a-z]+)*`;
const roleArn = new RegExp(
  String.raw`^arn:(${partition}):iam::(${account}):role/[\w+=,.@/-]{1,512}$`,
);
const mfaArn = new RegExp(
  String.raw`^arn:(${partition}):iam::(${account}):mfa/((?:[\w+=,.@/-]|\$\{user\}){1,512})$`,
);
/** Hardware tokens are named by their serial number, as printed on the device (IAM UG, id_credentials_mfa_enable_physical). */
const hardwareSerial = /^[A-Za-z0-9]{9,256}$/;

/** The partition and the account of a role's ARN; null for a text that is none. */
export function readRoleArn(
  text: string,
): { readonly partition: string; readonly account: string } | null {
  const [, partitionName, accountId] = roleArn.exec(text) ?? [];
  return partitionName === undefined || accountId === undefined
    ? null
    : { partition: partitionName, account: accountId };
}

/** Checks the form of a role ARN. Throws {@link ConfigError} that names where the value came from. */
export function checkRoleArn(setting: Setting): Setting {
  const { value, origin } = setting;
  if (roleArn.test(value)) return setting;
  const hint = /:sts:.*:assumed-role\//.test(value)
    ? "That is the ARN of a session. The role's own looks like arn:aws:iam::123456789012:role/NAME."
    : "A role ARN looks like arn:aws:iam::123456789012:role/NAME (IAM console: Roles, NAME, ARN).";
  throw new ConfigError(`${describeOrigin(origin)}: "${value}" is not the ARN of an IAM role`, {
    hint,
  });
}

/** Checks the form of an MFA serial. Throws {@link ConfigError} that names where the value came from. */
export function checkSerialNumber(setting: Setting): Setting {
  const { value, origin } = setting;
  if (isCodeDevice(value)) return setting;
  const where = describeOrigin(origin);
  // STS takes no FIDO assertion: https://github.com/aws/aws-cli/issues/3607
  if (value.includes(":u2f/")) {
    throw new ConfigError(
      `${where}: "${value}" is a security key or passkey, and AWS STS accepts only codes`,
      {
        hint: "Add a virtual MFA device (authenticator app) to the IAM user and name that one: arn:…:mfa/NAME.",
      },
    );
  }
  if (value.includes(":user/")) {
    throw new ConfigError(`${where}: "${value}" is the user, not the user's MFA device`, {
      hint: `The device's ARN has ":mfa/" there: ${value.replace(":user/", ":mfa/")} (if the device is named like the user).`,
    });
  }
  throw new ConfigError(`${where}: "${value}" is not the serial number of an MFA device`, {
    hint: "It looks like arn:aws:iam::123456789012:mfa/NAME, or is the number on a hardware token (aws iam list-mfa-devices shows it).",
  });
}

/** Whether a serial number is of a device that shows codes: a virtual one or a hardware token, not a security key or passkey. */
export function isCodeDevice(serialNumber: string): boolean {
  return mfaArn.test(serialNumber) || hardwareSerial.test(serialNumber);
}

/** The partition (`aws`, `aws-cn`, `aws-us-gov`, …) that an ARN is in; null for a text that is no ARN. */
export function partitionOf(arn: string): string | null {
  return /^arn:([a-z-]+):/.exec(arn)?.[1] ?? null;
}

/** Where a region's name begins with one of these; any other region is in `aws`. */
const partitionPrefixes: readonly (readonly [prefix: string, partition: string])[] = [
  ["cn-", "aws-cn"],
  ["us-gov-", "aws-us-gov"],
  ["us-iso-", "aws-iso"],
  ["us-isob-", "aws-iso-b"],
  ["eu-isoe-", "aws-iso-e"],
  ["us-isof-", "aws-iso-f"],
  ["eusc-", "aws-eusc"],
];

/** The partition that a region is in. */
export function partitionOfRegion(region: string): string {
  return partitionPrefixes.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws";
}

/** The last part of an MFA device's ARN, which by habit is the user's name; null for a hardware serial. */
export function deviceName(serialNumber: string): string | null {
  return mfaArn.exec(serialNumber)?.[3]?.split("/").at(-1) ?? null;
}
