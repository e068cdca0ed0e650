import type { RequestOptions } from "../config/request.ts";
import type { ChildOptions } from "../operations/run-child.ts";
import type { DoctorOptions } from "../commands/doctor-run.ts";
import type { InitOptions } from "../commands/init-run.ts";
import type { KubeconfigOptions } from "../commands/kubeconfig-run.ts";
import type { PolicyRunOptions } from "../commands/policy-run.ts";
import type { SetupRunOptions } from "../commands/setup-run.ts";
import type { EnvOptions } from "../operations/render-environment.ts";

/** What plain lines may say, whichever command they are of. */
export type PlainOptions = RequestOptions &
  EnvOptions &
  ChildOptions &
  DoctorOptions &
  InitOptions &
  Omit<KubeconfigOptions, "name"> &
  PolicyRunOptions &
  SetupRunOptions & {
    /** What is not an option: a profile, or a shell. */
    readonly word?: string;
    readonly unset?: boolean;
    readonly renew?: boolean;
  };

/** The names of options by how they are written: with a value, with nothing, with a value each time. */
export interface OptionTable {
  readonly values: Readonly<Record<string, OptionOf<string>>>;
  readonly switches: Readonly<Record<string, OptionOf<boolean>>>;
  readonly lists?: Readonly<Record<string, OptionOf<readonly string[]>>>;
}

type OptionOf<Value> = {
  [Name in keyof PlainOptions]-?: Value extends PlainOptions[Name] ? Name : never;
}[keyof PlainOptions];

const profileTable = {
  "--profile": "profile",
  "-p": "profile",
} as const satisfies OptionTable["values"];

const sessionTable = {
  values: {
    ...profileTable,
    "--region": "region",
    "--role-arn": "roleArn",
    "--serial-number": "serialNumber",
    "--token-code": "tokenCode",
    "--role-session-name": "roleSessionName",
    "--external-id": "externalId",
    "--duration-seconds": "durationSeconds",
    "--duration": "duration",
    "--min-ttl": "minTtl",
  },
  switches: { "--no-session": "noSession", "--no-prompt": "noPrompt" },
} as const satisfies OptionTable;

/** Before the words of another program. */
export const childTable = {
  ...sessionTable,
  switches: { ...sessionTable.switches, "--server": "server" },
} as const satisfies OptionTable;

const jsonTable = {
  ...sessionTable,
  switches: { ...sessionTable.switches, "--json": "json" },
} as const satisfies OptionTable;

const policyTable = {
  values: {
    ...profileTable,
    "--format": "format",
    "--state-store": "stateStore",
    "--account": "account",
    "--role-name": "roleName",
    "--max-session-duration": "maxSessionDuration",
    "--user-account": "userAccount",
    "--mfa-age": "mfaAge",
    "--partition": "partition",
    "--region": "region",
  },
  switches: {
    "--session-name-rule": "sessionNameRule",
    "--manage-mfa": "manageMfa",
    "--manage-clusters": "manageClusters",
    "--bucket-policy": "bucketPolicy",
  },
  lists: { "--user": "users", "--group": "groups", "--cluster": "clusters", "--allow": "allowed" },
} as const satisfies OptionTable;

const setupTable = {
  values: {
    ...profileTable,
    "--source-profile": "sourceProfile",
    "--serial-number": "serialNumber",
    "--role-arn": "roleArn",
    "--external-id": "externalId",
    "--region": "region",
    "--state-store": "stateStore",
    "--cluster": "cluster",
    "--token-code": "tokenCode",
  },
  switches: {
    "--default": "isDefault",
    "--yes": "yes",
    "-y": "yes",
    "--no-login": "noLogin",
    "--dry-run": "dryRun",
    "--shell-startup": "shellStartup",
  },
} as const satisfies OptionTable;

const kubeconfigTable = {
  values: {
    ...profileTable,
    "--kubeconfig": "kubeconfig",
    "--role-arn": "roleArn",
    "--serial-number": "serialNumber",
  },
  switches: {
    "--all": "all",
    "--undo": "undo",
    "--dry-run": "dryRun",
    "--yes": "yes",
    "-y": "yes",
  },
} as const satisfies OptionTable;

/** By command: what a plain line of it may have, besides one word. */
export const plainTables = {
  env: {
    values: {
      ...sessionTable.values,
      "--shell": "shell",
      "--format": "format",
      "--output": "output",
    },
    switches: { ...sessionTable.switches, "--unset": "unset", "--renew": "renew" },
  },
  status: jsonTable,
  "credential-process": sessionTable,
  login: sessionTable,
  logout: { values: {}, switches: {} },
  explain: jsonTable,
  exec: childTable,
  doctor: {
    values: { ...sessionTable.values, "--state": "state" },
    switches: { ...jsonTable.switches, "--login": "login", "--offline": "offline" },
  },
  policy: policyTable,
  setup: setupTable,
  kubeconfig: kubeconfigTable,
  init: { values: { "--wrap": "wrap", "--output": "output" }, switches: {} },
  completions: { values: {}, switches: {} },
} as const satisfies Readonly<Record<string, OptionTable>>;

export type OwnCommand = keyof typeof plainTables;

/** Whether it is one of ours that {@link plainTables} has. */
export function isOwnCommand(word: string): word is OwnCommand {
  return Object.hasOwn(plainTables, word);
}
