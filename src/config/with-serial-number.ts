import type { Setting } from "./origin.ts";
import type { Resolution } from "./resolve.ts";
import { defaultSessionName } from "./role-step.ts";

/** The resolution as it would be if the configuration named this device. */
export function withSerialNumber(resolution: Resolution, serialNumber: Setting): Resolution {
  const roles = resolution.roles.map((role) =>
    role.roleSessionName.origin.kind === "default"
      ? { ...role, roleSessionName: defaultSessionName(serialNumber) }
      : role,
  );
  return { ...resolution, roles, serialNumber, unusedSerialNumber: null };
}
