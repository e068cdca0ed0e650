import type { Constraint } from "./constraints.ts";

// Bounds and patterns: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html

const SESSION_NAME = { shown: "[\\w+=,.@-]*", matches: /^[\w+=,.@-]*$/ };

export const roleArnParameter: Constraint = {
  name: "RoleArn",
  required: true,
  min: 20,
  max: 2048,
  pattern: {
    shown:
      "[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+",
    matches: /^[\t\n\r\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]+$/u,
  },
};

export const roleSessionNameParameter: Constraint = {
  name: "RoleSessionName",
  required: true,
  min: 2,
  max: 64,
  pattern: SESSION_NAME,
};

export const externalIdParameter: Constraint = {
  name: "ExternalId",
  min: 2,
  max: 1224,
  pattern: { shown: "[\\w+=,.@:\\/-]*", matches: /^[\w+=,.@:/-]*$/ },
};

export const sourceIdentityParameter: Constraint = {
  name: "SourceIdentity",
  min: 2,
  max: 64,
  pattern: SESSION_NAME,
};

export const serialNumberParameter: Constraint = {
  name: "SerialNumber",
  min: 9,
  max: 256,
  pattern: { shown: "[\\w+=/:,.@-]*", matches: /^[\w+=/:,.@-]*$/ },
};

export const tokenCodeParameter: Constraint = {
  name: "TokenCode",
  min: 6,
  max: 6,
  pattern: { shown: "[\\d]*", matches: /^\d*$/ },
};

/** @param max - the longest duration in seconds that the action's model allows */
export function durationParameter(max: number): Constraint {
  return { name: "DurationSeconds", min: 900, max };
}
