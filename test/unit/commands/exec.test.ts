import { testRows } from "../fakes/command-table.ts";
import { codeFor, sessionAndRole } from "../fakes/expected.ts";

const typed = { answers: ["123456"] };
const terraform = { ...typed, programs: { terraform: {} } };

testRows({
  "a program, with the session": {
    line: "exec prod -- terraform plan",
    given: terraform,
    asked: [codeFor("prod")],
    calls: sessionAndRole("prod"),
    ran: ["terraform plan (ASIATESTTESTTESTS002)"],
  },
  "a cached session": {
    line: "exec prod -- terraform plan",
    given: terraform,
    before: ["login prod"],
    ran: ["terraform plan (ASIATESTTESTTESTS002)"],
  },
  "an endpoint instead of keys": {
    line: "exec prod --server -- terraform plan",
    given: terraform,
    asked: [codeFor("prod")],
    calls: sessionAndRole("prod"),
    ran: ["terraform plan (http://127.0.0.1:4711/1)"],
  },
  "the user's shell": {
    line: "exec prod",
    given: { ...typed, env: { SHELL: "/bin/zsh" }, programs: { "/bin/zsh": {} } },
    asked: [codeFor("prod")],
    calls: sessionAndRole("prod"),
    ran: ["/bin/zsh (ASIATESTTESTTESTS002)"],
  },
  "the program's own exit code": {
    line: "exec prod -- terraform plan",
    given: { ...typed, programs: { terraform: { end: { how: "exited", exitCode: 3 } } } },
    exitCode: 3,
    asked: [codeFor("prod")],
    calls: sessionAndRole("prod"),
    ran: ["terraform plan (ASIATESTTESTTESTS002)"],
  },
  "a program that a signal ended": {
    line: "exec prod -- terraform plan",
    given: {
      ...typed,
      programs: { terraform: { end: { how: "killed", signal: "SIGTERM", exitCode: 143 } } },
    },
    exitCode: 143,
    asked: [codeFor("prod")],
    calls: sessionAndRole("prod"),
    ran: ["terraform plan (ASIATESTTESTTESTS002)"],
  },
  "a program that is not there": {
    line: "exec prod -- terraform plan",
    given: typed,
    exitCode: 127,
    stderr: `kops-mfa: terraform is not on your PATH
          Is the name right, and the program installed?
`,
  },
  "a path where nothing is": {
    line: "exec prod -- ./plan",
    given: typed,
    exitCode: 127,
    stderr: `kops-mfa: there is no ./plan
          Is the name right, and the program installed?
`,
  },
  "a file that is no program": {
    line: "exec prod -- terraform plan",
    given: {
      ...typed,
      programs: { terraform: { found: { how: "not-executable", path: "/usr/bin/terraform" } } },
    },
    exitCode: 126,
    stderr: `kops-mfa: /usr/bin/terraform is not executable
          chmod +x /usr/bin/terraform
`,
  },
  "a program that cannot be started": {
    line: "exec prod -- terraform plan",
    given: {
      ...typed,
      programs: { terraform: { end: { how: "not-started", why: "exec format error" } } },
    },
    exitCode: 126,
    asked: [codeFor("prod")],
    calls: sessionAndRole("prod"),
    ran: ["terraform plan (ASIATESTTESTTESTS002)"],
    stderr: `kops-mfa: /usr/bin/terraform could not be started: exec format error
          Is it a program for this machine, and is the interpreter there that its first line names?
`,
  },
  "nothing after --": {
    line: "exec prod --",
    exitCode: 2,
    stderr: `kops-mfa: exec: there is no command after --
          kops-mfa exec -- terraform plan
`,
  },
  "no --": {
    line: "exec prod terraform plan",
    exitCode: 2,
    stderr: `kops-mfa: exec: the command goes after --
          kops-mfa exec prod -- terraform plan
`,
  },
  "no session, and the program does not run": {
    line: "exec prod -- terraform plan",
    given: { programs: { terraform: {} } },
    exitCode: 1,
    stderr: `kops-mfa: there is no terminal to ask for the code of arn:aws:iam::111111111111:mfa/jon on
          Give it with --token-code, KOPS_MFA_TOKEN_CODE or mfa_process, or run kops-mfa in a terminal first: the session is kept.
`,
  },
  "an unknown option": {
    line: "exec --nonsense -- terraform plan",
    given: terraform,
    exitCode: 2,
    stderr: `kops-mfa: kops-mfa exec has no option --nonsense
          kops-mfa exec --help shows what it takes.
`,
  },
});
