/** The two words that a shell with the integration has (shell/), and what they do. */
export const integratedWords = {
  use: "put a session into this shell, where the integration is loaded",
  off: "take the session out of this shell again",
} as const;
