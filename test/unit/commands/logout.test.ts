import { testRows } from "../fakes/command-table.ts";

const typed = { answers: ["123456"] };

testRows({
  "all sessions": {
    line: "logout",
    given: typed,
    before: ["login prod"],
    stderr: "kops-mfa: 2 sessions forgotten\n",
  },
  "those of one profile": {
    line: "logout prod",
    given: typed,
    before: ["login prod", "login staging"],
    stderr: "kops-mfa: 2 sessions forgotten\n",
  },
  "no session": {
    line: "logout",
    stderr: "kops-mfa: 0 sessions forgotten\n",
  },
  "a profile without a session": {
    line: "logout staging",
    given: typed,
    before: ["login prod"],
    stderr: "kops-mfa: 0 sessions forgotten\n",
  },
  "a new code is needed afterwards": {
    line: "env prod",
    given: typed,
    before: ["login prod", "logout"],
    exitCode: 1,
    stdout: "false;\n",
    stderr: `kops-mfa: there is no terminal to ask for the code of arn:aws:iam::111111111111:mfa/jon on
          Give it with --token-code, KOPS_MFA_TOKEN_CODE or mfa_process, or run kops-mfa in a terminal first: the session is kept.
`,
  },
  "an unknown option": {
    line: "logout --all",
    exitCode: 2,
    stderr: `kops-mfa: kops-mfa logout has no option --all
          kops-mfa logout --help shows what it takes.
`,
  },
});
