/** An HTTP request as it arrived, before anything is believed about it. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query, undecoded. */
  readonly target: string;
  /** Names in lower case; every value that was sent. */
  readonly headers: NodeJS.Dict<string[]>;
  readonly body: Buffer;
}

export function headerOf({ headers }: HttpRequest, name: string): string | undefined {
  return headers[name]?.[0];
}
