import { expect, test } from "vitest";
import { ConfigError } from "../../../src/errors.ts";
import { chooseUsers, type Wish } from "../../../src/kubeconfig/choose-users.ts";
import { kopsUser, parse } from "../../support/kubeconfig/build.ts";

const admin = "- name: admin\n  user: {client-certificate-data: LS0t}\n";
const eks = "- name: eks\n  user: {exec: {command: /usr/bin/aws, args: [eks, get-token]}}\n";
const wrapped = `- name: two
  user: {exec: {command: kops-mfa, args: [exec, -p, prod, --, kops, helpers, kubectl-auth]}}
`;

/** A file with contexts `NAME@USER`, in the cluster `c-NAME`. */
function file(current: string, contexts: readonly string[], ...users: readonly string[]): string {
  const list = contexts.map((context) => {
    const [name = "", user = ""] = context.split("@");
    return `- {name: ${name}, context: {cluster: c-${name}, user: ${user}}}\n`;
  });
  return `current-context: ${current}\ncontexts:\n${list.join("")}users:\n${users.join("")}`;
}

function choose(texts: readonly string[], wish: Partial<Wish> = {}): string {
  const files = texts.map((text, index) => parse(text, `file${index + 1}`));
  const users = chooseUsers(files, { name: undefined, all: false, ...wish });
  return users.map((found) => `${found.user.name} in ${found.file.shown}`).join(", ");
}

const one = kopsUser("one");
const three = kopsUser("three");
const everybody = file(
  "b",
  ["a@one", "b@two", "c@admin", "d@eks", "e@gone"],
  one,
  wrapped,
  admin,
  eks,
);

test.for<readonly [title: string, texts: readonly string[], wish: Partial<Wish>, chosen: string]>([
  ["the current context's", [everybody], {}, "two in file1"],
  [
    "all",
    [everybody, file("", [], three)],
    { all: true },
    "one in file1, two in file1, three in file2",
  ],
  ["by context", [everybody], { name: "a" }, "one in file1"],
  ["by cluster", [everybody], { name: "c-a" }, "one in file1"],
  ["by user", [everybody], { name: "one" }, "one in file1"],
  [
    "the only one, where another is current",
    [file("c", ["c@admin"], admin, one)],
    {},
    "one in file1",
  ],
  ["the only one, where none is current", [file('""', [], one, eks)], {}, "one in file1"],
  [
    "the first of two files counts",
    [file("a", ["a@one"], one), file("b", [], one, three)],
    {},
    "one in file1",
  ],
  [
    "and their contexts are one list",
    [file('""', [], three, one), file("a", ["a@one"])],
    {},
    "one in file1",
  ],
  [
    "both of one name",
    [file("a", [], one), file("a", [], one)],
    { all: true },
    "one in file1, one in file2",
  ],
  [
    "a context before a cluster of that name",
    [file('""', ["x@one", "c-x@three"], one, three)],
    { name: "c-x" },
    "three in file1",
  ],
])("%s", ([, texts, wish, chosen]) => {
  expect(choose(texts, wish)).toBe(chosen);
});

test.for<
  readonly [
    title: string,
    texts: readonly string[],
    wish: Partial<Wish>,
    says: string,
    cure: string,
  ]
>([
  [
    "several, and none current",
    [file("", [], one, three)],
    {},
    "file1: several users log in with kops, and none is current",
    "Name one (one, three), or give --all.",
  ],
  [
    "a certificate",
    [file("c", ["c@admin"], admin)],
    {},
    'file1: user "admin" logs in with a client certificate, and runs no kops',
    "A certificate (kops export kubeconfig --admin) needs no AWS session; without --admin kops writes a user that does.",
  ],
  [
    "another program",
    [file("d", ["d@eks"], eks)],
    {},
    'file1: user "eks" runs aws, which is not kops\'s login',
    "`kops export kubeconfig` (without --admin) writes a user for kops's login.",
  ],
  [
    "another program, by name, where kops has users",
    [everybody],
    { name: "d" },
    'file1: user "eks" runs aws, which is not kops\'s login',
    "With kops log in: one, two.",
  ],
  [
    "nobody",
    [file("e", ["e@gone"])],
    {},
    "file1: no user logs in with kops",
    "`kops export kubeconfig` (without --admin) writes one.",
  ],
  [
    "nobody at all",
    ["{}", ""],
    { all: true },
    "file1, file2: no user logs in with kops",
    "`kops export kubeconfig` (without --admin) writes one.",
  ],
  [
    "a misspelt name",
    [file("", ["prod.example.com@one"], one)],
    { name: "prod.exmaple.com" },
    'file1: there is no context, cluster or user "prod.exmaple.com"',
    'Did you mean "prod.example.com"?',
  ],
  [
    "a context whose user is missing",
    [everybody],
    { name: "e" },
    'file1: context "e" names user "gone", who is nowhere',
    "`kops export kubeconfig` writes the user.",
  ],
  [
    "a name like no other",
    [everybody],
    { name: "elsewhere" },
    'file1: there is no context, cluster or user "elsewhere"',
    "`kubectl config get-contexts` lists what there is.",
  ],
])("%s is an error", ([, texts, wish, says, hint]) => {
  expect(() => choose(texts, wish)).toThrow(ConfigError);
  expect(() => choose(texts, wish)).toThrow(expect.objectContaining({ message: says, hint }));
});
