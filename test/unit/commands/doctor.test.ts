import { refusals } from "../../support/session/build.ts";
import { inSnapshot, testRows } from "../fakes/command-table.ts";
import { codeFor } from "../fakes/expected.ts";

/** The lines of a machine on which all is well, by check. */
const well: Readonly<Record<string, string>> = {
  node: "ok node              kops-mfa 1.2.3 on Node 22.21.1",
  kops: "ok kops              1.34.0 (/usr/bin/kops)",
  "config-file": "ok config-file       ~/.aws/config, 5 profiles",
  "credentials-file": "ok credentials-file  ~/.aws/credentials, 1 profile",
  settings: "ok settings          no settings of your own (~/.config/kops-mfa/config.ini)",
  profile: "ok profile           prod: keys of default -> MFA session -> prod",
  keys: 'ok keys              AKIA...JON0 of profile "default" (~/.aws/credentials:2), long-lived',
  role: "ok role              arn:aws:iam::222222222222:role/prod (~/.aws/config:5 (role_arn))",
  device: "ok device            arn:aws:iam::111111111111:mfa/jon, a device of jon",
  environment: "ok environment       no variable that would win over a session, or break it",
  shell: "ok shell             bash, without the integration (a convenience: kops-mfa init --help)",
  "shell-session":
    "ok shell-session     carries no session; kops-mfa COMMAND takes one along all the same",
  cache: "ok cache             ~/.cache/kops-mfa, 2 sessions",
  lock: "ok lock              nobody is asking for a code",
  region: "ok region            none is configured: us-east-1, as kops takes it",
  sts: "ok sts               STS of us-east-1 answers",
  caller: "ok caller            the keys are arn:aws:iam::111111111111:user/jon",
  clock: "ok clock             agrees with AWS's",
  session: "ok session           1 h left",
  identity: "ok identity          arn:aws:sts::222222222222:assumed-role/prod/jon",
  "state-store": "ok state-store       s3://clusters.example.com (KOPS_STATE_STORE) can be read",
  ec2: "ok ec2               EC2 knows us-east-1",
};

/** The whole report, with the lines that differ. */
function report(differing: Readonly<Record<string, string>>, summary: string): string {
  return `${Object.values({ ...well, ...differing }).join("\n")}\n\n${summary}\n`;
}

const kops = {
  kops: { answer: { how: "exited", exitCode: 0, output: "Client version: 1.34.0\n", errors: "" } },
} as const;
const machine = {
  answers: ["123456"],
  programs: kops,
  env: { KOPS_STATE_STORE: "s3://clusters.example.com" },
};

testRows({
  "all is well": {
    line: "doctor prod",
    given: machine,
    before: ["login prod"],
    calls: ["GetCallerIdentity by JON0", "GetCallerIdentity by S002"],
    stdout: report({}, "All is well."),
  },
  "without a session": {
    line: "doctor prod",
    given: machine,
    calls: ["GetCallerIdentity by JON0"],
    stdout: report(
      {
        cache: "ok cache             ~/.cache/kops-mfa, 0 sessions",
        session: `!  session           none is kept, so what needs one is not checked
                     kops-mfa login, then doctor again; or kops-mfa doctor --login`,
        identity: "-  identity          not checked: session",
        "state-store": "-  state-store       not checked: session",
        ec2: "-  ec2               not checked: session",
      },
      "1 to look at, 3 not checked.",
    ),
  },
  "--login makes one": {
    line: "doctor prod --login",
    given: machine,
    asked: [codeFor("prod")],
    calls: [
      "GetCallerIdentity by JON0",
      "GetSessionToken by JON0, 43200 s, code 123456",
      "AssumeRole prod by S001, 3600 s",
      "GetCallerIdentity by S002",
    ],
    stdout: report({}, "All is well."),
  },
  "--offline calls nobody": {
    line: "doctor prod --offline",
    given: machine,
    before: ["login prod"],
    stdout: report(
      {
        kops: "ok kops              /usr/bin/kops",
        device: "ok device            arn:aws:iam::111111111111:mfa/jon",
        sts: "-  sts               not checked: offline",
        caller: "-  caller            not checked: offline",
        clock: "-  clock             not checked: offline",
        identity: "-  identity          not checked: offline",
        "state-store": "-  state-store       not checked: offline",
        ec2: "-  ec2               not checked: offline",
      },
      "6 not checked.",
    ),
  },
  "for programs": {
    line: "doctor prod --offline --json",
    given: machine,
    stdout: inSnapshot,
  },
  "without kops": {
    line: "doctor prod",
    given: { ...machine, programs: {} },
    before: ["login prod"],
    exitCode: 1,
    calls: ["GetCallerIdentity by JON0", "GetCallerIdentity by S002"],
    stdout: report(
      {
        kops: `x  kops              kops is not on your PATH
                     See https://kops.sigs.k8s.io/getting_started/install/`,
      },
      "1 wrong.",
    ),
  },
  "a state store that is not to be read": {
    line: "doctor prod",
    given: { ...machine, s3: { kind: "refused", code: "AccessDenied", text: "Access Denied" } },
    before: ["login prod"],
    exitCode: 1,
    calls: ["GetCallerIdentity by JON0", "GetCallerIdentity by S002"],
    stdout: report(
      {
        "state-store": `x  state-store       arn:aws:iam::222222222222:role/prod may not read the state store s3://clusters.example.com (KOPS_STATE_STORE)
                     The role needs s3:ListBucket, s3:GetBucketLocation and s3:GetObject there. If a policy there asks for MFA, no session of a role can meet it: use a profile without role_arn, or ask for MFA in the role's trust policy instead.`,
      },
      "1 wrong.",
    ),
  },
  "a bucket that does not exist": {
    line: "doctor prod --state s3://other",
    given: {
      ...machine,
      s3: { kind: "refused", code: "NoSuchBucket", text: "The specified bucket does not exist" },
    },
    before: ["login prod"],
    exitCode: 1,
    calls: ["GetCallerIdentity by JON0", "GetCallerIdentity by S002"],
    stdout: report(
      {
        "state-store": `x  state-store       there is no bucket "other" (--state)
                     Correct the name of the state store, or make the bucket first: kops makes none.`,
      },
      "1 wrong.",
    ),
  },
  "regions that are not to be seen": {
    line: "doctor prod",
    given: { ...machine, ec2: { kind: "refused", code: "UnauthorizedOperation" } },
    before: ["login prod"],
    exitCode: 1,
    calls: ["GetCallerIdentity by JON0", "GetCallerIdentity by S002"],
    stdout: report(
      {
        ec2: `x  ec2               arn:aws:iam::222222222222:role/prod may not call ec2:DescribeRegions, with which kops begins
                     Allow it in the policy of the role or user: kops needs AmazonEC2FullAccess and more, see https://kops.sigs.k8s.io/getting_started/aws/`,
      },
      "1 wrong.",
    ),
  },
  "S3 and EC2 do not answer": {
    line: "doctor prod",
    given: {
      ...machine,
      s3: { kind: "unreachable", host: "s3.us-east-1.amazonaws.com" },
      ec2: { kind: "unreachable", host: "ec2.us-east-1.amazonaws.com" },
    },
    before: ["login prod"],
    exitCode: 1,
    calls: ["GetCallerIdentity by JON0", "GetCallerIdentity by S002"],
    stdout: report(
      {
        "state-store": `x  state-store       S3 (s3.us-east-1.amazonaws.com) does not answer for s3://clusters.example.com (KOPS_STATE_STORE)
                     Check the network, a proxy or VPN; then try again.`,
        ec2: `x  ec2               EC2 (ec2.us-east-1.amazonaws.com) does not answer
                     Check the network, a proxy or VPN; then try again.`,
      },
      "2 wrong.",
    ),
  },
  "keys that have expired": {
    line: "doctor prod",
    given: { ...machine, callerArn: null },
    exitCode: 1,
    calls: ["GetCallerIdentity by JON0"],
    stdout: report(
      {
        device: "ok device            arn:aws:iam::111111111111:mfa/jon",
        cache: "ok cache             ~/.cache/kops-mfa, 0 sessions",
        caller: `x  caller            the temporary keys of profile "default" (~/.aws/credentials:2) have expired
                     Renew them where they come from, or start from long-lived access keys.`,
        clock: "-  clock             not checked: sts",
        session: "-  session           not checked: caller",
        identity: "-  identity          not checked: session",
        "state-store": "-  state-store       not checked: session",
        ec2: "-  ec2               not checked: session",
      },
      "1 wrong, 5 not checked.",
    ),
  },
  "a device of somebody else": {
    line: "doctor prod",
    given: {
      ...machine,
      callerArn: "arn:aws:iam::111111111111:user/mei",
      devices: ["arn:aws:iam::111111111111:mfa/mei"],
    },
    exitCode: 1,
    calls: ["GetCallerIdentity by JON0"],
    stdout: report(
      {
        device: `x  device            arn:aws:iam::111111111111:user/mei has no MFA device arn:aws:iam::111111111111:mfa/jon
                     Write: mfa_serial = arn:aws:iam::111111111111:mfa/mei`,
        cache: "ok cache             ~/.cache/kops-mfa, 0 sessions",
        caller: "ok caller            the keys are arn:aws:iam::111111111111:user/mei",
        session: "-  session           not checked: device",
        identity: "-  identity          not checked: session",
        "state-store": "-  state-store       not checked: session",
        ec2: "-  ec2               not checked: session",
      },
      "1 wrong, 4 not checked.",
    ),
  },
  "a login that is refused": {
    line: "doctor prod --login",
    given: { ...machine, failures: [refusals.wrongSerial] },
    exitCode: 1,
    asked: [codeFor("prod")],
    calls: [
      "GetCallerIdentity by JON0",
      "GetSessionToken by JON0, 43200 s, code 123456",
      "GetCallerIdentity by JON0",
    ],
    stdout: report(
      {
        cache: "ok cache             ~/.cache/kops-mfa, 0 sessions",
        session: `x  session           arn:aws:iam::111111111111:mfa/jon is not a working MFA device of arn:aws:iam::111111111111:user/jon
                     Compare mfa_serial (KOPS_MFA_ARN) with \`aws iam list-mfa-devices\`; if it is right, resynchronise the device in the IAM console.`,
        identity: "-  identity          not checked: session",
        "state-store": "-  state-store       not checked: session",
        ec2: "-  ec2               not checked: session",
      },
      "1 wrong, 3 not checked.",
    ),
  },
  "a variable that wins over the session": {
    line: "doctor prod --offline",
    given: {
      ...machine,
      env: {
        ...machine.env,
        KOPS_AWS_ROLE_ARN: "arn:aws:iam::222222222222:role/other",
        AWS_ENDPOINT_URL: "http://localhost:4566",
      },
    },
    stdout: report(
      {
        kops: "ok kops              /usr/bin/kops",
        device: "ok device            arn:aws:iam::111111111111:mfa/jon",
        environment: `!  environment       AWS_ENDPOINT_URL sends kops to localhost:4566 for all of AWS
                     unset AWS_ENDPOINT_URL, unless you mean it
!  environment       KOPS_AWS_ROLE_ARN makes kops by itself assume that role too, for EC2 and IAM but not for the state store
                     unset KOPS_AWS_ROLE_ARN (kops-mfa env and exec do)`,
        cache: "ok cache             ~/.cache/kops-mfa, 0 sessions",
        sts: "-  sts               not checked: offline",
        caller: "-  caller            not checked: offline",
        clock: "-  clock             not checked: offline",
        session: `!  session           none is kept, so what needs one is not checked
                     kops-mfa login, then doctor again; or kops-mfa doctor --login`,
        identity: "-  identity          not checked: session",
        "state-store": "-  state-store       not checked: offline",
        ec2: "-  ec2               not checked: offline",
      },
      "3 to look at, 6 not checked.",
    ),
  },
  "a configuration that cannot be read": {
    line: "doctor prod --offline",
    given: { ...machine, unreadable: { "~/.aws/config": "permission denied" } },
    exitCode: 1,
    stdout: report(
      {
        kops: "ok kops              /usr/bin/kops",
        "config-file": `x  config-file       ~/.aws/config: cannot be read (permission denied)
                     Make the file readable for you (chmod u+r), or name another.`,
        profile: "-  profile           not checked: config-file",
        keys: "-  keys              not checked: config-file",
        role: "-  role              not checked: config-file",
        device: "-  device            not checked: config-file",
        cache: "ok cache             ~/.cache/kops-mfa, 0 sessions",
        region: "-  region            not checked: config-file",
        sts: "-  sts               not checked: config-file",
        caller: "-  caller            not checked: config-file",
        clock: "-  clock             not checked: config-file",
        session: "-  session           not checked: config-file",
        identity: "-  identity          not checked: session",
        "state-store": "-  state-store       not checked: offline",
        ec2: "-  ec2               not checked: offline",
      },
      "1 wrong, 12 not checked.",
    ),
  },
  "no files at all": {
    line: "doctor --offline",
    given: { programs: kops, files: { "~/.aws/config": null, "~/.aws/credentials": null } },
    exitCode: 1,
    stdout: report(
      {
        kops: "ok kops              /usr/bin/kops",
        "config-file": "ok config-file       ~/.aws/config does not exist",
        "credentials-file": "ok credentials-file  ~/.aws/credentials does not exist",
        profile: `x  profile           there are no access keys: none in the environment, no profile "default" in ~/.aws/config (which does not exist) or ~/.aws/credentials (which does not exist)
                     Run \`aws configure\`, name a profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`,
        keys: "-  keys              not checked: profile",
        role: "-  role              not checked: profile",
        device: "-  device            not checked: profile",
        cache: "ok cache             ~/.cache/kops-mfa, 0 sessions",
        region: "-  region            not checked: profile",
        sts: "-  sts               not checked: profile",
        caller: "-  caller            not checked: profile",
        clock: "-  clock             not checked: profile",
        session: "-  session           not checked: profile",
        identity: "-  identity          not checked: session",
        "state-store": `!  state-store       none is named, so kops needs --state each time
                     export KOPS_STATE_STORE=s3://..., or state_store in your settings; doctor --state s3://... looks at one`,
        ec2: "-  ec2               not checked: offline",
      },
      "1 wrong, 1 to look at, 10 not checked.",
    ),
  },
  "a profile that is not there": {
    line: "doctor prdo --offline",
    given: machine,
    exitCode: 1,
    stdout: report(
      {
        kops: "ok kops              /usr/bin/kops",
        profile: `x  profile           there is no profile "prdo" in ~/.aws/config or ~/.aws/credentials
                     Did you mean "prod"?`,
        keys: "-  keys              not checked: profile",
        role: "-  role              not checked: profile",
        device: "-  device            not checked: profile",
        cache: "ok cache             ~/.cache/kops-mfa, 0 sessions",
        region: "-  region            not checked: profile",
        sts: "-  sts               not checked: profile",
        caller: "-  caller            not checked: profile",
        clock: "-  clock             not checked: profile",
        session: "-  session           not checked: profile",
        identity: "-  identity          not checked: session",
        "state-store": "-  state-store       not checked: offline",
        ec2: "-  ec2               not checked: offline",
      },
      "1 wrong, 11 not checked.",
    ),
  },
  "fish, with a variable that it keeps for all its sessions": {
    line: "doctor prod --offline",
    given: {
      ...machine,
      shell: "fish",
      files: { "~/.config/fish/fish_variables": "SETUVAR --export AWS_PROFILE:prod\n" },
    },
    stdout: report(
      {
        kops: "ok kops              /usr/bin/kops",
        device: "ok device            arn:aws:iam::111111111111:mfa/jon",
        environment: `!  environment       AWS_PROFILE is a universal variable of fish: no session can unset it, so kops-mfa env and use refuse
                     set -eU AWS_PROFILE`,
        shell:
          "ok shell             fish, without the integration (a convenience: kops-mfa init --help)",
        cache: "ok cache             ~/.cache/kops-mfa, 0 sessions",
        sts: "-  sts               not checked: offline",
        caller: "-  caller            not checked: offline",
        clock: "-  clock             not checked: offline",
        session: `!  session           none is kept, so what needs one is not checked
                     kops-mfa login, then doctor again; or kops-mfa doctor --login`,
        identity: "-  identity          not checked: session",
        "state-store": "-  state-store       not checked: offline",
        ec2: "-  ec2               not checked: offline",
      },
      "2 to look at, 6 not checked.",
    ),
  },
  "--login and --offline": {
    line: "doctor --login --offline",
    exitCode: 2,
    stderr: `kops-mfa: --login calls AWS, and --offline calls nobody
          Give one of them.
`,
  },
  "an unknown option": {
    line: "doctor --nonsense",
    exitCode: 2,
    stderr: `kops-mfa: kops-mfa doctor has no option --nonsense
          kops-mfa doctor --help shows what it takes.
`,
  },
});
