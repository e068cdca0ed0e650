import { describe, expect, it } from "vitest";
import type { EnvironmentChange } from "../../../src/shell/change.ts";
import { findDialect, shellNames } from "../../../src/shell/dialects/registry.ts";

const change: EnvironmentChange = {
  unset: ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"],
  set: [
    ["AWS_ACCESS_KEY_ID", "ASIAIOSFODNN7EXAMPLE"],
    ["AWS_CREDENTIAL_EXPIRATION", "2026-11-23T08:00:00Z"],
  ],
  conflicting: ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"],
};

const names = "AWS_PROFILE AWS_DEFAULT_PROFILE AWS_ACCESS_KEY_ID AWS_CREDENTIAL_EXPIRATION";

const posix = `if \`unset ${names} 2>&-\`; then
unset AWS_PROFILE;
unset AWS_DEFAULT_PROFILE;
export AWS_ACCESS_KEY_ID='ASIAIOSFODNN7EXAMPLE';
export AWS_CREDENTIAL_EXPIRATION='2026-11-23T08:00:00Z';
else
for __kops_mfa_name in ${names}; do
if \`unset $__kops_mfa_name 2>&-\`; then :; else echo "kops-mfa: $__kops_mfa_name is readonly in this shell, so nothing was changed. Open a shell where it is not readonly; kops-mfa exec works here too." >&2; fi;
done;
unset __kops_mfa_name;
false;
fi;
`;

const expected: Readonly<Record<(typeof shellNames)[number], string>> = {
  bash: posix,
  zsh: posix,
  sh: posix,
  fish: `begin; if not set -l __kops_mfa_names (string match -r '^(?:AWS_PROFILE|AWS_DEFAULT_PROFILE)$' (set -nUx));
set -eg AWS_PROFILE; or true;
set -eg AWS_DEFAULT_PROFILE; or true;
set -gx AWS_ACCESS_KEY_ID 'ASIAIOSFODNN7EXAMPLE'; or true;
set -gx AWS_CREDENTIAL_EXPIRATION '2026-11-23T08:00:00Z'; or true;
else;
for __kops_mfa_name in $__kops_mfa_names; echo "kops-mfa: $__kops_mfa_name is a universal variable, which fish passes on to every program, so nothing was changed. Erase it (in all shells): set -eU $__kops_mfa_name; kops-mfa exec works here too." >&2; end; false;
end; end;
`,
  powershell: `$env:AWS_PROFILE = $null;
$env:AWS_DEFAULT_PROFILE = $null;
$env:AWS_ACCESS_KEY_ID = 'ASIAIOSFODNN7EXAMPLE';
$env:AWS_CREDENTIAL_EXPIRATION = '2026-11-23T08:00:00Z';
`,
  tcsh: String.raw`unsetenv AWS_PROFILE ;
unsetenv AWS_DEFAULT_PROFILE ;
setenv AWS_ACCESS_KEY_ID 'ASIAIOSFODNN7EXAMPLE' ;
setenv AWS_CREDENTIAL_EXPIRATION '2026'\-'11'\-'23T08'\:'00'\:'00Z' ;
`,
  nushell: `{"AWS_PROFILE":null,"AWS_DEFAULT_PROFILE":null,"AWS_ACCESS_KEY_ID":"ASIAIOSFODNN7EXAMPLE","AWS_CREDENTIAL_EXPIRATION":"2026-11-23T08:00:00Z"}
`,
  elvish: `unset-env AWS_PROFILE
unset-env AWS_DEFAULT_PROFILE
set-env AWS_ACCESS_KEY_ID 'ASIAIOSFODNN7EXAMPLE'
set-env AWS_CREDENTIAL_EXPIRATION '2026-11-23T08:00:00Z'
`,
  xonsh: `[
\${...}.pop("AWS_PROFILE", None),
\${...}.pop("AWS_DEFAULT_PROFILE", None),
\${...}.update({"AWS_ACCESS_KEY_ID": "ASIAIOSFODNN7EXAMPLE"}),
\${...}.update({"AWS_CREDENTIAL_EXPIRATION": "2026-11-23T08:00:00Z"}),
]
`,
  cmd: `SET "AWS_PROFILE="
SET "AWS_DEFAULT_PROFILE="
SET "AWS_ACCESS_KEY_ID=ASIAIOSFODNN7EXAMPLE"
SET "AWS_CREDENTIAL_EXPIRATION=2026-11-23T08:00:00Z"
`,
};

describe.each(shellNames)("a change for %s", (name) => {
  const dialect = findDialect(name);

  it("unsets first and sets last, in order", () => {
    expect(dialect.render(change)).toBe(expected[name]);
  });

  it("can be nothing, which is evaluated all the same", () => {
    const documents = new Map([
      ["nushell", "{}\n"],
      ["xonsh", "[\n]\n"],
      ["powershell", "$null = $null;\n"],
    ]);
    expect(dialect.render({ unset: [], set: [] })).toBe(documents.get(name) ?? "");
  });
});
