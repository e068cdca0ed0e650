/** An HTTP answer, whole. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** Credentials have some 2 KB. */
const longestBody = 64 * 1024;

/** One GET whose whole answer has to be there in time. Throws Node's errors; `TimeoutError` when it is late. */
export function httpGet(
  url: URL,
  headers: Readonly<Record<string, string>>,
  timeoutMs: number,
): Promise<HttpAnswer> {
  // Not imported: that costs each start of the program 6 ms.
  const { get } =
    url.protocol === "https:"
      ? process.getBuiltinModule("node:https")
      : process.getBuiltinModule("node:http");
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    get(url, { headers, signal }, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > longestBody) response.destroy();
        else chunks.push(chunk);
      });
      response.on("error", reject);
      response.on("close", () => {
        if (!response.complete) reject(new Error("socket hang up"));
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString("utf8"),
        });
      });
    }).on("error", reject);
  });
}
