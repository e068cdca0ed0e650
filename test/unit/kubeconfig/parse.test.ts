import { expect, test } from "vitest";
import { ConfigError } from "../../../src/errors.ts";
import { readPlugin } from "../../../src/kubeconfig/stanza.ts";
import { parse } from "../../support/kubeconfig/build.ts";

test.for<readonly [text: string, says: string]>([
  [
    "a: b\n  c: d\n",
    "~/.kube/config:1: this is not YAML that kubectl reads (block as implicit key)",
  ],
  [
    "a: b\nusers:\n\t- name: x\n",
    "~/.kube/config:3: this is not YAML that kubectl reads (tab as indent)",
  ],
  ["a: 1\nb: 2\na: 3\n", "~/.kube/config:3: this is not YAML that kubectl reads (duplicate key)"],
  ["a: 'secret\n", "~/.kube/config:2: this is not YAML that kubectl reads (missing char)"],
  ["a: b\n---\nc: d\n", "~/.kube/config:2: this is not YAML that kubectl reads (multiple docs)"],
  ["just text", "~/.kube/config: is not a kubeconfig"],
  ["[1]", "~/.kube/config: is not a kubeconfig"],
])("%j", ([text, message]) => {
  expect(() => parse(text)).toThrow(ConfigError);
  expect(() => parse(text)).toThrow(expect.objectContaining({ message }));
});

test.for([
  "",
  "# nothing\n",
  "{}",
  "users: null\ncontexts: ~\n",
  "users: [null, 1, {name: 2}]\n",
  "users: {a: b}",
])("%j has no users", (text) => {
  expect(parse(text)).toMatchObject({ currentContext: null, contexts: [], users: [] });
});

const login = ["helpers", "kubectl-auth", "--cluster=a"];
test.for<readonly [words: readonly string[], options: readonly string[] | null | "other"]>([
  [["kops", ...login], null],
  [["/opt/bin/kops", ...login], null],
  [["C:\\tools\\kops.exe", ...login], null],
  [["kops-mfa", "exec", "--", "kops", ...login], []],
  [
    ["/usr/bin/kops-mfa", "exec", "-p", "a", "--", "/opt/kops", ...login],
    ["-p", "a"],
  ],
  [["kops"], "other"],
  [["kops", "get", "clusters"], "other"],
  [["kops-mfa", "exec", "--", "aws", "eks", "get-token"], "other"],
  [["kops-mfa", "exec", ...login], "other"],
  [["kops-mfa", ...login], "other"],
  [["mykops", ...login], "other"],
  [["aws", "eks", "get-token"], "other"],
])("%j", ([[command = "", ...args], options]) => {
  const plugin = readPlugin(command, args);
  expect(plugin === null ? "other" : plugin.options).toEqual(options);
  if (plugin) expect(plugin.args).toEqual(login);
});
