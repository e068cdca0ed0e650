import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDocument } from "yaml";
import { withPlugin } from "../../../src/kubeconfig/edit.ts";
import { quote } from "../../../src/kubeconfig/quote.ts";
import { readPlugin } from "../../../src/kubeconfig/stanza.ts";
import { ConfigError } from "../../../src/errors.ts";
import { kopsUser, kubeconfigOf, parse } from "../../support/kubeconfig/build.ts";
import { anyValue } from "../../support/shell/hostile-values.ts";
import { holds } from "../../fuzz/effort.ts";
import { mutated, noise } from "../../fuzz/noise.ts";
import { readOrRefused } from "../../fuzz/refusal.ts";

const own = [
  ...[
    "users:\n",
    "- name: a\n",
    "  user:\n",
    "    exec:\n",
    "      command: kops\n",
    "      args:\n",
  ],
  ...[
    "      - helpers\n",
    "      - kubectl-auth\n",
    "contexts:\n",
    "- context:\n",
    "    user: a\n",
  ],
  ...[
    "&a ",
    "*a",
    "<<: ",
    "!!str ",
    "!!binary ",
    "%YAML 1.1\n",
    "---\n",
    "...\n",
    "|\n",
    ">-\n",
    "? ",
    "{",
    "}",
    "[",
    "]",
  ],
  ...[
    ": ",
    ",",
    "- ",
    "\t",
    "# x\n",
    "\n",
    "\n  ",
    '"',
    "'",
    "SECRET",
    "~",
    "current-context: a\n",
  ],
];
const kubeconfig = fc
  .uniqueArray(fc.stringMatching(/^[a-z][a-z.]{0,8}[a-z]$/), { minLength: 1, maxLength: 3 })
  .map((names) => kubeconfigOf(...names.map(kopsUser)));
const texts = fc.oneof(noise(own, 40), mutated(kubeconfig, own));

test("any kubeconfig is read, or refused without a word of it", () => {
  const secret = "SECRET";
  holds(
    texts,
    (text) => {
      try {
        parse(text);
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        expect(error.message).not.toContain(secret);
      }
    },
    { examples: ["users: *a\n", "a: &a [*a]\n", "[".repeat(5000), "? ".repeat(5000)] },
  );
});

test("any of kops's users is put under kops-mfa and back, or refused", () => {
  holds(texts, (text) => {
    const file = readOrRefused(() => parse(text));
    for (const user of file?.users ?? []) {
      if (!file || user.login.kind !== "exec") continue;
      const { command, args } = user.login.stanza;
      const plugin = readPlugin(command, args);
      if (!plugin) continue;
      const wrapped = readOrRefused(() =>
        withPlugin(file, user, { ...plugin, options: ["--profile", "a b"] }),
      );
      if (wrapped === null) continue;
      const again = parse(wrapped.text);
      const same = again.users.find(({ index }) => index === user.index);
      expect(again.users.map(({ name }) => name)).toEqual(file.users.map(({ name }) => name));
      expect(same && withPlugin(again, same, plugin).text).toBe(text);
    }
  });
});

test("a word in any quotes is the word", () => {
  holds(fc.tuple(anyValue, fc.constantFrom("plain", "single", "double")), ([word, quotes]) => {
    if (!word.isWellFormed()) return;
    for (const version of ["1.1", "1.2"] as const) {
      const text = `a: ${quote(word, quotes)}\n`;
      expect(parseDocument(text, { version }).toJS()).toEqual({ a: word });
    }
  });
});
