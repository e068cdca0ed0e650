import { BlockList, isIP } from "node:net";
import type { Environment } from "../../environment/environment.ts";
import { ConfigError } from "../../errors.ts";

/** An HTTP proxy that tunnels to https:// addresses. */
export interface Proxy {
  /** With user name and password, where it wants them. */
  readonly url: URL;
  /** The variable that names it. */
  readonly variable: string;
}

const wanted =
  "Name an HTTP proxy, as http://proxy.example.com:3128, or list the host in NO_PROXY.";

/**
 * The proxy for an https:// address, as Go's programs find it, kops and kubectl among them: HTTPS_PROXY, NO_PROXY, and the same in
 * lower case; never for this machine itself. Null for none. Throws {@link ConfigError} for a value that names no HTTP proxy.
 * Source: pkg.go.dev/golang.org/x/net/http/httpproxy, Config
 */
export function chooseProxy(env: Environment, host: string, port: number): Proxy | null {
  const variable = ["HTTPS_PROXY", "https_proxy"].find((name) => env[name]);
  const value = env[variable ?? ""];
  if (variable === undefined || value === undefined) return null;
  const name = bare(host);
  if (isThisMachine(name)) return null;
  if (isExempt(env["NO_PROXY"] || env["no_proxy"] || "", name, port)) return null;
  return { url: parse(value, variable), variable };
}

/** A proxy without a scheme is an HTTP one. The value itself may have a password in it, and is in no message. */
function parse(value: string, variable: string): URL {
  const text = value.includes("://") ? value : `http://${value}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && /^https?:$/.test(url.protocol) && url.hostname !== "") return url;
  throw new ConfigError(`${variable}: it does not name an HTTP proxy`, { hint: wanted });
}

function isThisMachine(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

function isExempt(noProxy: string, host: string, port: number): boolean {
  const entries = noProxy.split(",").map((entry) => entry.trim().toLowerCase());
  return entries.some((entry) => entry !== "" && isListed(entry, host, port));
}

/** `*`, `10.0.0.0/8`, `192.0.2.1`, `example.com` (and what is beneath it), `.example.com` (only that); all but the first two with a port. */
function isListed(entry: string, host: string, port: number): boolean {
  if (entry === "*") return true;
  if (entry.includes("/")) return isInNetwork(entry, host);
  const [name, itsPort] = splitPort(entry);
  if (itsPort !== null && itsPort !== port) return false;
  if (isIP(name) !== 0 || isIP(host) !== 0) return name === host;
  const domain = name.replace(/^\*\./, ".");
  return domain.startsWith(".")
    ? host.endsWith(domain)
    : host === domain || host.endsWith(`.${domain}`);
}

function isInNetwork(entry: string, host: string): boolean {
  const [network = "", bits = ""] = entry.split("/");
  const family = isIP(network);
  const isNetwork = family !== 0 && /^\d+$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128);
  if (!isNetwork || isIP(host) !== family) return false;
  const list = new BlockList();
  const type = family === 4 ? "ipv4" : "ipv6";
  list.addSubnet(network, Number(bits), type);
  return list.check(host, type);
}

function splitPort(entry: string): readonly [name: string, port: number | null] {
  if (isIP(entry) === 6) return [entry, null];
  const [, name = entry, port] = /^(.*):(\d+)$/.exec(entry) ?? [];
  return [bare(name), port === undefined ? null : Number(port)];
}

/** `[::1]` without its brackets, and names as DNS compares them. */
function bare(host: string): string {
  return host.replace(/^\[(.*)\]$/, "$1").toLowerCase();
}
