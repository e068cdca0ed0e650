import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { promisify } from "node:util";

/** A server before another one that tells when somebody connects. */
export interface Front {
  /** `http://127.0.0.1:PORT`, or `https:` where there is a certificate. */
  readonly url: string;
  /** When each connection was there (with TLS: after its handshake), in milliseconds since the epoch. */
  readonly connections: number[];
  /** Closes the connections that are open. */
  cut(): void;
  close(): void;
}

/** A certificate of 127.0.0.1 that nobody has signed. */
export interface Certificate {
  readonly certFile: string;
  readonly keyFile: string;
  remove(): void;
}

/** Null where there is no openssl to make one. */
export async function makeCertificate(): Promise<Certificate | null> {
  const folder = mkdtempSync(join(tmpdir(), "kops-mfa-bench-tls-"));
  const [certFile, keyFile] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  const files = ["-keyout", keyFile, "-out", certFile, "-days", "2"];
  try {
    await promisify(execFile)("openssl", ["req", "-x509", ...key, ...subject, ...files]);
    return { certFile, keyFile, remove };
  } catch {
    remove();
    return null;
  }
}

/** Stands before the server at `url`. */
export async function openFront(url: string, certificate: Certificate | null): Promise<Front> {
  const connections: number[] = [];
  const sockets = new Set<Socket>();
  const pass = (socket: Socket) => {
    connections.push(performance.timeOrigin + performance.now());
    const behind = connect(Number(new URL(url).port), "127.0.0.1");
    for (const [one, another] of [
      [socket, behind],
      [behind, socket],
    ] as const) {
      sockets.add(one);
      one.on("error", () => another.destroy());
      one.pipe(another);
    }
  };
  const server =
    certificate === null
      ? createServer(pass)
      : createTlsServer(
          { cert: readFileSync(certificate.certFile), key: readFileSync(certificate.keyFile) },
          pass,
        );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const cut = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  return {
    url: `${certificate === null ? "http" : "https"}://127.0.0.1:${port}`,
    connections,
    cut,
    close() {
      server.close();
      cut();
    },
  };
}
