import { InterruptedError } from "../../../src/errors.ts";
import { refusals } from "../../support/session/build.ts";
import { inSnapshot, testRows } from "../fakes/command-table.ts";
import { active, codeFor, sessionAndRole } from "../fakes/expected.ts";

const typed = { answers: ["123456"] };

testRows({
  "a new session, for the shell that started it": {
    line: "env prod",
    given: typed,
    asked: [codeFor("prod")],
    calls: sessionAndRole("prod"),
    stdout: inSnapshot,
  },
  "a cached session needs no code": {
    line: "env prod --shell sh",
    given: typed,
    before: ["login prod"],
    stdout: inSnapshot,
  },
  "the profile of AWS_PROFILE is remembered": {
    line: "env --shell sh",
    given: { ...typed, env: { AWS_PROFILE: "staging" } },
    asked: [codeFor("staging")],
    calls: sessionAndRole("staging"),
    stdout: inSnapshot,
  },
  "in fish": {
    line: "env prod --shell fish",
    given: typed,
    before: ["login prod"],
    stdout: inSnapshot,
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
    stdout: inSnapshot,
    stderr: `kops-mfa: nothing was changed yet; to use it: eval "$(kops-mfa env prod)"
`,
  },
  "a session of the user, without a role": {
    line: "env me --shell sh",
    given: typed,
    asked: ["MFA code of jon (111111111111) for profile me: "],
    calls: ["GetSessionToken by JON0, 43200 s, code 123456"],
    stdout: inSnapshot,
  },
  "a role without MFA": {
    line: "env open --shell sh",
    calls: ["AssumeRole open by JON0, 3600 s"],
    stdout: inSnapshot,
  },
  "--unset in a shell with a session": {
    line: "env --unset",
    given: { env: active },
    stdout: inSnapshot,
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
    stdout: inSnapshot,
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
