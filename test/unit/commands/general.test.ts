import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { commandNames } from "../../../src/app.ts";
import { completedShells } from "../../../src/commands/completions-run.ts";
import { integrations } from "../../../src/shell/integrations.ts";
import { testRows } from "../fakes/command-table.ts";
import { runCommand } from "../fakes/run-command.ts";

testRows({
  "--version": {
    line: "--version",
    stdout: "1.2.3\n",
  },
  "use, without the integration": {
    line: "use prod",
    exitCode: 1,
    stderr: `kops-mfa: kops-mfa use works in a shell that has loaded the integration
          Once: eval "$(kops-mfa init bash)" (in ~/.bashrc); kops-mfa init --help has the line for every shell.
`,
  },
  "off, without the integration, in fish": {
    line: "off",
    given: { shell: "fish" },
    exitCode: 1,
    stderr: `kops-mfa: kops-mfa off works in a shell that has loaded the integration
          Once: kops-mfa init fish | source (in ~/.config/fish/config.fish); kops-mfa init --help has the line for every shell.
`,
  },
  "init of a shell without an integration": {
    line: "init cmd",
    exitCode: 2,
    stderr: `kops-mfa: init: there is no integration for cmd yet
          There is one for bash, zsh, sh, fish, powershell, tcsh, nushell, elvish, xonsh.
`,
  },
  "init of a shell that is none": {
    line: "init bsh",
    exitCode: 2,
    stderr: `kops-mfa: init: unknown shell "bsh"
          did you mean bash? the shells are bash, zsh, sh, fish, powershell, tcsh, nushell, elvish, xonsh, cmd
`,
  },
  "init without a shell": {
    line: "init",
    exitCode: 2,
    stderr: `kops-mfa: kops-mfa init needs the name of a shell
          kops-mfa init --help shows what it takes.
`,
  },
  "init with commands that renew": {
    line: "init bash --wrap kops,kubectl --output /work/init.sh",
    written: {
      "/work/init.sh": `${readFileSync("shell/kops-mfa.bash", "utf8")}__kops_mfa_wrap kops kubectl
`,
    },
  },
  "init with a name that is none": {
    line: "init bash --wrap 'kops;rm'",
    exitCode: 2,
    stderr: `kops-mfa: --wrap: "kops;rm" is not the name of a command
          Name commands, with commas between them: --wrap kops,kubectl.
`,
  },
  "completions of a shell without any": {
    line: "completions tcsh",
    exitCode: 2,
    stderr: `kops-mfa: completions: there is none for tcsh
          There is one for bash, zsh, fish, powershell, nushell, elvish.
`,
  },
  "completions of a shell that is none": {
    line: "completions bsh",
    exitCode: 2,
    stderr: `kops-mfa: completions: unknown shell "bsh"
          did you mean bash? the shells are bash, zsh, sh, fish, powershell, tcsh, nushell, elvish, xonsh, cmd
`,
  },
  "completions without a shell": {
    line: "completions",
    exitCode: 2,
    stderr: `kops-mfa: kops-mfa completions needs the name of a shell
          kops-mfa completions --help shows what it takes.
`,
  },
  "completions with two shells": {
    line: "completions bash zsh",
    exitCode: 2,
    stderr: `kops-mfa: kops-mfa completions takes at most one shell besides its options
          kops-mfa completions --help shows what it takes.
`,
  },
});

const nothingElse = { asked: [], calls: [], ran: [], written: {} };

test.for([...commandNames.map((name) => `${name} --help`), "--help", "-h", ""])(
  "%s shows what can be typed",
  async (line) => {
    const { exitCode, stdout, stderr, ...rest } = await runCommand(line);
    expect([exitCode, rest]).toEqual([0, nothingElse]);
    // What env prints is evaluated.
    expect(line.startsWith("env") ? stdout : stderr).toBe("");
    expect(stdout + stderr).toMatchSnapshot();
  },
);

test.for(Object.entries(integrations))(
  "init %s prints the integration",
  async ([shell, { file }]) => {
    expect(await runCommand(`init ${shell}`)).toEqual({
      ...nothingElse,
      ...{ exitCode: 0, stdout: readFileSync(`shell/${file}`, "utf8"), stderr: "" },
    });
  },
);

test.for(completedShells)("completions %s prints the completion", async (shell) => {
  const { exitCode, stdout, stderr, ...rest } = await runCommand(`completions ${shell}`);
  expect([exitCode, stderr, rest]).toEqual([0, "", nothingElse]);
  expect(readFileSync(`completions/${fileOf(shell)}`, "utf8")).toBe(stdout);
});

/** Every completion is a file of its own. */
function fileOf(shell: string): string {
  const endings = {
    bash: "kops-mfa.bash",
    zsh: "_kops-mfa",
    fish: "kops-mfa.fish",
    powershell: "kops-mfa.ps1",
  };
  const others = { nushell: "kops-mfa.nu", elvish: "kops-mfa.elv" };
  return new Map(Object.entries({ ...endings, ...others })).get(shell) ?? shell;
}
