/** A kubeconfig file, as far as it says who logs in and how. Fields: kubernetes.io/docs/reference/config-api/kubeconfig.v1 */
export interface Kubeconfig {
  readonly path: string;
  /** As messages name it: `~/.kube/config`. */
  readonly shown: string;
  readonly text: string;
  /** All that the text says, with its secrets. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly currentContext: string | null;
  readonly contexts: readonly KubeContext[];
  readonly users: readonly KubeUser[];
}

export interface KubeContext {
  readonly name: string;
  readonly cluster: string | null;
  readonly user: string | null;
}

export interface KubeUser {
  readonly name: string;
  /** The place in the file's list of users, from 0. */
  readonly index: number;
  readonly login: Login;
}

export type Login =
  | { readonly kind: "exec"; readonly stanza: ExecStanza }
  /** `by` in words: `a client certificate`. */
  | { readonly kind: "other"; readonly by: string };

/** The `exec` of a user: which program prints the credentials. */
export interface ExecStanza {
  readonly command: string;
  readonly args: readonly string[];
  readonly installHint: string | null;
  /** Where these stand in the text; null where they are not written as plain words (anchors, aliases, blocks). */
  readonly layout: StanzaLayout | null;
}

/** Offsets in the file's text. */
export interface StanzaLayout {
  readonly command: WordPlace;
  /** One for each argument, and at least one. */
  readonly args: readonly ArgumentPlace[];
  /** What stands between two arguments, after an argument's own sign. */
  readonly argsBlock: boolean;
  readonly pairs: readonly PairPlace[];
  /** Whether the pairs stand one a line, and not in `{}`. */
  readonly pairsBlock: boolean;
}

export interface WordPlace {
  readonly start: number;
  readonly end: number;
  readonly quotes: Quotes;
}

export type Quotes = "plain" | "single" | "double";

export interface ArgumentPlace extends WordPlace {
  /** Of the item: its `-`, or the comment above it. */
  readonly itemStart: number;
}

export interface PairPlace {
  readonly key: string;
  readonly keyStart: number;
  readonly keyQuotes: Quotes;
  /** The same, or where the comment above the key begins. */
  readonly pairStart: number;
  readonly valueEnd: number;
}
