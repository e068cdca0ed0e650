import { InterruptedError } from "../../../src/errors.ts";
import { refusals } from "../../support/session/build.ts";
import { testRows } from "../fakes/command-table.ts";
import { codeFor } from "../fakes/expected.ts";
import { config } from "../fakes/standard-files.ts";

const untouched = { "~/.aws/config": "[default]\nregion = eu-west-1\n" };
const role = "--role-arn arn:aws:iam::222222222222:role/kops-admin";
const silent = `setup --yes --profile kops ${role}`;
const onPath = { programs: { "kops-mfa": {} } };

testRows({
  "without questions": {
    line: `${silent} --token-code 123456`,
    given: { ...onPath, files: untouched },
    calls: [
      "GetCallerIdentity by JON0",
      "GetSessionToken by JON0, 43200 s, code 123456",
      "AssumeRole kops-admin by S001, 3600 s",
    ],
    stderr: `kops-mfa: you are jon of account 111111111111, by profile "default" (~/.aws/credentials:2)
kops-mfa: MFA device: arn:aws:iam::111111111111:mfa/jon

To be written:
  ~/.aws/config, of which a copy is kept
    [profile kops]
    role_arn = arn:aws:iam::222222222222:role/kops-admin
    source_profile = default
    mfa_serial = arn:aws:iam::111111111111:mfa/jon
    region = eu-west-1
  ~/.config/kops-mfa/config.ini, which is new
    [defaults]
    profile = kops
kops-mfa: it works: arn:aws:sts::222222222222:assumed-role/kops-admin/jon, 1 h left
kops-mfa: ~/.aws/config: written; as it was: ~/.aws/config.bak
kops-mfa: ~/.config/kops-mfa/config.ini: written

Now, in this shell:
  eval "$(kops-mfa env kops)"
For IDEs and SDKs, which read AWS profiles by themselves, in ~/.aws/config:
  [profile kops-sdk]
  credential_process = kops-mfa credential-process --profile kops
`,
    written: {
      "~/.aws/config": `[default]
region = eu-west-1

[profile kops]
role_arn = arn:aws:iam::222222222222:role/kops-admin
source_profile = default
mfa_serial = arn:aws:iam::111111111111:mfa/jon
region = eu-west-1
`,
      "~/.aws/config.bak": `[default]
region = eu-west-1
`,
      "~/.config/kops-mfa/config.ini": `[defaults]
profile = kops
`,
    },
  },
  "with a cluster and the integration": {
    line: `${silent} --no-login --region eu-north-1 --state-store s3://clusters.example.com --cluster one.example.com --no-default --shell-startup`,
    given: { ...onPath, files: untouched },
    calls: ["GetCallerIdentity by JON0"],
    stderr: `kops-mfa: you are jon of account 111111111111, by profile "default" (~/.aws/credentials:2)
kops-mfa: MFA device: arn:aws:iam::111111111111:mfa/jon

To be written:
  ~/.aws/config, of which a copy is kept
    [profile kops]
    role_arn = arn:aws:iam::222222222222:role/kops-admin
    source_profile = default
    mfa_serial = arn:aws:iam::111111111111:mfa/jon
    region = eu-north-1
  ~/.config/kops-mfa/config.ini, which is new
    [kops]
    state_store = s3://clusters.example.com
    cluster = one.example.com
kops-mfa: ~/.aws/config: written; as it was: ~/.aws/config.bak
kops-mfa: ~/.config/kops-mfa/config.ini: written
kops-mfa: ~/.bashrc: line added

Now, in this shell:
  eval "$(kops-mfa env kops)"
For IDEs and SDKs, which read AWS profiles by themselves, in ~/.aws/config:
  [profile kops-sdk]
  credential_process = kops-mfa credential-process --profile kops
`,
    written: {
      "~/.aws/config": `[default]
region = eu-west-1

[profile kops]
role_arn = arn:aws:iam::222222222222:role/kops-admin
source_profile = default
mfa_serial = arn:aws:iam::111111111111:mfa/jon
region = eu-north-1
`,
      "~/.aws/config.bak": `[default]
region = eu-west-1
`,
      "~/.config/kops-mfa/config.ini": `[kops]
state_store = s3://clusters.example.com
cluster = one.example.com
`,
      "~/.bashrc": `# kops-mfa: \`kops-mfa use PROFILE\` and \`kops-mfa off\` in this shell
eval "$(kops-mfa init bash)"
`,
    },
  },
  "beside other profiles": {
    line: `${silent} --no-login`,
    calls: ["GetCallerIdentity by JON0"],
    stderr: `kops-mfa: you are jon of account 111111111111, by profile "default" (~/.aws/credentials:2)
kops-mfa: MFA device: arn:aws:iam::111111111111:mfa/jon

To be written:
  ~/.aws/config, of which a copy is kept
    [profile kops]
    role_arn = arn:aws:iam::222222222222:role/kops-admin
    source_profile = default
    mfa_serial = arn:aws:iam::111111111111:mfa/jon
    region = eu-west-1
  ~/.config/kops-mfa/config.ini, which is new
    [defaults]
    profile = kops
kops-mfa: ~/.aws/config: written; as it was: ~/.aws/config.bak
kops-mfa: ~/.config/kops-mfa/config.ini: written
kops-mfa: kops-mfa is not on your PATH, so no start-up file of a shell can load it yet

Now, in this shell:
  eval "$(kops-mfa env kops)"
For IDEs and SDKs, which read AWS profiles by themselves, in ~/.aws/config:
  [profile kops-sdk]
  credential_process = kops-mfa credential-process --profile kops
`,
    written: {
      "~/.aws/config": `${config}
[profile kops]
role_arn = arn:aws:iam::222222222222:role/kops-admin
source_profile = default
mfa_serial = arn:aws:iam::111111111111:mfa/jon
region = eu-west-1
`,
      "~/.aws/config.bak": config,
      "~/.config/kops-mfa/config.ini": `[defaults]
profile = kops
`,
    },
  },
  "only shown": {
    line: `${silent} --dry-run`,
    given: { files: untouched },
    calls: ["GetCallerIdentity by JON0"],
    stderr: `kops-mfa: you are jon of account 111111111111, by profile "default" (~/.aws/credentials:2)
kops-mfa: MFA device: arn:aws:iam::111111111111:mfa/jon

To be written:
  ~/.aws/config, of which a copy is kept
    [profile kops]
    role_arn = arn:aws:iam::222222222222:role/kops-admin
    source_profile = default
    mfa_serial = arn:aws:iam::111111111111:mfa/jon
    region = eu-west-1
  ~/.config/kops-mfa/config.ini, which is new
    [defaults]
    profile = kops
kops-mfa: nothing was written
`,
  },
  "with questions": {
    line: "setup",
    given: {
      ...onPath,
      files: untouched,
      answers: [
        "kops",
        "arn:aws:iam::222222222222:role/kops-admin",
        "",
        "",
        "",
        "",
        "y",
        "123456",
        "n",
      ],
    },
    asked: [
      `Enter takes what stands in brackets; Ctrl-C ends this, and nothing is changed.

The name of the profile to write, by which you will call the session.
Profile [kops]:`,
      `
The role to assume: its ARN, or just its name if it is in account 111111111111. Without one the session is your own,
with MFA in it, which is what a bucket policy that wants MFA asks for.
Role [none]:`,
      `
The region of your clusters: kops, kubectl and the AWS CLI get it with the session.
A single - is for none.
Region [eu-west-1]:`,
      `
The bucket in which kops keeps its state, like s3://clusters.example.com: kops then needs no --state.
State store [none]:`,
      `
The cluster you work with, like one.example.com: kops then needs no --name.
Cluster [none]:`,
      `
Which session do \`kops-mfa env\` and \`kops-mfa get clusters\` mean, where no profile is named?
Use kops then? [Y/n]`,
      `
A login proves it first. (c changes an answer.)
Write this? [Y/n/c]`,
      codeFor("kops-admin"),
      `
With this line in ~/.bashrc, \`kops-mfa use PROFILE\` changes the shell it is typed in:
  eval "$(kops-mfa init bash)"
Add it? [y/N]`,
    ],
    calls: [
      "GetCallerIdentity by JON0",
      "GetSessionToken by JON0, 43200 s, code 123456",
      "AssumeRole kops-admin by S001, 3600 s",
    ],
    stderr: `kops-mfa: you are jon of account 111111111111, by profile "default" (~/.aws/credentials:2)
kops-mfa: MFA device: arn:aws:iam::111111111111:mfa/jon

To be written:
  ~/.aws/config, of which a copy is kept
    [profile kops]
    role_arn = arn:aws:iam::222222222222:role/kops-admin
    source_profile = default
    mfa_serial = arn:aws:iam::111111111111:mfa/jon
    region = eu-west-1
  ~/.config/kops-mfa/config.ini, which is new
    [defaults]
    profile = kops
kops-mfa: it works: arn:aws:sts::222222222222:assumed-role/kops-admin/jon, 1 h left
kops-mfa: ~/.aws/config: written; as it was: ~/.aws/config.bak
kops-mfa: ~/.config/kops-mfa/config.ini: written

Now, in this shell:
  eval "$(kops-mfa env kops)"
For IDEs and SDKs, which read AWS profiles by themselves, in ~/.aws/config:
  [profile kops-sdk]
  credential_process = kops-mfa credential-process --profile kops
`,
    written: {
      "~/.aws/config": `[default]
region = eu-west-1

[profile kops]
role_arn = arn:aws:iam::222222222222:role/kops-admin
source_profile = default
mfa_serial = arn:aws:iam::111111111111:mfa/jon
region = eu-west-1
`,
      "~/.aws/config.bak": `[default]
region = eu-west-1
`,
      "~/.config/kops-mfa/config.ini": `[defaults]
profile = kops
`,
    },
  },
  "a no at the end": {
    line: `setup --profile kops ${role} --region - --state-store - --cluster - --no-default`,
    given: { files: untouched, answers: ["n"] },
    exitCode: 1,
    asked: [
      `Enter takes what stands in brackets; Ctrl-C ends this, and nothing is changed.

A login proves it first. (c changes an answer.)
Write this? [Y/n/c]`,
    ],
    calls: ["GetCallerIdentity by JON0"],
    stderr: `kops-mfa: you are jon of account 111111111111, by profile "default" (~/.aws/credentials:2)
kops-mfa: MFA device: arn:aws:iam::111111111111:mfa/jon

To be written:
  ~/.aws/config, of which a copy is kept
    [profile kops]
    role_arn = arn:aws:iam::222222222222:role/kops-admin
    source_profile = default
    mfa_serial = arn:aws:iam::111111111111:mfa/jon
kops-mfa: nothing was written
`,
  },
  "Ctrl-C": {
    line: `setup --profile kops ${role}`,
    given: { files: untouched, answers: [new InterruptedError()] },
    exitCode: 130,
    asked: [
      `Enter takes what stands in brackets; Ctrl-C ends this, and nothing is changed.

The region of your clusters: kops, kubectl and the AWS CLI get it with the session.
A single - is for none.
Region [eu-west-1]:`,
    ],
    calls: ["GetCallerIdentity by JON0"],
    stderr: `kops-mfa: you are jon of account 111111111111, by profile "default" (~/.aws/credentials:2)
kops-mfa: MFA device: arn:aws:iam::111111111111:mfa/jon
`,
  },
  "a device of several": {
    line: `${silent} --no-login --dry-run`,
    given: {
      files: untouched,
      devices: ["arn:aws:iam::111111111111:mfa/jon", "arn:aws:iam::111111111111:mfa/jon-phone"],
    },
    calls: ["GetCallerIdentity by JON0"],
    stderr: `kops-mfa: you are jon of account 111111111111, by profile "default" (~/.aws/credentials:2)
kops-mfa: MFA device: arn:aws:iam::111111111111:mfa/jon

To be written:
  ~/.aws/config, of which a copy is kept
    [profile kops]
    role_arn = arn:aws:iam::222222222222:role/kops-admin
    source_profile = default
    mfa_serial = arn:aws:iam::111111111111:mfa/jon
    region = eu-west-1
  ~/.config/kops-mfa/config.ini, which is new
    [defaults]
    profile = kops
kops-mfa: nothing was written
`,
  },
  "no device": {
    line: silent,
    given: { files: untouched, devices: [] },
    exitCode: 1,
    calls: ["GetCallerIdentity by JON0"],
    stderr: `kops-mfa: you are jon of account 111111111111, by profile "default" (~/.aws/credentials:2)
kops-mfa: user jon has no MFA device
          Add one (IAM console: Users, jon, "Security credentials", "Assign MFA device", "Authenticator app"), and run this again.
`,
  },
  "a login that is refused": {
    line: `${silent} --token-code 123456`,
    given: { files: untouched, failures: [refusals.wrongSerial] },
    exitCode: 1,
    calls: [
      "GetCallerIdentity by JON0",
      "GetSessionToken by JON0, 43200 s, code 123456",
      "GetCallerIdentity by JON0",
    ],
    stderr: `kops-mfa: you are jon of account 111111111111, by profile "default" (~/.aws/credentials:2)
kops-mfa: MFA device: arn:aws:iam::111111111111:mfa/jon

To be written:
  ~/.aws/config, of which a copy is kept
    [profile kops]
    role_arn = arn:aws:iam::222222222222:role/kops-admin
    source_profile = default
    mfa_serial = arn:aws:iam::111111111111:mfa/jon
    region = eu-west-1
  ~/.config/kops-mfa/config.ini, which is new
    [defaults]
    profile = kops
kops-mfa: arn:aws:iam::111111111111:mfa/jon is not a working MFA device of arn:aws:iam::111111111111:user/jon
          Compare mfa_serial (KOPS_MFA_ARN) with \`aws iam list-mfa-devices\`; if it is right, resynchronise the device in the IAM console.
`,
  },
  "keys that have expired": {
    line: silent,
    given: { files: untouched, callerArn: null },
    exitCode: 1,
    calls: ["GetCallerIdentity by JON0"],
    stderr: `kops-mfa: the temporary keys of profile "default" (~/.aws/credentials:2) have expired
          Renew them where they come from, or start from long-lived access keys.
`,
  },
  "no keys": {
    line: silent,
    given: { files: { ...untouched, "~/.aws/credentials": null } },
    exitCode: 1,
    stderr: `kops-mfa: there are no access keys: none in ~/.aws/config or ~/.aws/credentials (which does not exist), none in the environment
          Make one for your IAM user (IAM console: Users, your name, "Security credentials", "Create access key"), give it to \`aws configure\`, and run this again.
`,
  },
  "the account's root user": {
    line: silent,
    given: { files: untouched, callerArn: "arn:aws:iam::111111111111:root" },
    exitCode: 1,
    calls: ["GetCallerIdentity by JON0"],
    stderr: `kops-mfa: profile "default" (~/.aws/credentials:2) has the keys of the account's root user, who can assume no role and should have no keys
          Make an IAM user for yourself (IAM console: Users, Create user), give its access key to \`aws configure\`, and delete the root user's.
`,
  },
  "a role that is none": {
    line: "setup --yes --profile kops --role-arn arn:aws:iam::2:role",
    given: { files: untouched },
    exitCode: 2,
    calls: ["GetCallerIdentity by JON0"],
    stderr: `kops-mfa: you are jon of account 111111111111, by profile "default" (~/.aws/credentials:2)
kops-mfa: MFA device: arn:aws:iam::111111111111:mfa/jon
kops-mfa: --role-arn: a role is its name, or an ARN like arn:aws:iam::123456789012:role/NAME (IAM console: Roles)
          kops-mfa setup --help shows what it takes.
`,
  },
  "a configuration that cannot be written": {
    line: silent,
    given: { unwritable: { "~/.aws/config": "permission denied" } },
    exitCode: 1,
    stderr: `kops-mfa: ~/.aws/config: cannot be written (permission denied)
          Nothing was written. Name a file in a directory where you may write.
`,
  },
  "no terminal": {
    line: "setup",
    given: { files: untouched },
    exitCode: 2,
    stderr: `kops-mfa: --profile is needed: there is no terminal to ask on
          Give the option, or --yes for all that is found or left out (here: kops).
`,
  },
  "an unknown option": {
    line: "setup --nonsense",
    exitCode: 2,
    stderr: `kops-mfa: kops-mfa setup has no option --nonsense
          kops-mfa setup --help shows what it takes.
`,
  },
});
