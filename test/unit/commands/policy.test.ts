import { inSnapshot, testRows } from "../fakes/command-table.ts";

const store = "--state-store s3://clusters.example.com";

testRows({
  "for the role of a profile": {
    line: `policy prod ${store}`,
    stdout: inSnapshot,
    stderr: `kops-mfa: the role is that of account 222222222222 in ~/.aws/config:5 (role_arn)
kops-mfa: the users are those of account 111111111111, whose device ~/.aws/config:7 (mfa_serial) names
kops-mfa: the users' policy is attached to nobody: --group NAME or --user NAME does that
`,
  },
  "for an account, without a profile": {
    line: `policy ${store} --account 222222222222 --user-account 111111111111 --group operators`,
    given: { files: { "~/.aws/config": null } },
    stdout: inSnapshot,
  },
  "no state store": {
    line: "policy prod",
    exitCode: 2,
    stderr: `kops-mfa: which state store the role is for is not known
          --state-store s3://BUCKET says it, or KOPS_STATE_STORE.
`,
  },
  "no account": {
    line: `policy ${store}`,
    given: { files: { "~/.aws/config": null } },
    exitCode: 2,
    stderr: `kops-mfa: which account the role is for is not known
          --account 222222222222 says it, or --profile with a profile that has a role_arn.
`,
  },
  "a state store that is not in S3": {
    line: "policy prod --state-store gs://clusters",
    exitCode: 2,
    stderr: `kops-mfa: --state-store: "gs://clusters" is not a state store in S3
          It looks like s3://BUCKET or s3://BUCKET/PREFIX.
`,
  },
  "an account that is none": {
    line: `policy ${store} --account 1234`,
    exitCode: 2,
    stderr: `kops-mfa: --account: "1234" is not the number of an AWS account
          It has 12 digits, without hyphens: aws sts get-caller-identity shows yours.
`,
  },
  "a user that is none": {
    line: `policy prod ${store} --user 'jon smith'`,
    exitCode: 2,
    stderr: `kops-mfa: --user: "jon smith" is neither the name nor the ARN of an IAM user
          It looks like jon or arn:aws:iam::111111111111:user/jon.
`,
  },
  "an unknown format": {
    line: `policy prod ${store} --format yaml`,
    exitCode: 2,
    stderr: `kops-mfa: --format: there is no format "yaml"
          The formats are json, script, cloudformation, terraform.
`,
  },
  "a session that is too long": {
    line: `policy prod ${store} --max-session-duration 13h`,
    exitCode: 2,
    stderr: `kops-mfa: --max-session-duration: 13h is not from 1h to 12h
          Give seconds, or a time like 1h or 12h.
`,
  },
  "an unknown option": {
    line: "policy --nonsense",
    exitCode: 2,
    stderr: `kops-mfa: kops-mfa policy has no option --nonsense
          kops-mfa policy --help shows what it takes.
`,
  },
});
