import type { MfaDevice } from "./directory.ts";
import { codeOfStep, stepAt } from "./totp.ts";

/** A phone's clock may be one step off either way. */
const TOLERATED_STEPS = [0, -1, 1];

/** Which codes the devices have already been used with: each stands for one authentication. */
export class OneTimeCodes {
  readonly #used = new Set<string>();

  /** Takes the code of this device if it stands at this moment and has not been taken before. */
  take(device: MfaDevice, code: string, now: number): boolean {
    for (const tolerated of TOLERATED_STEPS) {
      const step = stepAt(now) + tolerated;
      const use = `${device.serial} ${step}`;
      if (this.#used.has(use) || codeOfStep(device.secret, step) !== code) continue;
      this.#used.add(use);
      return true;
    }
    return false;
  }

  forget(): void {
    this.#used.clear();
  }
}
