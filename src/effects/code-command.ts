import { CredentialsError } from "../errors.ts";

/** Runs a command that prints a code. */
export function runCodeCommand(command: string, platform: string): Promise<string> {
  throw new CredentialsError(`mfa_process cannot run yet: ${command} (${platform})`);
}
