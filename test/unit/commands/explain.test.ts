import { inSnapshot, testRows } from "../fakes/command-table.ts";

const typed = { answers: ["123456"] };

testRows({
  "a role with a code": {
    line: "explain prod",
    stdout: `profile      prod                                                    --profile
starts with  AKIATESTTESTTESTJON0                                    profile "default" (~/.aws/credentials:2)
MFA device   arn:aws:iam::111111111111:mfa/jon                       ~/.aws/config:7 (mfa_serial)
role         arn:aws:iam::222222222222:role/prod                     ~/.aws/config:5 (role_arn)
  as         jon                                                     name of the MFA device
  for        1h                                                      default
STS          us-east-1
call 1       GetSessionToken with a code, for 12h                    not kept
call 2       AssumeRole arn:aws:iam::222222222222:role/prod, for 1h  not kept
because      one code opens every role of this user
`,
  },
  "a role whose session is cached": {
    line: "explain prod",
    given: typed,
    before: ["login prod"],
    stdout: `profile      prod                                                    --profile
starts with  AKIATESTTESTTESTJON0                                    profile "default" (~/.aws/credentials:2)
MFA device   arn:aws:iam::111111111111:mfa/jon                       ~/.aws/config:7 (mfa_serial)
role         arn:aws:iam::222222222222:role/prod                     ~/.aws/config:5 (role_arn)
  as         jon                                                     name of the MFA device
  for        1h                                                      default
STS          us-east-1
call 1       GetSessionToken with a code, for 12h                    kept, 12 h left
call 2       AssumeRole arn:aws:iam::222222222222:role/prod, for 1h  kept, 1 h left
because      one code opens every role of this user
`,
  },
  "for programs": {
    line: "explain prod --json",
    stdout: inSnapshot,
  },
  "a role without a code": {
    line: "explain open",
    stdout: `profile      open                                                    --profile
starts with  AKIATESTTESTTESTJON0                                    profile "default" (~/.aws/credentials:2)
role         arn:aws:iam::222222222222:role/open                     ~/.aws/config:16 (role_arn)
  as         kops-mfa                                                default
  for        1h                                                      default
STS          us-east-1
call 1       AssumeRole arn:aws:iam::222222222222:role/open, for 1h  not kept
because      no MFA device is configured
`,
  },
  "a user's own session": {
    line: "explain me",
    stdout: `profile      me                                               --profile
starts with  AKIATESTTESTTESTJON0                             profile "default" (~/.aws/credentials:2)
MFA device   arn:aws:iam::111111111111:mfa/jon                ~/.aws/config:21 (mfa_serial)
STS          us-east-1
call 1       GetSessionToken with a code, for 12h             not kept
because      no role: the user's own session carries the MFA
`,
  },
  "what an option and a variable override": {
    line: "explain prod --region eu-north-1",
    given: { env: { AWS_REGION: "us-west-2", KOPS_MFA_DURATION_SECONDS: "7200" } },
    stdout: `profile      prod                                                              --profile
starts with  AKIATESTTESTTESTJON0                                              profile "default" (~/.aws/credentials:2)
MFA device   arn:aws:iam::111111111111:mfa/jon                                 ~/.aws/config:7 (mfa_serial)
role         arn:aws:iam::222222222222:role/prod                               ~/.aws/config:5 (role_arn)
  as         jon                                                               name of the MFA device
  for        2h                                                                KOPS_MFA_DURATION_SECONDS
region       eu-north-1                                                        --region
STS          eu-north-1
overridden   region = us-west-2                                                AWS_REGION
call 1       AssumeRole arn:aws:iam::222222222222:role/prod with a code, for 2h  not kept
because      AWS gives a role 2h only for a code of its own
`,
  },
  "a profile with nothing in it": {
    line: "explain default",
    exitCode: 1,
    stderr: `kops-mfa: profile "default" has neither a role nor an MFA device, so there is no session to make
          \`kops-mfa setup\` writes a profile that has. Or set role_arn or mfa_serial in it, or KOPS_MFA_ROLE_ARN and KOPS_MFA_ARN.
`,
  },
  "a profile that is not there": {
    line: "explain prdo",
    exitCode: 1,
    stderr: `kops-mfa: there is no profile "prdo" in ~/.aws/config or ~/.aws/credentials
          Did you mean "prod"?
`,
  },
  "an unknown option": {
    line: "explain --jsno",
    exitCode: 2,
    stderr: `kops-mfa: kops-mfa explain has no option --jsno
          Did you mean --json?
`,
  },
});
