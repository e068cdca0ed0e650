/** Node's codes of a connection that failed (nodejs.org/api/errors.html#common-system-errors), and what they mean. */
export const connectionErrors: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing answers there",
  ECONNRESET: "the connection broke",
  EPIPE: "the connection broke",
  ENOTFOUND: "the name is not known",
  EAI_AGAIN: "the name server does not answer",
  ENETUNREACH: "there is no network",
  EHOSTUNREACH: "there is no way to that host",
  ETIMEDOUT: "no answer",
};
