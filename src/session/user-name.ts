import type { Step } from "./plan.ts";

/** Stands for the IAM user's name in a serial number, so that one file serves a team. */
const placeholder = "${user}";

/** Whether a step is complete only when the caller's name is known. */
export function namesUser({ serialNumber, ...step }: Step): boolean {
  return [serialNumber, "roleSessionName" in step ? step.roleSessionName : null].some((text) =>
    text?.includes(placeholder),
  );
}

/** The step with the name of the user that `callerArn` is; for any other caller the placeholder stays. */
export function withUserName<S extends Step>(step: S, callerArn: string): S {
  const name = /:user\/(?:.*\/)?([^/]+)$/.exec(callerArn)?.[1];
  if (name === undefined) return step;
  const fill = (text: string | null) => text?.replaceAll(placeholder, name) ?? null;
  return {
    ...step,
    serialNumber: fill(step.serialNumber),
    ...("roleSessionName" in step ? { roleSessionName: fill(step.roleSessionName) } : {}),
  };
}
