import { isCodeDevice } from "../../config/arn.ts";
import type { Resolution } from "../../config/resolve.ts";
import { withSerialNumber } from "../../config/with-serial-number.ts";
import type { AwsCredentials, Sts } from "../../context/sts.ts";
import type { Terminal } from "../../context/terminal.ts";
import { chooseDevice } from "./choose-device.ts";
import { planSession, type Plan } from "../plan.ts";
import { StepRefused } from "../step-run.ts";

/** What the discovery of a device needs from outside. */
export interface Discovering {
  readonly sts: Pick<Sts, "listMfaDevices">;
  readonly terminal: Pick<Terminal, "askLine" | "note">;
}

/** A plan that AWS refused. */
interface Refused {
  readonly resolution: Resolution;
  readonly plan: Plan;
  /** The keys that signed its first call. */
  readonly firstCaller: AwsCredentials | null;
}

interface WithDevice {
  readonly resolution: Resolution;
  readonly plan: Plan;
  /** Words for the person when the session is there. */
  readonly afterwards: string;
}

/**
 * The plan with an MFA device that no configuration names, for a role that AWS refused without a code: the device that the profile
 * with the keys has, else one that IAM lists. It is used only if the person says so, since the refusal may have other reasons; where
 * there is nobody to ask, the error names it. Null where there is no device, or no code would help.
 * Throws {@link StepRefused} and {@link InterruptedError}.
 */
export async function planWithDevice(
  from: Discovering,
  { resolution, plan, firstCaller }: Refused,
  refusal: StepRefused,
): Promise<WithDevice | null> {
  // Only long-lived keys go with a code.
  if (firstCaller?.sessionToken !== null || !lacksCode(plan, refusal)) return null;
  const known = resolution.unusedSerialNumber?.value;
  const listed = known === undefined ? await from.sts.listMfaDevices(firstCaller) : [known];
  if (listed === null) return null;
  const devices = listed.filter(isCodeDevice);
  const device = devices.length === 0 ? undefined : await chooseDevice(from.terminal, devices);
  if (device === null) return null;
  if (device === undefined) {
    if (known !== undefined) return null;
    const { step, failure, message } = refusal;
    throw new StepRefused(step, failure, message, nameDevices(listed, devices));
  }
  const origin = {
    kind: "default",
    why: "chosen after AWS refused the role without a code",
  } as const;
  const found = withSerialNumber(resolution, { value: device, origin });
  return { resolution: found, plan: planSession(found), afterwards: toRemember(device, found) };
}

/** Whether the first role was refused, and asked for without a code since no device is configured. */
function lacksCode({ way, steps: [first] }: Plan, { step, failure }: StepRefused): boolean {
  const isFirst =
    step.action === "AssumeRole" &&
    first?.action === "AssumeRole" &&
    step.roleArn === first.roleArn;
  const isDenied = failure.text.includes("not authorized to perform: sts:AssumeRole");
  return way === "no-mfa" && isFirst && failure.code === "AccessDenied" && isDenied;
}

function nameDevices(listed: readonly string[], devices: readonly string[]): string {
  if (devices.length > 0) {
    const [are, one] =
      devices.length === 1 ? ["Your MFA device is", "it"] : ["Your MFA devices are", "one of them"];
    return `${are} ${devices.join(" and ")}: set mfa_serial in the profile, or KOPS_MFA_ARN, to ${one}.`;
  }
  // STS takes no FIDO assertion: https://github.com/aws/aws-cli/issues/3607
  return listed.length === 0
    ? "Your user has no MFA device: if the role wants one, add an authenticator app to the user in the IAM console."
    : "Your user has only a security key or passkey, and AWS STS accepts only codes: add an authenticator app in the IAM console.";
}

function toRemember(device: string, { profile }: Resolution): string {
  return profile === null
    ? `to be asked for the code only, set KOPS_MFA_ARN=${device}`
    : `to be asked for the code only, write into profile "${profile.value}": mfa_serial = ${device}`;
}
