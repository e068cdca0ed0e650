import { InterruptedError } from "../../../src/errors.ts";
import { refusals } from "../../support/session/build.ts";
import { testRows } from "../fakes/command-table.ts";
import { codeFor, sessionAndRole } from "../fakes/expected.ts";
import { config } from "../fakes/standard-files.ts";

const typed = { answers: ["123456"] };

testRows({
  "a new session": {
    line: "login prod",
    given: typed,
    asked: [codeFor("prod")],
    calls: sessionAndRole("prod"),
    stderr: "kops-mfa: session of arn:aws:sts::222222222222:assumed-role/prod/jon: 1 h left\n",
  },
  "with the code on the command line": {
    line: "login prod --token-code 123456",
    calls: sessionAndRole("prod"),
    stderr: "kops-mfa: session of arn:aws:sts::222222222222:assumed-role/prod/jon: 1 h left\n",
  },
  "with the code in a variable": {
    line: "login prod",
    given: { env: { KOPS_MFA_TOKEN_CODE: "123456" } },
    calls: sessionAndRole("prod"),
    stderr: "kops-mfa: session of arn:aws:sts::222222222222:assumed-role/prod/jon: 1 h left\n",
  },
  "with a code that a program prints": {
    line: "login own",
    given: {
      files: {
        "~/.aws/config": `${config}\n[profile own]\nrole_arn = arn:aws:iam::222222222222:role/own\nsource_profile = default\nmfa_serial = arn:aws:iam::111111111111:mfa/jon\nmfa_process = oathtool --totp\n`,
      },
    },
    calls: sessionAndRole("own"),
    stderr: "kops-mfa: session of arn:aws:sts::222222222222:assumed-role/own/jon: 1 h left\n",
  },
  "a cached session is enough": {
    line: "login prod",
    given: typed,
    before: ["login prod"],
    stderr: "kops-mfa: session of arn:aws:sts::222222222222:assumed-role/prod/jon: 1 h left\n",
  },
  "one code for two roles": {
    line: "login staging",
    given: typed,
    before: ["login prod"],
    calls: ["AssumeRole staging by S001, 3600 s"],
    stderr: "kops-mfa: session of arn:aws:sts::222222222222:assumed-role/staging/jon: 1 h left\n",
  },
  "a cached session, and a code that it does not need": {
    line: "login prod --token-code 654321",
    given: typed,
    before: ["login prod"],
    stderr: "kops-mfa: session of arn:aws:sts::222222222222:assumed-role/prod/jon: 1 h left\n",
  },
  "a session that ends too soon is made anew": {
    line: "login prod --min-ttl 2h",
    given: { answers: ["123456", "654321"] },
    before: ["login prod"],
    calls: ["AssumeRole prod by S001, 3600 s"],
    stderr: "kops-mfa: session of arn:aws:sts::222222222222:assumed-role/prod/jon: 1 h left\n",
  },
  "a role of twelve hours": {
    line: "login prod --duration 12h",
    given: typed,
    asked: [codeFor("prod")],
    calls: ["AssumeRole prod by JON0, 43200 s, code 123456"],
    stderr: "kops-mfa: session of arn:aws:sts::222222222222:assumed-role/prod/jon: 12 h left\n",
  },
  "without a session to share": {
    line: "login prod --no-session",
    given: typed,
    asked: [codeFor("prod")],
    calls: ["AssumeRole prod by JON0, 3600 s, code 123456"],
    stderr: "kops-mfa: session of arn:aws:sts::222222222222:assumed-role/prod/jon: 1 h left\n",
  },
  "a role without a profile": {
    line: "login --role-arn arn:aws:iam::222222222222:role/ops --serial-number arn:aws:iam::111111111111:mfa/jon --token-code 123456",
    calls: sessionAndRole("ops"),
    stderr: "kops-mfa: session of arn:aws:sts::222222222222:assumed-role/ops/jon: 1 h left\n",
  },
  "in the keyring": {
    line: "login prod",
    given: { ...typed, env: { KOPS_MFA_CACHE: "keyring" } },
    asked: [codeFor("prod")],
    calls: sessionAndRole("prod"),
    stderr: "kops-mfa: session of arn:aws:sts::222222222222:assumed-role/prod/jon: 1 h left\n",
  },
  "without a cache": {
    line: "login prod",
    given: { ...typed, env: { KOPS_MFA_CACHE: "none" } },
    asked: [codeFor("prod")],
    calls: sessionAndRole("prod"),
    stderr: "kops-mfa: session of arn:aws:sts::222222222222:assumed-role/prod/jon: 1 h left\n",
  },
  "without a home directory": {
    line: "login --role-arn arn:aws:iam::222222222222:role/ops",
    given: {
      home: null,
      env: { AWS_ACCESS_KEY_ID: "AKIATESTTESTTESTENV0", AWS_SECRET_ACCESS_KEY: "secret" },
    },
    calls: ["AssumeRole ops by ENV0, 3600 s"],
    stderr: `kops-mfa: the session is not kept: there is no home directory (HOME)
kops-mfa: session of arn:aws:sts::222222222222:assumed-role/ops/kops-mfa: 1 h left
`,
  },
  "a profile without a role or a device": {
    line: "login",
    exitCode: 1,
    stderr: `kops-mfa: profile "default" has neither a role nor an MFA device, so there is no session to make
          \`kops-mfa setup\` writes a profile that has. Or set role_arn or mfa_serial in it, or KOPS_MFA_ROLE_ARN and KOPS_MFA_ARN.
`,
  },
  "no keys": {
    line: "login prod",
    given: { files: { "~/.aws/credentials": null } },
    exitCode: 1,
    stderr: `kops-mfa: profile "default" has no access keys
          Put its aws_access_key_id and aws_secret_access_key into ~/.aws/credentials (aws configure does).
`,
  },
  "no files at all": {
    line: "login",
    given: { files: { "~/.aws/config": null, "~/.aws/credentials": null } },
    exitCode: 1,
    stderr: `kops-mfa: there are no access keys: none in the environment, no profile "default" in ~/.aws/config (which does not exist) or ~/.aws/credentials (which does not exist)
          Run \`aws configure\`, name a profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
`,
  },
  "a broken line in the configuration": {
    line: "login prod",
    given: { files: { "~/.aws/config": "[profile prod]\nnonsense\n" } },
    exitCode: 1,
    stderr: `kops-mfa: ~/.aws/config:2: this is no [section], no key = value and no comment
          Correct the line, or put a # in front of it.
`,
  },
  "source profiles in a loop": {
    line: "login a",
    given: {
      files: {
        "~/.aws/config":
          "[profile a]\nrole_arn = arn:aws:iam::222222222222:role/a\nsource_profile = b\n[profile b]\nrole_arn = arn:aws:iam::222222222222:role/b\nsource_profile = a\n",
      },
    },
    exitCode: 1,
    stderr: `kops-mfa: profile "a": source_profile goes round in a circle: a → b → a
          One of these profiles must have access keys, or name a source_profile that has.
`,
  },
  "no terminal": {
    line: "login prod",
    exitCode: 1,
    stderr: `kops-mfa: there is no terminal to ask for the code of arn:aws:iam::111111111111:mfa/jon on
          Give it with --token-code, KOPS_MFA_TOKEN_CODE or mfa_process, or run kops-mfa in a terminal first: the session is kept.
`,
  },
  "the right code at the second try": {
    line: "login prod",
    given: { answers: ["12", "000000", "123456"], failures: [refusals.wrongCode] },
    asked: [codeFor("prod"), codeFor("prod"), codeFor("prod")],
    calls: [
      "GetSessionToken by JON0, 43200 s, code 000000",
      "GetSessionToken by JON0, 43200 s, code 123456",
      "AssumeRole prod by S001, 3600 s",
    ],
    stderr: `kops-mfa: the code has six digits
kops-mfa: STS refused the code of arn:aws:iam::111111111111:mfa/jon
          Wait for the next code: each works once. If none works, the device's clock is off.
kops-mfa: session of arn:aws:sts::222222222222:assumed-role/prod/jon: 1 h left
`,
  },
  "no right code in three tries": {
    line: "login prod",
    given: {
      answers: ["111111", "222222", "333333", "444444"],
      failures: [refusals.wrongCode, refusals.wrongCode, refusals.wrongCode],
    },
    exitCode: 1,
    asked: [codeFor("prod"), codeFor("prod"), codeFor("prod")],
    calls: [
      "GetSessionToken by JON0, 43200 s, code 111111",
      "GetSessionToken by JON0, 43200 s, code 222222",
      "GetSessionToken by JON0, 43200 s, code 333333",
    ],
    stderr: `kops-mfa: STS refused the code of arn:aws:iam::111111111111:mfa/jon
          Wait for the next code: each works once. If none works, the device's clock is off.
kops-mfa: STS refused the code of arn:aws:iam::111111111111:mfa/jon
          Wait for the next code: each works once. If none works, the device's clock is off.
kops-mfa: STS refused the code of arn:aws:iam::111111111111:mfa/jon
          Wait for the next code: each works once. If none works, the device's clock is off.
`,
  },
  "Ctrl-C": {
    line: "login prod",
    given: { answers: [new InterruptedError()] },
    exitCode: 130,
    asked: [codeFor("prod")],
  },
  "a device that is not the user's": {
    line: "login prod",
    given: { ...typed, failures: [refusals.wrongSerial] },
    exitCode: 1,
    asked: [codeFor("prod")],
    calls: ["GetSessionToken by JON0, 43200 s, code 123456", "GetCallerIdentity by JON0"],
    stderr: `kops-mfa: arn:aws:iam::111111111111:mfa/jon is not a working MFA device of arn:aws:iam::111111111111:user/jon
          Compare mfa_serial (KOPS_MFA_ARN) with \`aws iam list-mfa-devices\`; if it is right, resynchronise the device in the IAM console.
`,
  },
  "keys that have expired": {
    line: "login prod",
    given: { ...typed, failures: [refusals.expired] },
    exitCode: 1,
    asked: [codeFor("prod")],
    calls: ["GetSessionToken by JON0, 43200 s, code 123456"],
    stderr: `kops-mfa: the temporary keys of profile "default" (~/.aws/credentials:2) have expired
          Renew them where they come from, or start from long-lived access keys.
`,
  },
  "too many arguments": {
    line: "login prod staging",
    exitCode: 2,
    stderr: `kops-mfa: kops-mfa login takes at most one profile besides its options
          kops-mfa login --help shows what it takes.
`,
  },
  "an option of another command": {
    line: "login --json",
    exitCode: 2,
    stderr: `kops-mfa: kops-mfa login has no option --json
          kops-mfa login --help shows what it takes.
`,
  },
});
