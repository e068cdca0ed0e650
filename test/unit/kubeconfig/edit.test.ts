import { describe, expect, test } from "vitest";
import { ConfigError } from "../../../src/errors.ts";
import { withPlugin } from "../../../src/kubeconfig/edit.ts";
import type { Kubeconfig } from "../../../src/kubeconfig/kubeconfig.ts";
import { installHint, readPlugin, type KopsPlugin } from "../../../src/kubeconfig/stanza.ts";
import { kopsUser, kubeconfigOf, parse } from "../../support/kubeconfig/build.ts";

function pluginOf(file: Kubeconfig): KopsPlugin {
  const login = file.users[0]?.login;
  if (login?.kind !== "exec") throw new Error("no exec");
  const plugin = readPlugin(login.stanza.command, login.stanza.args);
  if (!plugin) throw new Error("not of kops");
  return plugin;
}

function change(text: string, options: KopsPlugin["options"]): string {
  const file = parse(text);
  return withPlugin(file, file.users[0]!, { ...pluginOf(file), options }).text;
}

const wrap = (text: string, profile = "prod") => change(text, ["--profile", profile]);
const unwrap = (text: string) => change(text, null);
const hint = JSON.stringify(installHint);

test("kops's own stanza, whole", () => {
  expect(wrap(kubeconfigOf(kopsUser()))).toBe(
    kubeconfigOf(`- name: one.example.com
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1beta1
      args:
      - exec
      - --profile
      - prod
      - --
      - kops
      - helpers
      - kubectl-auth
      - --cluster=one.example.com
      - --state=s3://clusters.example.com
      command: kops-mfa
      env: null
      installHint: ${hint}
      provideClusterInfo: false
`),
  );
});

/** Each as the `exec` of a user, before and after; undoing gives back the first. */
const forms: readonly (readonly [title: string, before: string, after: string])[] = [
  [
    "a list that is indented, and comments",
    `
      # about the command
      command: kops # mine
      args: # see above
        # the login
        - helpers # of kops
        # and its name
        - kubectl-auth
`,
    `
      # about the command
      command: kops-mfa # mine
      installHint: ${hint}
      args: # see above
        # the login
        - exec
        - --profile
        - prod
        - --
        - kops
        - helpers # of kops
        # and its name
        - kubectl-auth
`,
  ],
  [
    "the hint before a comment of the next key",
    `
      args: [helpers, kubectl-auth]
      command: kops
      # nobody asks
      interactiveMode: Never
`,
    `
      args: [exec, --profile, prod, --, kops, helpers, kubectl-auth]
      command: kops-mfa
      installHint: ${hint}
      # nobody asks
      interactiveMode: Never
`,
  ],
  [
    "double quotes, and a path",
    `
      command: "/usr/local/bin/kops"
      args: ["helpers", "kubectl-auth"]
`,
    `
      command: "kops-mfa"
      installHint: ${hint}
      args: ["exec", "--profile", "prod", "--", "/usr/local/bin/kops", "helpers", "kubectl-auth"]
`,
  ],
  [
    "single quotes",
    `
      'command': 'kops'
      args:
      -   'helpers'
      -   'kubectl-auth'
`,
    `
      'command': 'kops-mfa'
      installHint: ${hint}
      args:
      - 'exec'
      - '--profile'
      - 'prod'
      - '--'
      - 'kops'
      -   'helpers'
      -   'kubectl-auth'
`,
  ],
  [
    "one line",
    ` {command: kops, args: [helpers, kubectl-auth, --cluster=a], env: null}
`,
    ` {command: kops-mfa, installHint: ${hint}, args: [exec, --profile, prod, --, kops, helpers, kubectl-auth, --cluster=a], env: null}
`,
  ],
  [
    "no line break at the end",
    `
      args: [helpers, kubectl-auth]
      command: kops`,
    `
      args: [exec, --profile, prod, --, kops, helpers, kubectl-auth]
      installHint: ${hint}
      command: kops-mfa`,
  ],
  [
    "a list of one line each",
    `
      args: [
        helpers,
        kubectl-auth,
      ]
      command: kops
`,
    `
      args: [
        exec,
        --profile,
        prod,
        --,
        kops,
        helpers,
        kubectl-auth,
      ]
      installHint: ${hint}
      command: kops-mfa
`,
  ],
  [
    "a hint of the person's own stays",
    `
      args: [helpers, kubectl-auth]
      command: kops
      installHint: ask jon for kops
`,
    `
      args: [exec, --profile, prod, --, kops, helpers, kubectl-auth]
      command: kops-mfa
      installHint: ask jon for kops
`,
  ],
];

describe.each(forms)("%s", (_, before, after) => {
  const [plain, wrapped] = [before, after].map(
    (exec) => `users:\n- name: a\n  user:\n    exec:${exec}`,
  );

  test("is changed in place, and back", () => {
    expect(wrap(plain!)).toBe(wrapped);
    expect(unwrap(wrapped!)).toBe(plain);
  });

  test("with the line breaks of Windows, and a byte order mark", () => {
    const windows = (text = "") => `\uFEFF${text.replaceAll("\n", "\r\n")}`;
    expect(wrap(windows(plain))).toBe(windows(wrapped));
    expect(unwrap(windows(wrapped))).toBe(windows(plain));
  });
});

test.for([2, undefined])("JSON, indented by %s", (indent) => {
  const exec = { args: ["helpers", "kubectl-auth"], command: "kops" };
  const config = { users: [{ name: "a", user: { exec } }] };
  const text = JSON.stringify(config, null, indent);
  const wrapped = wrap(text);
  expect(JSON.parse(wrapped)).toEqual({
    users: [
      {
        name: "a",
        user: {
          exec: {
            args: ["exec", "--profile", "prod", "--", "kops", "helpers", "kubectl-auth"],
            command: "kops-mfa",
            installHint,
          },
        },
      },
    ],
  });
  expect(wrapped.split("\n").length).toBeGreaterThanOrEqual(text.split("\n").length);
  expect(unwrap(wrapped)).toBe(text);
});

test("another profile replaces the one before", () => {
  const once = wrap(kubeconfigOf(kopsUser()));
  expect(wrap(once, "staging")).toBe(once.replace("- prod\n", "- staging\n"));
  expect(wrap(once)).toBe(once);
});

test.for(["123", "yes", "a b", "a: b", "#x", "ü", "it's", '"', "a,b", "*", "-"])(
  "the profile %s is quoted",
  (profile) => {
    for (const text of [
      kubeconfigOf(kopsUser()),
      `{users: [{name: a, user: {exec: {command: 'kops', args: ['helpers', 'kubectl-auth']}}}]}`,
    ]) {
      const wrapped = wrap(text, profile);
      expect(pluginOf(parse(wrapped)).options).toEqual(["--profile", profile]);
      expect(unwrap(wrapped)).toBe(text);
    }
  },
);

test("as kubectl has written it anew", () => {
  const rewritten = kubeconfigOf(kopsUser())
    .replace("command: kops\n", "command: kops-mfa\n")
    .replace(
      "- helpers",
      "- exec\n      - --profile\n      - prod\n      - --\n      - kops\n      - helpers",
    )
    .replace(
      "      provide",
      "      installHint: kops-mfa runs kops\n        with a session\n      interactiveMode: IfAvailable\n      provide",
    );
  expect(unwrap(rewritten)).toBe(
    kubeconfigOf(kopsUser()).replace(
      "      provide",
      "      interactiveMode: IfAvailable\n      provide",
    ),
  );
});

test("a hint behind everything else, where the file ends without a line break", () => {
  const rest =
    "users:\n- name: a\n  user:\n    exec:\n      args: [helpers, kubectl-auth]\n      command: kops";
  const ours = rest
    .replace("[helpers", "[exec, -p, a, --, kops, helpers")
    .replace(/kops$/, "kops-mfa");
  expect(unwrap(`${ours}\n      installHint: kops-mfa is missing`)).toBe(rest);
});

test.for([
  ["an alias", "args: *words\n      command: kops"],
  ["an anchor in a list", "args: [&x helpers, kubectl-auth, *x]\n      command: kops"],
  ["a block of text", "args: [helpers, kubectl-auth]\n      command: |-\n        kops"],
  ["an explicit key", "args: [helpers, kubectl-auth]\n      ? command\n      : kops"],
] as const)("%s is refused, not guessed at", ([, exec]) => {
  const text = `x: &words [helpers, kubectl-auth]\nusers:\n- name: a\n  user:\n    exec:\n      ${exec}\n`;
  expect(() => wrap(text)).toThrow(ConfigError);
  expect(() => wrap(text)).toThrow(/in a form that cannot be changed safely/);
});

test("a user that another one is an alias of is refused: both would change", () => {
  const stanza = "exec: { command: kops, args: [helpers, kubectl-auth] }";
  const text = `users:\n- name: a\n  user: &same\n    ${stanza}\n- name: b\n  user: *same\n`;
  expect(() => wrap(text)).toThrow(/in a form that cannot be changed safely/);
  expect(wrap(text.replace("*same", "{ token: t }"))).toContain("kops-mfa");
});
