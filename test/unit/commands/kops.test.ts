import { testRows } from "../fakes/command-table.ts";
import { codeFor, sessionAndRole } from "../fakes/expected.ts";

const kops = { answers: ["123456"], env: { AWS_PROFILE: "prod" }, programs: { kops: {} } };
const failing = { ...kops, programs: { kops: { end: { how: "exited", exitCode: 1 } } } } as const;

testRows({
  "a command of kops, with the session": {
    line: "get clusters",
    given: kops,
    asked: [codeFor("prod")],
    calls: sessionAndRole("prod"),
    ran: ["kops get clusters (ASIATESTTESTTESTS002)"],
  },
  "the profile before it": {
    line: "--profile staging get clusters",
    given: { answers: ["123456"], programs: { kops: {} } },
    asked: [codeFor("staging")],
    calls: sessionAndRole("staging"),
    ran: ["kops get clusters (ASIATESTTESTTESTS002)"],
  },
  "-- forces it": {
    line: "-- get clusters",
    given: kops,
    asked: [codeFor("prod")],
    calls: sessionAndRole("prod"),
    ran: ["kops get clusters (ASIATESTTESTTESTS002)"],
  },
  "what needs no session gets none": {
    line: "version",
    given: kops,
    ran: ["kops version (no session)"],
  },
  "kops's own help": {
    line: "get --help",
    given: kops,
    ran: ["kops get --help (no session)"],
  },
  "what can use a cached session gets it": {
    line: "__complete get ''",
    given: kops,
    before: ["login prod"],
    ran: ["kops __complete get  (ASIATESTTESTTESTS002)"],
  },
  "a long command in a short session is served": {
    line: "rolling-update cluster --yes",
    given: kops,
    asked: [codeFor("prod")],
    calls: sessionAndRole("prod"),
    ran: ["kops rolling-update cluster --yes (http://127.0.0.1:4711/1)"],
    stderr:
      "kops-mfa: kops rolling-update cluster may take 3 h, and this session ends in 1 h; it is renewed meanwhile\n",
  },
  "a long command without the endpoint": {
    line: "--no-server rolling-update cluster --yes",
    given: kops,
    asked: [codeFor("prod")],
    calls: sessionAndRole("prod"),
    ran: ["kops rolling-update cluster --yes (ASIATESTTESTTESTS002)"],
    stderr: "kops-mfa: kops rolling-update cluster may take 3 h, and this session ends in 1 h\n",
  },
  "kops fails, and nothing is wrong with the session": {
    line: "get clusters",
    given: failing,
    exitCode: 1,
    asked: [codeFor("prod")],
    calls: [...sessionAndRole("prod"), "GetCallerIdentity by S002"],
    ran: ["kops get clusters (ASIATESTTESTTESTS002)"],
  },
  "kops fails, and the state store is not to be read": {
    line: "get clusters --state s3://clusters.example.com",
    given: { ...failing, s3: { kind: "refused", code: "AccessDenied", text: "Access Denied" } },
    exitCode: 1,
    asked: [codeFor("prod")],
    calls: sessionAndRole("prod"),
    ran: ["kops get clusters --state s3://clusters.example.com (ASIATESTTESTTESTS002)"],
    stderr: `kops-mfa: arn:aws:iam::222222222222:role/prod may not read the state store s3://clusters.example.com (--state)
          The role needs s3:ListBucket, s3:GetBucketLocation and s3:GetObject there. If a policy there asks for MFA, no session of a role can meet it: use a profile without role_arn, or ask for MFA in the role's trust policy instead.
`,
  },
  "kops is not there": {
    line: "get clusters",
    given: { ...kops, programs: {} },
    exitCode: 127,
    stderr: `kops-mfa: kops is not on your PATH
          See https://kops.sigs.k8s.io/getting_started/install/
`,
  },
  "a kops that runs kops-mfa again": {
    line: "get clusters",
    given: { ...kops, env: { ...kops.env, KOPS_MFA_DEPTH: "8" } },
    exitCode: 1,
    stderr: `kops-mfa: /usr/bin/kops runs kops-mfa again, and that runs it again
          Let it run the real kops by its full path, or take it off your PATH.
`,
  },
  "no profile that makes a session": {
    line: "get clusters",
    given: { programs: { kops: {} } },
    exitCode: 1,
    stderr: `kops-mfa: profile "default" has neither a role nor an MFA device, so there is no session to make
          \`kops-mfa setup\` writes a profile that has. Or set role_arn or mfa_serial in it, or KOPS_MFA_ROLE_ARN and KOPS_MFA_ARN.
`,
  },
  "a word that is nobody's": {
    line: "statsu",
    given: kops,
    exitCode: 2,
    stderr: `kops-mfa: there is no command "statsu"
          Did you mean status? If kops is to have it: kops-mfa -- statsu
`,
  },
});
