import { deviceName } from "../../config/arn.ts";
import type { Setting } from "../../config/origin.ts";
import type { Terminal } from "../../context/terminal.ts";
import { CredentialsError, KopsMfaError } from "../../errors.ts";
import { readCode } from "./code-command.ts";

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
  /** Whether another code is to be had only when devices show their next one: there is nobody who would look first. */
  readonly isClockwork?: true;
}

/** A code is needed where nobody may be asked for one. */
export class CodeNeededError extends KopsMfaError {
  override readonly name = "CodeNeededError";

  constructor(message: string) {
    super(message, { hint: "Run kops-mfa login first: the session is kept." });
  }
}

/** For work that must not ask: throws {@link CodeNeededError} where a code is needed. */
export const withoutCodes: TokenCodes = {
  tries: 1,
  next: ({ serialNumber }) =>
    Promise.reject(new CodeNeededError(`a code of ${serialNumber} is needed`)),
};

/** The given code, else that of a command, else the person's, where one may be asked. */
export function chooseCodes(
  given: Setting | null,
  mfaProcess: Setting | null,
  { terminal, mayPrompt }: { readonly terminal: Terminal; readonly mayPrompt: boolean },
): TokenCodes {
  if (given) return givenCode(given);
  if (mfaProcess) return commandCodes(mfaProcess, terminal);
  return mayPrompt ? promptedCodes(terminal) : noCodes;
}

/** Codes that a command prints. One may have been used elsewhere in its half minute; if the next fails too, so will all. */
function commandCodes(command: Setting, terminal: Terminal): TokenCodes {
  return {
    tries: 2,
    isClockwork: true,
    next: async ({ serialNumber, profile }) => {
      const end = terminal.runCodeCommand(command, { serial: serialNumber, profile });
      return readCode(command, await terminal.waitFor("mfa_process", end, "program"));
    },
  };
}

/** A code that was given with the command: it is the only one. */
function givenCode(code: Setting): TokenCodes {
  return { next: () => Promise.resolve(code.value), tries: 1 };
}

/** Where nobody is to be asked. */
const noCodes: TokenCodes = {
  tries: 1,
  next: ({ serialNumber, profile }) =>
    Promise.reject(
      new CredentialsError(
        `a code of ${serialNumber} is needed, and nobody is to be asked (--no-prompt)`,
        { hint: `Run \`kops-mfa login${profile === null ? "" : ` ${profile}`}\` first.` },
      ),
    ),
};

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
    hint: "Give it with --token-code, KOPS_MFA_TOKEN_CODE or mfa_process, or run kops-mfa in a terminal first: the session is kept.",
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
