import { describe, expect, it } from "vitest";
import { isOnPath } from "../../support/programs.ts";
import { runProgram } from "../../e2e/person.ts";
import { bash, sh, zsh } from "../../../src/shell/dialects/posix.ts";

const change = {
  unset: ["AWS_PROFILE"],
  set: [
    ["AWS_ACCESS_KEY_ID", "ASIAIOSFODNN7EXAMPLE"],
    ["AWS_REGION", "it's new"],
  ],
} as const;

/** Ways to start a shell in which parentheses, redirections, loops or options are not what they usually are. */
const starts: readonly (readonly [string, typeof bash | typeof zsh | typeof sh])[] = [
  ["bash --norc -r", bash],
  ["bash --norc --posix -u", bash],
  ["bash --norc -E -o pipefail", bash],
  ["zsh -f -r", zsh],
  ["zsh -f -o globsubst -o extendedglob -o kshglob", zsh],
  ["zsh -f -o cshjunkieloops -o shortloops -o ignorebraces", zsh],
  ["zsh -f -o ksharrays -o shwordsplit -o noclobber", zsh],
  ["zsh --emulate sh -f", sh],
  ["zsh --emulate csh -f", zsh],
  ["dash -u", sh],
  ["ksh -r", sh],
  ["mksh -r", sh],
  ["yash --norcfile --posix", sh],
  ["busybox ash", sh],
];

describe.each(starts)("a readonly variable in %s", (start, dialect) => {
  const [shell = "", ...options] = start.split(" ");
  const show = 'echo "$? <${AWS_PROFILE-},${AWS_ACCESS_KEY_ID-},${AWS_REGION-}>"';
  const env = {
    PATH: process.env["PATH"] ?? "",
    CODE: dialect.render(change),
    AWS_PROFILE: "staging",
    AWS_REGION: "old",
  };
  const skipped = !isOnPath(shell) && process.env["KOPS_MFA_REQUIRE_ALL"] !== "1";

  it.skipIf(skipped).for([
    ["with quotes", 'eval "$CODE"'],
    ["without quotes", `eval $(printf "%s" "$CODE")`],
  ] as const)("changes nothing, %s", async ([, evaluate]) => {
    for (const name of ["AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_REGION"]) {
      const script = `readonly ${name}\n${evaluate}\n${show}\necho done`;
      const { stdout, stderr } = await runProgram(shell, [...options, "-c", script], env);
      expect(stdout.split("\n")[0], stderr).toBe("1 <staging,,old>");
      expect(stderr).toMatch(
        new RegExp(`^kops-mfa: ${name} is readonly in this shell, so nothing was changed\\..*\n$`),
      );
      expect(stdout).toMatch(/\ndone\n$/);
    }
    const { stdout, stderr } = await runProgram(
      shell,
      [...options, "-c", `${evaluate}\n${show}`],
      env,
    );
    expect({ stdout, stderr }).toEqual({
      stdout: "0 <,ASIAIOSFODNN7EXAMPLE,it's new>\n",
      stderr: "",
    });
  });
});
