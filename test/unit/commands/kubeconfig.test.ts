import { kopsUser, kubeconfigOf } from "../../support/kubeconfig/build.ts";
import { testRows } from "../fakes/command-table.ts";

/** {@link kopsUser} as kops-mfa changes it, with these options of `exec`. */
const wrappedUser = (name: string, options: string) => `- name: ${name}
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1beta1
      args:
      - exec
${options
  .split(" ")
  .map((option) => `      - ${option}\n`)
  .join("")}      - --
      - kops
      - helpers
      - kubectl-auth
      - --cluster=${name}
      - --state=s3://clusters.example.com
      command: kops-mfa
      env: null
      installHint: "kops-mfa runs kops with an MFA session, and is not on the PATH here. Install it, or run \`kops export kubeconfig\`, which puts kops itself here again."
      provideClusterInfo: false
`;

const path = "~/.kube/config";
const kubeconfig = kubeconfigOf(kopsUser());
const given = { files: { [path]: kubeconfig } };
const two = { files: { [path]: kubeconfigOf(kopsUser(), kopsUser("two.example.com")) } };

testRows({
  "the current user, after a yes": {
    line: "kubeconfig -p prod",
    given: { ...given, answers: ["y"] },
    asked: ["Change ~/.kube/config? [y/N]"],
    stderr: `kops-mfa: ~/.kube/config: user "one.example.com"
kops-mfa: - kops helpers kubectl-auth --cluster=one.example.com --state=s3://clusters.example.com
kops-mfa: + kops-mfa exec --profile prod -- kops helpers kubectl-auth --cluster=one.example.com --state=s3://clusters.example.com
kops-mfa: changed; when kops export kubeconfig has written the user anew, run this again
`,
    written: { "~/.kube/config": kubeconfigOf(wrappedUser("one.example.com", "--profile prod")) },
  },
  "an answer that is none comes again": {
    line: "kubeconfig -p prod",
    given: { ...given, answers: ["maybe", "n"] },
    exitCode: 1,
    asked: ["Change ~/.kube/config? [y/N]", "Change ~/.kube/config? [y/N]"],
    stderr: `kops-mfa: ~/.kube/config: user "one.example.com"
kops-mfa: - kops helpers kubectl-auth --cluster=one.example.com --state=s3://clusters.example.com
kops-mfa: + kops-mfa exec --profile prod -- kops helpers kubectl-auth --cluster=one.example.com --state=s3://clusters.example.com
kops-mfa: answer y or n
kops-mfa: nothing was changed
`,
  },
  "Enter is no": {
    line: "kubeconfig -p prod",
    given: { ...given, answers: [""] },
    exitCode: 1,
    asked: ["Change ~/.kube/config? [y/N]"],
    stderr: `kops-mfa: ~/.kube/config: user "one.example.com"
kops-mfa: - kops helpers kubectl-auth --cluster=one.example.com --state=s3://clusters.example.com
kops-mfa: + kops-mfa exec --profile prod -- kops helpers kubectl-auth --cluster=one.example.com --state=s3://clusters.example.com
kops-mfa: nothing was changed
`,
  },
  "without a question": {
    line: "kubeconfig -p prod --yes",
    given,
    stderr: `kops-mfa: ~/.kube/config: user "one.example.com"
kops-mfa: - kops helpers kubectl-auth --cluster=one.example.com --state=s3://clusters.example.com
kops-mfa: + kops-mfa exec --profile prod -- kops helpers kubectl-auth --cluster=one.example.com --state=s3://clusters.example.com
kops-mfa: changed; when kops export kubeconfig has written the user anew, run this again
`,
    written: { "~/.kube/config": kubeconfigOf(wrappedUser("one.example.com", "--profile prod")) },
  },
  "a role without a profile": {
    line: "kubeconfig --yes --role-arn arn:aws:iam::222222222222:role/ops --serial-number arn:aws:iam::111111111111:mfa/jon",
    given,
    stderr: `kops-mfa: ~/.kube/config: user "one.example.com"
kops-mfa: - kops helpers kubectl-auth --cluster=one.example.com --state=s3://clusters.example.com
kops-mfa: + kops-mfa exec --profile default --role-arn arn:aws:iam::222222222222:role/ops --serial-number arn:aws:iam::111111111111:mfa/jon -- kops helpers kubectl-auth --cluster=one.example.com --state=s3://clusters.example.com
kops-mfa: changed; when kops export kubeconfig has written the user anew, run this again
`,
    written: {
      "~/.kube/config": kubeconfigOf(
        wrappedUser(
          "one.example.com",
          "--profile default --role-arn arn:aws:iam::222222222222:role/ops --serial-number arn:aws:iam::111111111111:mfa/jon",
        ),
      ),
    },
  },
  "every user": {
    line: "kubeconfig --all --yes -p prod",
    given: two,
    stderr: `kops-mfa: ~/.kube/config: user "one.example.com"
kops-mfa: - kops helpers kubectl-auth --cluster=one.example.com --state=s3://clusters.example.com
kops-mfa: + kops-mfa exec --profile prod -- kops helpers kubectl-auth --cluster=one.example.com --state=s3://clusters.example.com
kops-mfa: ~/.kube/config: user "two.example.com"
kops-mfa: - kops helpers kubectl-auth --cluster=two.example.com --state=s3://clusters.example.com
kops-mfa: + kops-mfa exec --profile prod -- kops helpers kubectl-auth --cluster=two.example.com --state=s3://clusters.example.com
kops-mfa: changed; when kops export kubeconfig has written the user anew, run this again
`,
    written: {
      "~/.kube/config": kubeconfigOf(
        wrappedUser("one.example.com", "--profile prod"),
        wrappedUser("two.example.com", "--profile prod"),
      ),
    },
  },
  "only shown": {
    line: "kubeconfig -p prod --dry-run",
    given,
    stderr: `kops-mfa: ~/.kube/config: user "one.example.com"
kops-mfa: - kops helpers kubectl-auth --cluster=one.example.com --state=s3://clusters.example.com
kops-mfa: + kops-mfa exec --profile prod -- kops helpers kubectl-auth --cluster=one.example.com --state=s3://clusters.example.com
`,
  },
  "changed already": {
    line: "kubeconfig -p prod --yes",
    given,
    before: ["kubeconfig -p prod --yes"],
    stderr: `kops-mfa: nothing to change: kops runs under kops-mfa already for "one.example.com"
`,
  },
  "changed back": {
    line: "kubeconfig --undo --yes",
    given,
    before: ["kubeconfig -p prod --yes"],
    stderr: `kops-mfa: ~/.kube/config: user "one.example.com"
kops-mfa: - kops-mfa exec --profile prod -- kops helpers kubectl-auth --cluster=one.example.com --state=s3://clusters.example.com
kops-mfa: + kops helpers kubectl-auth --cluster=one.example.com --state=s3://clusters.example.com
kops-mfa: changed back
`,
    written: { "~/.kube/config": kubeconfig },
  },
  "nothing to change back": {
    line: "kubeconfig --undo",
    given,
    stderr: `kops-mfa: nothing to change: kops runs by itself already for "one.example.com"
`,
  },
  "no terminal": {
    line: "kubeconfig -p prod",
    given,
    exitCode: 1,
    stderr: `kops-mfa: ~/.kube/config: user "one.example.com"
kops-mfa: - kops helpers kubectl-auth --cluster=one.example.com --state=s3://clusters.example.com
kops-mfa: + kops-mfa exec --profile prod -- kops helpers kubectl-auth --cluster=one.example.com --state=s3://clusters.example.com
kops-mfa: nothing was changed: there is no terminal to ask on
          --yes changes without asking; --dry-run only shows.
`,
  },
  "no kubeconfig": {
    line: "kubeconfig",
    exitCode: 1,
    stderr: `kops-mfa: there is no kubeconfig: ~/.kube/config does not exist
          \`kops export kubeconfig\` writes one.
`,
  },
  "another file": {
    line: "kubeconfig --kubeconfig /work/kube -p prod --yes",
    given: { files: { "/work/kube": kubeconfig } },
    stderr: `kops-mfa: /work/kube: user "one.example.com"
kops-mfa: - kops helpers kubectl-auth --cluster=one.example.com --state=s3://clusters.example.com
kops-mfa: + kops-mfa exec --profile prod -- kops helpers kubectl-auth --cluster=one.example.com --state=s3://clusters.example.com
kops-mfa: changed; when kops export kubeconfig has written the user anew, run this again
`,
    written: { "/work/kube": kubeconfigOf(wrappedUser("one.example.com", "--profile prod")) },
  },
  "a file that is no kubeconfig": {
    line: "kubeconfig -p prod",
    given: { files: { [path]: "users: [\n" } },
    exitCode: 1,
    stderr: `kops-mfa: ~/.kube/config:2: this is not YAML that kubectl reads (bad indent)
          \`kubectl config view\` says more. Correct the line, then run this again.
`,
  },
  "a name that is nobody's": {
    line: "kubeconfig three.example.com -p prod",
    given,
    exitCode: 1,
    stderr: `kops-mfa: ~/.kube/config: there is no context, cluster or user "three.example.com"
          Did you mean "one.example.com"?
`,
  },
  "a name and --all": {
    line: "kubeconfig one.example.com --all",
    given,
    exitCode: 2,
    stderr: `kops-mfa: "one.example.com" is one, and --all is all
          Give one of them.
`,
  },
  "--undo with a profile": {
    line: "kubeconfig --undo -p prod",
    given,
    exitCode: 2,
    stderr: `kops-mfa: --undo takes the session out again, and needs no "prod"
          Leave one of them out.
`,
  },
  "a profile that is not there": {
    line: "kubeconfig -p prdo",
    given,
    exitCode: 1,
    stderr: `kops-mfa: there is no profile "prdo" in ~/.aws/config or ~/.aws/credentials
          Did you mean "prod"?
`,
  },
});
