import type { Readable } from "node:stream";

/** The largest answer of AWS's that is read here, EC2's list of regions, has some 10 KB. */
const largestBody = 1024 * 1024;

/**
 * The body of an answer, for the SDK's `streamCollector`. One without an end is cut off, whoever sends it: the SDK itself would keep
 * all of it in memory. Throws an error that the SDK takes for an answer that it cannot read.
 */
export async function boundedBody(stream: Readable): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop destroys the stream, and the connection with it.
    if (size > largestBody) throw new Error("the answer is too long");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
