import { Agent as HttpAgent, type ClientRequestArgs } from "node:http";
import { Agent as HttpsAgent, type AgentOptions, type RequestOptions } from "node:https";
import { isIP, Socket } from "node:net";

/**
 * A connection that has waited longer is not used: servers close idle ones, and a request that meets the closing is lost, and the code
 * in it. AWS's own SDKs keep theirs for 60 s (github.com/aws/aws-sdk-java-v2, SdkHttpConfigurationOption, CONNECTION_MAX_IDLE_TIMEOUT).
 */
const longestIdleMs = 20_000;

/** A connection that no request has used yet. */
interface Ready {
  readonly socket: Socket;
  readonly host: string;
  readonly port: number;
  readonly since: number;
}

/** The agents of a client, whose connection can be there before its first request: a TLS handshake takes longer than all else. */
export class ReadyAgents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
  readonly #options: AgentOptions;
  #ready: Ready | null = null;

  constructor(options: Pick<AgentOptions, "ca">) {
    // What the SDK gives its own agents.
    this.#options = { keepAlive: true, maxSockets: 50, noDelay: true, ...options };
    this.http = this.#giving(new HttpAgent(this.#options));
    this.https = this.#giving(new HttpsAgent(this.#options));
  }

  /** Connects in the background, unless that was done already. Where it fails nothing is said: the request will fail, and tell why. */
  connect({ protocol, hostname, port: given }: URL): void {
    const agent = protocol === "https:" ? this.https : this.http;
    const isThere = this.#ready !== null && isUsable(this.#ready);
    if (isThere || Object.keys(agent.freeSockets).length > 0) return;
    const host = hostname.replace(/^\[(.*)\]$/, "$1");
    const port = Number(given || (protocol === "https:" ? 443 : 80));
    const servername = isIP(host) === 0 ? host : "";
    const place: RequestOptions = { ...this.#options, host, port, servername };
    const socket = agent.createConnection(place);
    if (!(socket instanceof Socket)) return;
    socket.on("error", () => socket.destroy());
    // A person who gives up does not wait for it.
    socket.unref();
    this.#ready = { socket, host, port, since: performance.now() };
  }

  /** Lets an agent take the ready connection where it would open one. */
  #giving<A extends HttpAgent>(agent: A): A {
    const open = agent.createConnection.bind(agent);
    agent.createConnection = (options, callback) => this.#take(options) ?? open(options, callback);
    return agent;
  }

  #take({ host, port }: ClientRequestArgs): Socket | null {
    const ready = this.#ready;
    if (ready === null || ready.host !== host || ready.port !== Number(port)) return null;
    this.#ready = null;
    if (isUsable(ready)) return ready.socket.ref();
    ready.socket.destroy();
    return null;
  }
}

function isUsable({ socket, since }: Ready): boolean {
  return socket.writable && !socket.readableEnded && performance.now() - since < longestIdleMs;
}
