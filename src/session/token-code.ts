import { deviceName } from "../config/arn.ts";
import type { Setting } from "../config/origin.ts";
import type { Terminal } from "../context.ts";
import { CredentialsError } from "../errors.ts";

/** What a code is asked for. */
export interface CodeRequest {
  readonly serialNumber: string;
  /** The role at the end of the chain; null for the user's own session. */
  readonly roleArn: string | null;
  readonly profile: string | null;
}

/** Where codes come from. */
export interface TokenCodes {
  /** Six digits. Throws {@link CredentialsError} where there is nobody to give one. */
  next(request: CodeRequest): Promise<string>;
  /** How many codes may be tried in all. */
  readonly tries: number;
}

/** The given code, else that of a command, else the person's. */
export function chooseCodes(
  given: Setting | null,
  mfaProcess: Setting | null,
  terminal: Terminal,
): TokenCodes {
  if (given) return givenCode(given);
  return mfaProcess ? commandCodes(mfaProcess, terminal) : promptedCodes(terminal);
}

/** Codes that a command prints, which is not asked more often than a person would be. */
function commandCodes(command: Setting, terminal: Terminal): TokenCodes {
  return { tries: 2, next: () => terminal.runCodeCommand(command.value) };
}

/** A code that was given with the command: it is the only one. */
function givenCode(code: Setting): TokenCodes {
  return { next: () => Promise.resolve(code.value), tries: 1 };
}

/** Asks the person at the terminal, again for whatever is not six digits. */
function promptedCodes(terminal: Terminal): TokenCodes {
  return {
    tries: 3,
    async next(request) {
      for (;;) {
        const answer = await terminal.askHidden(question(request));
        if (answer === null) throw nobodyToAsk(request);
        const digits = answer.replaceAll(/[\s-]/g, "");
        if (/^\d{6}$/.test(digits)) return digits;
        terminal.note("the code has six digits");
      }
    },
  };
}

function nobodyToAsk({ serialNumber }: CodeRequest): CredentialsError {
  return new CredentialsError(`there is no terminal to ask for the code of ${serialNumber} on`, {
    hint: "Give it with --token-code or KOPS_MFA_TOKEN_CODE, or run kops-mfa in a terminal first: the session is kept.",
  });
}

function question({ serialNumber, roleArn, profile }: CodeRequest): string {
  const device = withAccount(serialNumber, deviceName(serialNumber) ?? serialNumber);
  if (roleArn !== null) {
    return `MFA code of ${device} for role ${withAccount(roleArn, roleArn.split(":role/")[1] ?? roleArn)}: `;
  }
  return `MFA code of ${device}${profile === null ? "" : ` for profile ${profile}`}: `;
}

function withAccount(arn: string, name: string): string {
  const account = /:iam::(\d{12}):/.exec(arn)?.[1];
  return account === undefined ? name : `${name} (${account})`;
}
