import { testRows } from "../fakes/command-table.ts";
import { active } from "../fakes/expected.ts";

const typed = { answers: ["123456"] };

testRows({
  "a session": {
    line: "status prod",
    given: typed,
    before: ["login prod"],
    stdout: `profile     prod
role        arn:aws:iam::222222222222:role/prod
identity    arn:aws:sts::222222222222:assumed-role/prod/jon
MFA device  arn:aws:iam::111111111111:mfa/jon
session     1 h left (until 2026-01-02T04:04:05Z)
this shell  does not carry it
`,
  },
  "a session, in the shell that has it": {
    line: "status prod",
    given: { ...typed, env: active },
    before: ["login prod"],
    stdout: `profile     prod
role        arn:aws:iam::222222222222:role/prod
identity    arn:aws:sts::222222222222:assumed-role/prod/jon
MFA device  arn:aws:iam::111111111111:mfa/jon
session     1 h left (until 2026-01-02T04:04:05Z)
this shell  carries it
`,
  },
  "the profile of the shell": {
    line: "status",
    given: { ...typed, env: active },
    before: ["login prod"],
    stdout: `profile     prod
role        arn:aws:iam::222222222222:role/prod
identity    arn:aws:sts::222222222222:assumed-role/prod/jon
MFA device  arn:aws:iam::111111111111:mfa/jon
session     1 h left (until 2026-01-02T04:04:05Z)
this shell  carries it
`,
  },
  "a session, for programs": {
    line: "status prod --json",
    given: typed,
    before: ["login prod"],
    stdout: `{
  "profile": "prod",
  "role": "arn:aws:iam::222222222222:role/prod",
  "identity": "arn:aws:sts::222222222222:assumed-role/prod/jon",
  "serial_number": "arn:aws:iam::111111111111:mfa/jon",
  "expires_at": "2026-01-02T04:04:05Z",
  "seconds_left": 3600,
  "in_shell": false
}
`,
  },
  "no session": {
    line: "status prod",
    exitCode: 1,
    stdout: `profile     prod
role        arn:aws:iam::222222222222:role/prod
MFA device  arn:aws:iam::111111111111:mfa/jon
session     none
this shell  does not carry it
`,
  },
  "no session, for programs": {
    line: "status prod --json",
    exitCode: 1,
    stdout: `{
  "profile": "prod",
  "role": "arn:aws:iam::222222222222:role/prod",
  "identity": null,
  "serial_number": "arn:aws:iam::111111111111:mfa/jon",
  "expires_at": null,
  "seconds_left": 0,
  "in_shell": false
}
`,
  },
  "a user's own session": {
    line: "status me",
    given: typed,
    before: ["login me"],
    stdout: `profile     me
role        none: the user's own session
MFA device  arn:aws:iam::111111111111:mfa/jon
session     12 h left (until 2026-01-02T15:04:05Z)
this shell  does not carry it
`,
  },
  "a profile that is not there": {
    line: "status prdo",
    exitCode: 1,
    stderr: `kops-mfa: there is no profile "prdo" in ~/.aws/config or ~/.aws/credentials
          Did you mean "prod"?
`,
  },
  "too many arguments": {
    line: "status prod staging",
    exitCode: 2,
    stderr: `kops-mfa: kops-mfa status takes at most one profile besides its options
          kops-mfa status --help shows what it takes.
`,
  },
});
