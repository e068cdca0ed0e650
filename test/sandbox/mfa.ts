import { devicesOf } from "./directory.ts";
import { accessDenied } from "./errors.ts";
import type { Call } from "./sts.ts";

/** A code that was typed wrong and one that was used before get the same text. */
const WRONG_CODE = "MultiFactorAuthentication failed with invalid MFA one time pass code.";

/** The two spaces are AWS's: https://github.com/99designs/aws-vault/issues/676 */
const WRONG_SERIAL =
  "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.";

const ONE_OF_TWO =
  "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.";

/** Whether this call brings MFA of its own: checks the code and uses it up. */
export function authenticateMfa({ params, caller, sts }: Call): boolean {
  const { SerialNumber: serial, TokenCode: code } = params;
  if (serial === undefined && code === undefined) return false;
  if (serial === undefined || code === undefined) throw accessDenied(ONE_OF_TWO);
  const device = devicesOf(caller.principal).find((each) => each.serial === serial);
  if (device === undefined) throw accessDenied(WRONG_SERIAL);
  if (!sts.oneTimeCodes.take(device, code, sts.clock.now())) throw accessDenied(WRONG_CODE);
  return true;
}
