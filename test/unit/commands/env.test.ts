import { InterruptedError } from "../../../src/errors.ts";
import { refusals } from "../../support/session/build.ts";
import { testRows } from "../fakes/command-table.ts";
import { active, codeFor, sessionAndRole } from "../fakes/expected.ts";

/** What a shell forgets first, whatever the session. */
const unsetAll = `unset AWS_PROFILE;
unset AWS_DEFAULT_PROFILE;
unset AWS_SECURITY_TOKEN;
unset AWS_ACCESS_KEY;
unset AWS_SECRET_KEY;
unset AWS_ROLE_ARN;
unset AWS_ROLE_SESSION_NAME;
unset AWS_WEB_IDENTITY_TOKEN_FILE;
unset AWS_CONTAINER_CREDENTIALS_FULL_URI;
unset AWS_CONTAINER_CREDENTIALS_RELATIVE_URI;
unset AWS_CONTAINER_AUTHORIZATION_TOKEN;
unset AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE;
unset KOPS_AWS_ROLE_ARN;
`;

/** prod's session, for a POSIX shell. */
const prodSession = `${unsetAll}unset KOPS_MFA_PREVIOUS;
export AWS_ACCESS_KEY_ID='ASIATESTTESTTESTS002';
export AWS_SECRET_ACCESS_KEY='test/secret+S002/not/a/real/key/00000000';
export AWS_SESSION_TOKEN='test/token+S002==';
export AWS_CREDENTIAL_EXPIRATION='2026-01-02T04:04:05Z';
export AWS_SESSION_EXPIRATION='2026-01-02T04:04:05Z';
export KOPS_MFA_PROFILE='prod';
export KOPS_MFA_EXPIRES_AT='1767326645';
export KOPS_MFA_ACCESS_KEY_ID='ASIATESTTESTTESTS002';
`;

const typed = { answers: ["123456"] };

testRows({
  "a new session, for the shell that started it": {
    line: "env prod",
    given: typed,
    asked: [codeFor("prod")],
    calls: sessionAndRole("prod"),
    stdout: prodSession,
  },
  "a cached session needs no code": {
    line: "env prod --shell sh",
    given: typed,
    before: ["login prod"],
    stdout: prodSession,
  },
  "the profile of AWS_PROFILE is remembered": {
    line: "env --shell sh",
    given: { ...typed, env: { AWS_PROFILE: "staging" } },
    asked: [codeFor("staging")],
    calls: sessionAndRole("staging"),
    stdout: `${unsetAll}export AWS_ACCESS_KEY_ID='ASIATESTTESTTESTS002';
export AWS_SECRET_ACCESS_KEY='test/secret+S002/not/a/real/key/00000000';
export AWS_SESSION_TOKEN='test/token+S002==';
export AWS_CREDENTIAL_EXPIRATION='2026-01-02T04:04:05Z';
export AWS_SESSION_EXPIRATION='2026-01-02T04:04:05Z';
export AWS_REGION='eu-central-1';
export AWS_DEFAULT_REGION='eu-central-1';
export KOPS_MFA_PROFILE='staging';
export KOPS_MFA_EXPIRES_AT='1767326645';
export KOPS_MFA_ACCESS_KEY_ID='ASIATESTTESTTESTS002';
export KOPS_MFA_PREVIOUS='AWS_REGION,AWS_DEFAULT_REGION,AWS_PROFILE=staging';
`,
  },
  "in fish": {
    line: "env prod --shell fish",
    given: typed,
    before: ["login prod"],
    stdout: `set -eg AWS_PROFILE; or true;
set -eg AWS_DEFAULT_PROFILE; or true;
set -eg AWS_SECURITY_TOKEN; or true;
set -eg AWS_ACCESS_KEY; or true;
set -eg AWS_SECRET_KEY; or true;
set -eg AWS_ROLE_ARN; or true;
set -eg AWS_ROLE_SESSION_NAME; or true;
set -eg AWS_WEB_IDENTITY_TOKEN_FILE; or true;
set -eg AWS_CONTAINER_CREDENTIALS_FULL_URI; or true;
set -eg AWS_CONTAINER_CREDENTIALS_RELATIVE_URI; or true;
set -eg AWS_CONTAINER_AUTHORIZATION_TOKEN; or true;
set -eg AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE; or true;
set -eg KOPS_AWS_ROLE_ARN; or true;
set -eg KOPS_MFA_PREVIOUS; or true;
set -gx AWS_ACCESS_KEY_ID 'ASIATESTTESTTESTS002'; or true;
set -gx AWS_SECRET_ACCESS_KEY 'test/secret+S002/not/a/real/key/00000000'; or true;
set -gx AWS_SESSION_TOKEN 'test/token+S002=='; or true;
set -gx AWS_CREDENTIAL_EXPIRATION '2026-01-02T04:04:05Z'; or true;
set -gx AWS_SESSION_EXPIRATION '2026-01-02T04:04:05Z'; or true;
set -gx KOPS_MFA_PROFILE 'prod'; or true;
set -gx KOPS_MFA_EXPIRES_AT '1767326645'; or true;
set -gx KOPS_MFA_ACCESS_KEY_ID 'ASIATESTTESTTESTS002'; or true;
`,
  },
  "as dotenv": {
    line: "env prod --format dotenv",
    given: typed,
    before: ["login prod"],
    stdout: `AWS_ACCESS_KEY_ID=ASIATESTTESTTESTS002
AWS_SECRET_ACCESS_KEY=test/secret+S002/not/a/real/key/00000000
AWS_SESSION_TOKEN=test/token+S002==
AWS_CREDENTIAL_EXPIRATION=2026-01-02T04:04:05Z
AWS_SESSION_EXPIRATION=2026-01-02T04:04:05Z
KOPS_MFA_PROFILE=prod
KOPS_MFA_EXPIRES_AT=1767326645
`,
  },
  "as JSON": {
    line: "env prod --format json",
    given: typed,
    before: ["login prod"],
    stdout: `{
  "AWS_ACCESS_KEY_ID": "ASIATESTTESTTESTS002",
  "AWS_SECRET_ACCESS_KEY": "test/secret+S002/not/a/real/key/00000000",
  "AWS_SESSION_TOKEN": "test/token+S002==",
  "AWS_CREDENTIAL_EXPIRATION": "2026-01-02T04:04:05Z",
  "AWS_SESSION_EXPIRATION": "2026-01-02T04:04:05Z",
  "KOPS_MFA_PROFILE": "prod",
  "KOPS_MFA_EXPIRES_AT": "1767326645"
}
`,
  },
  "as credential_process": {
    line: "env prod --format process",
    given: typed,
    before: ["login prod"],
    stdout: `{
  "Version": 1,
  "AccessKeyId": "ASIATESTTESTTESTS002",
  "SecretAccessKey": "test/secret+S002/not/a/real/key/00000000",
  "SessionToken": "test/token+S002==",
  "Expiration": "2026-01-02T04:04:05Z"
}
`,
  },
  "for a job of GitHub": {
    line: "env prod --format github",
    given: { ...typed, env: { GITHUB_ACTIONS: "true" } },
    before: ["login prod"],
    stdout: `AWS_ACCESS_KEY_ID=ASIATESTTESTTESTS002
AWS_SECRET_ACCESS_KEY=test/secret+S002/not/a/real/key/00000000
AWS_SESSION_TOKEN=test/token+S002==
AWS_CREDENTIAL_EXPIRATION=2026-01-02T04:04:05Z
AWS_SESSION_EXPIRATION=2026-01-02T04:04:05Z
KOPS_MFA_PROFILE=prod
KOPS_MFA_EXPIRES_AT=1767326645
`,
    stderr: `::add-mask::test/secret+S002/not/a/real/key/00000000
::add-mask::test/token+S002==
`,
  },
  "to a file": {
    line: "env prod --format dotenv --output /work/.env",
    given: typed,
    before: ["login prod"],
    written: {
      "/work/.env": `AWS_ACCESS_KEY_ID=ASIATESTTESTTESTS002
AWS_SECRET_ACCESS_KEY=test/secret+S002/not/a/real/key/00000000
AWS_SESSION_TOKEN=test/token+S002==
AWS_CREDENTIAL_EXPIRATION=2026-01-02T04:04:05Z
AWS_SESSION_EXPIRATION=2026-01-02T04:04:05Z
KOPS_MFA_PROFILE=prod
KOPS_MFA_EXPIRES_AT=1767326645
`,
    },
  },
  "to a file that cannot be written": {
    line: "env prod --format dotenv --output /work/.env",
    given: { ...typed, unwritable: { "/work/.env": "permission denied" } },
    before: ["login prod"],
    exitCode: 1,
    stderr: `kops-mfa: /work/.env: cannot be written (permission denied)
          Nothing was written. Name a file in a directory where you may write.
`,
  },
  "on a terminal it says how to use it": {
    line: "env prod",
    given: { ...typed, stdoutIsTerminal: true },
    before: ["login prod"],
    stdout: prodSession,
    stderr: `kops-mfa: nothing was changed yet; to use it: eval "$(kops-mfa env prod)"
`,
  },
  "a session of the user, without a role": {
    line: "env me --shell sh",
    given: typed,
    asked: ["MFA code of jon (111111111111) for profile me: "],
    calls: ["GetSessionToken by JON0, 43200 s, code 123456"],
    stdout: `${unsetAll}unset KOPS_MFA_PREVIOUS;
export AWS_ACCESS_KEY_ID='ASIATESTTESTTESTS001';
export AWS_SECRET_ACCESS_KEY='test/secret+S001/not/a/real/key/00000000';
export AWS_SESSION_TOKEN='test/token+S001==';
export AWS_CREDENTIAL_EXPIRATION='2026-01-02T15:04:05Z';
export AWS_SESSION_EXPIRATION='2026-01-02T15:04:05Z';
export KOPS_MFA_PROFILE='me';
export KOPS_MFA_EXPIRES_AT='1767366245';
export KOPS_MFA_ACCESS_KEY_ID='ASIATESTTESTTESTS001';
`,
  },
  "a role without MFA": {
    line: "env open --shell sh",
    calls: ["AssumeRole open by JON0, 3600 s"],
    stdout: `${unsetAll}unset KOPS_MFA_PREVIOUS;
export AWS_ACCESS_KEY_ID='ASIATESTTESTTESTS001';
export AWS_SECRET_ACCESS_KEY='test/secret+S001/not/a/real/key/00000000';
export AWS_SESSION_TOKEN='test/token+S001==';
export AWS_CREDENTIAL_EXPIRATION='2026-01-02T04:04:05Z';
export AWS_SESSION_EXPIRATION='2026-01-02T04:04:05Z';
export KOPS_MFA_PROFILE='open';
export KOPS_MFA_EXPIRES_AT='1767326645';
export KOPS_MFA_ACCESS_KEY_ID='ASIATESTTESTTESTS001';
`,
  },
  "--unset in a shell with a session": {
    line: "env --unset",
    given: { env: active },
    stdout: `unset AWS_ACCESS_KEY_ID;
unset AWS_SECRET_ACCESS_KEY;
unset AWS_SESSION_TOKEN;
unset AWS_CREDENTIAL_EXPIRATION;
unset AWS_SESSION_EXPIRATION;
unset KOPS_MFA_PROFILE;
unset KOPS_MFA_EXPIRES_AT;
unset KOPS_MFA_ACCESS_KEY_ID;
unset KOPS_MFA_PREVIOUS;
`,
  },
  "--unset in a shell without one": {
    line: "env --unset",
    stderr: "kops-mfa: this shell carries no session of kops-mfa; nothing to undo\n",
  },
  "--unset has no other format": {
    line: "env --unset --format json",
    exitCode: 2,
    stderr: `kops-mfa: --unset has no form in --format json
          Delete the file instead; --unset is for a shell.
`,
  },
  "a profile that is not there": {
    line: "env prdo",
    exitCode: 1,
    stdout: "false;\n",
    stderr: `kops-mfa: there is no profile "prdo" in ~/.aws/config or ~/.aws/credentials
          Did you mean "prod"?
`,
  },
  "an unknown option": {
    line: "env --nonsense",
    exitCode: 2,
    stdout: "false;\n",
    stderr: `kops-mfa: kops-mfa env has no option --nonsense
          kops-mfa env --help shows what it takes.
`,
  },
  "an unknown shell": {
    line: "env prod --shell zhs",
    exitCode: 2,
    stdout: "false;\n",
    stderr: `kops-mfa: --shell: unknown shell "zhs"
          did you mean zsh? the shells are bash, zsh, sh, fish, powershell, tcsh, nushell, elvish, xonsh, cmd
`,
  },
  "an unknown format": {
    line: "env prod --format jsno",
    exitCode: 2,
    stderr: `kops-mfa: --format: there is no format "jsno"
          Did you mean json? The formats are export, dotenv, json, process, github.
`,
  },
  "two profiles": {
    line: "env prod staging",
    exitCode: 2,
    stdout: "false;\n",
    stderr: `kops-mfa: kops-mfa env takes at most one profile besides its options
          kops-mfa env --help shows what it takes.
`,
  },
  "a code that is none": {
    line: "env prod --token-code 12345",
    exitCode: 2,
    stdout: "false;\n",
    stderr: `kops-mfa: --token-code: the code is not six digits
          Give the six digits that your MFA device shows now.
`,
  },
  "no terminal, and no code": {
    line: "env prod",
    exitCode: 1,
    stdout: "false;\n",
    stderr: `kops-mfa: there is no terminal to ask for the code of arn:aws:iam::111111111111:mfa/jon on
          Give it with --token-code, KOPS_MFA_TOKEN_CODE or mfa_process, or run kops-mfa in a terminal first: the session is kept.
`,
  },
  "--no-prompt": {
    line: "env prod --no-prompt",
    given: typed,
    exitCode: 1,
    stdout: "false;\n",
    stderr: `kops-mfa: a code of arn:aws:iam::111111111111:mfa/jon is needed, and nobody is to be asked (--no-prompt)
          Run \`kops-mfa login prod\` first.
`,
  },
  "Ctrl-C at the question": {
    line: "env prod",
    given: { answers: [new InterruptedError()] },
    exitCode: 130,
    asked: [codeFor("prod")],
    stdout: "false;\n",
  },
  "a wrong code is asked for again": {
    line: "env prod --shell sh",
    given: { answers: ["000000", "123456"], failures: [refusals.wrongCode] },
    asked: [codeFor("prod"), codeFor("prod")],
    calls: [
      "GetSessionToken by JON0, 43200 s, code 000000",
      "GetSessionToken by JON0, 43200 s, code 123456",
      "AssumeRole prod by S001, 3600 s",
    ],
    stdout: prodSession,
    stderr: `kops-mfa: STS refused the code of arn:aws:iam::111111111111:mfa/jon
          Wait for the next code: each works once. If none works, the device's clock is off.
`,
  },
  "STS refuses the role": {
    line: "env prod",
    given: { ...typed, failures: [null, refusals.notAuthorized] },
    exitCode: 1,
    asked: [codeFor("prod")],
    calls: [...sessionAndRole("prod"), "GetCallerIdentity by S001"],
    stdout: "false;\n",
    stderr: `kops-mfa: arn:aws:iam::111111111111:user/jon may not assume arn:aws:iam::222222222222:role/prod
          Check the ARN, the role's trust policy (does it name you? an external id, a session name, an MFA age?), and your own permission for sts:AssumeRole.
`,
  },
  "an error that is a bug": {
    line: "env prod",
    given: { ...typed, failures: [new Error("boom")] },
    exitCode: 1,
    asked: [codeFor("prod")],
    calls: ["GetSessionToken by JON0, 43200 s, code 123456"],
    stdout: "false;\n",
    stderr: `kops-mfa: internal error: boom
          This is a bug of kops-mfa: please report it, with what KOPS_MFA_DEBUG=1 adds.
`,
  },
  "a file that cannot be read": {
    line: "env prod",
    given: { unreadable: { "~/.aws/config": "permission denied" } },
    exitCode: 1,
    stdout: "false;\n",
    stderr: `kops-mfa: ~/.aws/config: cannot be read (permission denied)
          Make the file readable for you (chmod u+r), or name another.
`,
  },
});
