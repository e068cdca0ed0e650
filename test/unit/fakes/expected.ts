/** The question for the code of jon's device, to assume a role of the clusters' account. */
export function codeFor(role: string): string {
  return `MFA code of jon (111111111111) for role ${role} (222222222222): `;
}

/** The calls of a new MFA session and of a role with it. */
export function sessionAndRole(role: string, code = "123456"): readonly string[] {
  return [`GetSessionToken by JON0, 43200 s, code ${code}`, `AssumeRole ${role} by S001, 3600 s`];
}

/** The environment of a shell in which prod's first session is active. */
export const active = {
  AWS_ACCESS_KEY_ID: "ASIATESTTESTTESTS002",
  AWS_SECRET_ACCESS_KEY: "test/secret+S002/not/a/real/key/00000000",
  AWS_SESSION_TOKEN: "test/token+S002==",
  KOPS_MFA_PROFILE: "prod",
  KOPS_MFA_EXPIRES_AT: "1767326645",
  KOPS_MFA_ACCESS_KEY_ID: "ASIATESTTESTTESTS002",
};
