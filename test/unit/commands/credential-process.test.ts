import { InterruptedError } from "../../../src/errors.ts";
import { testRows } from "../fakes/command-table.ts";
import { codeFor, sessionAndRole } from "../fakes/expected.ts";

const typed = { answers: ["123456"] };

testRows({
  "a new session": {
    line: "credential-process --profile prod",
    given: typed,
    asked: [codeFor("prod")],
    calls: sessionAndRole("prod"),
    stdout: `{
  "Version": 1,
  "AccessKeyId": "ASIATESTTESTTESTS002",
  "SecretAccessKey": "test/secret+S002/not/a/real/key/00000000",
  "SessionToken": "test/token+S002==",
  "Expiration": "2026-01-02T03:59:05Z"
}
`,
  },
  "a cached session": {
    line: "credential-process --profile prod",
    given: typed,
    before: ["login prod"],
    stdout: `{
  "Version": 1,
  "AccessKeyId": "ASIATESTTESTTESTS002",
  "SecretAccessKey": "test/secret+S002/not/a/real/key/00000000",
  "SessionToken": "test/token+S002==",
  "Expiration": "2026-01-02T03:59:05Z"
}
`,
  },
  "a role without a code": {
    line: "credential-process --profile open",
    calls: ["AssumeRole open by JON0, 3600 s"],
    stdout: `{
  "Version": 1,
  "AccessKeyId": "ASIATESTTESTTESTS001",
  "SecretAccessKey": "test/secret+S001/not/a/real/key/00000000",
  "SessionToken": "test/token+S001==",
  "Expiration": "2026-01-02T03:59:05Z"
}
`,
  },
  "no terminal": {
    line: "credential-process --profile prod",
    exitCode: 1,
    stderr: `kops-mfa: there is no terminal to ask for the code of arn:aws:iam::111111111111:mfa/jon on
          Give it with --token-code, KOPS_MFA_TOKEN_CODE or mfa_process, or run kops-mfa in a terminal first: the session is kept.
`,
  },
  "Ctrl-C": {
    line: "credential-process --profile prod",
    given: { answers: [new InterruptedError()] },
    exitCode: 130,
    asked: [codeFor("prod")],
  },
  "a profile that is not there": {
    line: "credential-process --profile prdo",
    exitCode: 1,
    stderr: `kops-mfa: there is no profile "prdo" in ~/.aws/config or ~/.aws/credentials
          Did you mean "prod"?
`,
  },
  "the profile as an argument": {
    line: "credential-process open",
    calls: ["AssumeRole open by JON0, 3600 s"],
    stdout: `{
  "Version": 1,
  "AccessKeyId": "ASIATESTTESTTESTS001",
  "SecretAccessKey": "test/secret+S001/not/a/real/key/00000000",
  "SessionToken": "test/token+S001==",
  "Expiration": "2026-01-02T03:59:05Z"
}
`,
  },
});
