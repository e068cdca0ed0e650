import { isMap, LineCounter, parseDocument, type Document, type YAMLMap } from "yaml";
import { ConfigError } from "../errors.ts";
import type { Kubeconfig, KubeContext, KubeUser, Login } from "./kubeconfig.ts";
import { stanzaLayout } from "./layout.ts";

interface File {
  readonly path: string;
  readonly shown: string;
  readonly text: string;
}

/** Reads a kubeconfig, in YAML or JSON. Throws {@link ConfigError} that names file and line, and repeats nothing of the text, which has secrets. */
export function parseKubeconfig({ path, shown, text }: File): Kubeconfig {
  const document = parseYaml({ shown, text });
  const data = plainObject(document, shown);
  return {
    path,
    shown,
    text,
    data,
    currentContext: textOf(data["current-context"]) || null,
    contexts: itemsOf(data["contexts"]).flatMap(toContext),
    users: itemsOf(data["users"]).flatMap((item, index) => toUser(document, item, index)),
  };
}

/** The whole file as data, but for the `exec` of one user: what no change of that may touch. */
export function apartFromStanza({ data }: Kubeconfig, index: number): string {
  const users = [data["users"]].flat().map((item, at) => (at === index ? withoutExec(item) : item));
  return JSON.stringify({ ...data, users });
}

function withoutExec(item: unknown): Named {
  const named = recordOf(item);
  return { ...named, user: { ...recordOf(named["user"]), exec: null } };
}

/** More lists and maps, each begun in the one before, than any kubeconfig has. The package takes minutes over some thousands. */
const tooDeep = /(?:(?:[?-] |[[{])[ \t]*){64}/;

function parseYaml({ shown, text }: Omit<File, "path">): Document.Parsed {
  const lineCounter = new LineCounter();
  if (tooDeep.test(text)) throw unreadable(shown, "too deep");
  // A warning would repeat a part of the text.
  const quiet = { prettyErrors: false, logLevel: "error" } as const;
  const options = { keepSourceTokens: true, lineCounter, ...quiet };
  const document = orUnreadable(shown, () => parseDocument(text, options));
  const [error] = document.errors;
  if (error) {
    const { line } = lineCounter.linePos(error.pos[0]);
    const what = error.code.toLowerCase().replaceAll("_", " ");
    throw unreadable(`${shown}:${line}`, what);
  }
  if (document.contents !== null && !isMap(document.contents)) {
    throw new ConfigError(`${shown}: is not a kubeconfig`, {
      hint: "Name the file that `kops export kubeconfig` writes (--kubeconfig, or KUBECONFIG).",
    });
  }
  return document;
}

function plainObject(document: Document.Parsed, shown: string): Readonly<Record<string, unknown>> {
  return orUnreadable(shown, () => (document.toJS() ?? {}) as Record<string, unknown>);
}

/** What the package throws, and does not list: an alias that leads nowhere, to itself or to too much; nesting without end. */
function orUnreadable<T>(shown: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ReferenceError) throw unreadable(shown, "bad alias");
    if (error instanceof RangeError) throw unreadable(shown, "too deep");
    throw error;
  }
}

function unreadable(where: string, what: string): ConfigError {
  return new ConfigError(`${where}: this is not YAML that kubectl reads (${what})`, {
    hint: "`kubectl config view` says more. Correct the line, then run this again.",
  });
}

function toContext(item: Named): KubeContext[] {
  const { name } = item;
  if (typeof name !== "string") return [];
  const { cluster, user } = recordOf(item["context"]);
  return [{ name, cluster: textOf(cluster), user: textOf(user) }];
}

function toUser(document: Document.Parsed, item: Named, index: number): KubeUser[] {
  const { name } = item;
  if (typeof name !== "string") return [];
  const user = recordOf(item["user"]);
  const node = document.getIn(["users", index, "user", "exec"]);
  return [{ name, index, login: toLogin(user, isMap(node) ? node : null) }];
}

function toLogin(user: Readonly<Record<string, unknown>>, node: YAMLMap | null): Login {
  const { command, args, installHint } = recordOf(user["exec"]);
  if (typeof command !== "string") return { kind: "other", by: loginOf(user) };
  const words = Array.isArray(args) ? args.map(String) : [];
  const layout = node && stanzaLayout(node);
  const stanza = { command, args: words, installHint: textOf(installHint), layout };
  return { kind: "exec", stanza };
}

const logins: readonly (readonly [field: string, by: string])[] = [
  ["client-certificate-data", "a client certificate"],
  ["client-certificate", "a client certificate"],
  ["token", "a token"],
  ["tokenFile", "a token"],
  ["username", "a password"],
  ["auth-provider", "an auth-provider"],
];

function loginOf(user: Readonly<Record<string, unknown>>): string {
  return logins.find(([field]) => user[field])?.[1] ?? "nothing";
}

type Named = Readonly<Record<string, unknown>>;

function itemsOf(value: unknown): readonly Named[] {
  return Array.isArray(value) ? value.map(recordOf) : [];
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  const isRecord = typeof value === "object" && value !== null && !Array.isArray(value);
  return isRecord ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
