import fc from "fast-check";
import { expect, test } from "vitest";
import { withPlugin } from "../../../src/kubeconfig/edit.ts";
import { readPlugin } from "../../../src/kubeconfig/stanza.ts";
import { cases, seed } from "../../fuzz/effort.ts";
import { parse } from "../../support/kubeconfig/build.ts";

const oneOf = fc.constantFrom;
const comment = oneOf("", " # about it", "  #: {[", ' # "');
const ownLine = oneOf("", "# a line of its own\n", "\n", "   \n", "      # indented\n", "#\n\n");
const word = oneOf(
  "plain",
  "'single ''quoted'''",
  '"double \\" \\u00e9"',
  "https://a.example.com:443/x",
);
const name = fc.stringMatching(/^[a-z][a-z0-9.-]{0,12}[a-z0-9]$/);

/** Users that are not the one to change, in whatever form. */
const others = fc.array(
  oneOf(
    "- name: cert\n  user: {client-certificate-data: LS0t, client-key-data: LS0t}\n",
    "-   user:\n      token: 'x # y'   # secret\n    name: tokened\n",
    "- {name: eks, user: {exec: {command: aws, args: [eks, get-token]}}}\n",
    "- name: text\n  user:\n    password: |\n      - helpers\n       command: kops\n    username: >-\n      a\n      b\n",
    "# between\n- name: empty\n  user: {}\n",
  ),
  { maxLength: 3 },
);

const quoted = (text: string) =>
  oneOf(
    (value: string) => value,
    JSON.stringify,
    (value: string) => `'${value}'`,
  ).map((quote) => quote(text));

const blockArgs = fc
  .tuple(
    oneOf("", "  "),
    oneOf(" ", "   "),
    comment,
    fc.array(ownLine, { maxLength: 2 }),
    quoted("helpers"),
  )
  .map(
    ([indent, gap, aside, lines, first]) =>
      `args:${aside}\n${lines.join("")}      ${indent}-${gap}${first}${aside}\n${lines.join("")}      ${indent}-${gap}kubectl-auth\n      ${indent}-${gap}--cluster=a # b\n`,
  );
const flowArgs = fc
  .tuple(
    oneOf(", ", ",", " ,  ", ",\n          ", " # c\n        , "),
    oneOf("", " ", "\n        "),
    quoted("helpers"),
  )
  .map(
    ([comma, edge, first]) =>
      `args: [${edge}${[first, "kubectl-auth", "--cluster=a"].join(comma)}${edge}]\n`,
  );

const pairs = fc
  .tuple(
    fc.oneof(blockArgs, flowArgs),
    fc.tuple(quoted("kops"), comment).map(([kops, aside]) => `command: ${kops}${aside}\n`),
    fc.subarray(
      [
        "env: null\n",
        "apiVersion: client.authentication.k8s.io/v1beta1 # beta\n",
        "interactiveMode: Never\n",
        "provideClusterInfo: false\n",
        "env:\n      - name: A\n        value: 'b'\n",
      ].slice(0, 4),
    ),
  )
  .chain(([args, command, more]) =>
    fc.shuffledSubarray([args, command, ...more], { minLength: more.length + 2 }),
  );

const blockStanza = fc
  .tuple(pairs, fc.array(ownLine, { maxLength: 3 }))
  .map(
    ([list, lines]) => `exec:\n${list.map((pair, i) => `${lines[i] ?? ""}      ${pair}`).join("")}`,
  );
const flowStanza = oneOf(
  'exec: {"args": ["helpers", "kubectl-auth"], "command": "kops"}\n',
  "exec: { command: kops,args: [helpers,kubectl-auth] , env: null } # one line\n",
  "exec: {\n      command: kops,\n      args: [helpers, kubectl-auth]\n    }\n",
);

const kubeconfig = fc
  .record({
    name,
    before: others,
    after: others,
    stanza: fc.oneof(blockStanza, flowStanza),
    head: fc.array(ownLine, { maxLength: 3 }),
    extra: word,
    tail: ownLine,
    windows: fc.boolean(),
    cut: fc.boolean(),
  })
  .map(({ name, before, after, stanza, head, extra, tail, windows, cut }) => {
    const user = `- name: "the ${name}"\n  user:\n    ${stanza}`;
    const text = `${head.join("")}apiVersion: v1\nextensions: ${extra}\nusers:\n${before.join("")}${user}${after.join("")}${tail}`;
    const whole = cut ? text.trimEnd() : text;
    return { name: `the ${name}`, text: windows ? whole.replaceAll("\n", "\r\n") : whole };
  });

function change(text: string, name: string, options: readonly string[] | null): string {
  const file = parse(text);
  const user = file.users.find((each) => each.name === name);
  if (user?.login.kind !== "exec") throw new Error(`no such user in:\n${text}`);
  const { command, args } = user.login.stanza;
  const plugin = readPlugin(command, args);
  if (!plugin) throw new Error(`not of kops: ${command} ${args.join(" ")}`);
  return withPlugin(file, user, { ...plugin, options }).text;
}

/** Whether `part` is `whole` with some of it left out: every byte is there, in its order. */
function isLeftIn(part: string, whole: string): boolean {
  let at = 0;
  for (const character of whole) if (part[at] === character) at += character.length;
  return at === part.length;
}

test("whatever stands around a stanza survives, byte for byte, there and back", () => {
  fc.assert(
    fc.property(
      kubeconfig,
      fc.string({ minLength: 1, unit: "grapheme" }),
      ({ name, text }, profile) => {
        const wrapped = change(text, name, ["--profile", profile]);
        expect(change(wrapped, name, null)).toBe(text);
        expect(change(wrapped, name, ["--profile", profile])).toBe(wrapped);
        expect(change(change(wrapped, name, ["-p", "b"]), name, null)).toBe(text);
        const [file, original] = [parse(wrapped), parse(text)];
        const index = file.users.findIndex((user) => user.name === name);
        expect(file.users.toSpliced(index, 1).map((user) => user.name)).toEqual(
          original.users.toSpliced(index, 1).map((user) => user.name),
        );
        const from = (whole: string) => whole.slice(0, whole.indexOf("exec:"));
        expect(from(wrapped)).toBe(from(text));
        expect(isLeftIn(text.replaceAll(/["']?kops["']?/g, ""), wrapped)).toBe(true);
      },
    ),
    { seed, numRuns: cases(500, 20) },
  );
});
