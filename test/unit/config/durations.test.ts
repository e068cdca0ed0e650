import fc from "fast-check";
import { expect, test } from "vitest";
import { formatDuration, parseDuration } from "../../../src/config/duration.ts";
import { checkSessionDuration, roleDuration } from "../../../src/config/durations.ts";
import { given, profile, refusalOf, sharedFiles, tell } from "../../support/config/build.ts";

test.for([
  ["3600", 3600],
  ["0900", 900],
  ["1h", 3600],
  ["1H", 3600],
  ["90m", 5400],
  ["1h30m", 5400],
  ["1h30m15s", 5415],
  ["45s", 45],
  ["2d", 172_800],
  ["1d12h", 129_600],
  [" 12h ", 43_200],
  ["0", 0],
  ["", null],
  ["abc", null],
  ["1,5h", null],
  ["1.5h", null],
  ["3600.0", null],
  ["-900", null],
  ["+900", null],
  ["1e3", null],
  ["0x384", null],
  ["30m1h", null],
  ["1h 30m", null],
  ["1 h", null],
  ["1w", null],
  ["PT1H", null],
  ["٣٦٠٠", null],
  ["9999999999", null],
] as const)("%j is %s seconds", ([text, seconds]) => {
  expect(parseDuration(text)).toBe(seconds);
});

test.for([
  [900, "15m"],
  [3600, "1h"],
  [5400, "1h30m"],
  [5415, "1h30m15s"],
  [43_200, "12h"],
  [129_600, "36h"],
  [59, "59s"],
  [3601, "1h1s"],
  [0, "0s"],
] as const)("%i s is said as %s", ([seconds, text]) => {
  expect(formatDuration(seconds)).toBe(text);
});

test("what is said can be read again", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9999 * 3600 }), (seconds) => {
      expect(parseDuration(formatDuration(seconds))).toBe(seconds);
    }),
  );
});

/** The duration of a profile with this line, unless something else is asked. */
function durationOf(line: string, asked: number | null = null) {
  const durationSeconds = asked === null ? null : given(asked, "--duration");
  const files = sharedFiles([profile("prod", line)]);
  return roleDuration(files, "prod", { durationSeconds, defaults: new Map() });
}

test.for([
  ["no line: 1 h", "region = eu-west-1", null, "3600 ← default"],
  ["empty: 1 h", "duration_seconds =", null, "3600 ← default"],
  ["of the profile", "duration_seconds = 7200", null, "7200 ← ~/.aws/config:2 (duration_seconds)"],
  ["option first", "duration_seconds = 7200", 1800, "1800 ← --duration"],
  ["option over rubbish", "duration_seconds = abc", 1800, "1800 ← --duration"],
  ["option over too much", "duration_seconds = 1d", 1800, "1800 ← --duration"],
  // Conformance 49, D7.
  ["12h", "duration_seconds = 12h", null, "43200 ← ~/.aws/config:2 (duration_seconds)"],
  ["least", "duration_seconds = 900", null, "900 ← ~/.aws/config:2 (duration_seconds)"],
  ["most", "duration_seconds = 43200", null, "43200 ← ~/.aws/config:2 (duration_seconds)"],
  ["quoted", 'duration_seconds = "1h"', null, "3600 ← ~/.aws/config:2 (duration_seconds)"],
] as const)("role: %s", ([, line, asked, expected]) => {
  const { setting, notes } = durationOf(line, asked);
  expect([tell(setting), notes]).toEqual([expected, []]);
});

test.for(["abc", "-1", "1h 30m", "3600.5", "12 hours"])(
  "role: %s is 1 h, and a note says so",
  (text) => {
    const { setting, notes } = durationOf(`duration_seconds = ${text}`);
    expect([tell(setting), notes]).toEqual([
      "3600 ← default",
      [`~/.aws/config:2 (duration_seconds): "${text}" is not a duration, and is passed over`],
    ]);
  },
);

test.for([
  ["899", "15m to 12h, not 14m59s", "15m"],
  ["0", "15m to 12h, not 0s", "15m"],
  ["60s", "15m to 12h, not 1m", "15m"],
  ["43201", "15m to 12h, not 12h1s", "12h"],
  ["36h", "15m to 12h, not 36h", "12h"],
] as const)("role: duration_seconds = %s is refused", ([text, range, instead]) => {
  expect(refusalOf(() => durationOf(`duration_seconds = ${text}`))).toEqual([
    "ConfigError",
    `~/.aws/config:2 (duration_seconds): AWS gives sessions of ${range}`,
    `Ask for ${instead}.`,
  ]);
});

test.for([
  [899, "--duration: AWS gives sessions of 15m to 12h, not 14m59s", "Ask for 15m."],
  [43_201, "--duration: AWS gives sessions of 15m to 12h, not 12h1s", "Ask for 12h."],
] as const)("role: %i s asked for is refused", ([asked, message, hint]) => {
  expect(refusalOf(() => durationOf("", asked))).toEqual(["ConfigError", message, hint]);
});

test.for([900, 43_201, 129_600])("user's own session: %i s", (seconds) => {
  expect(checkSessionDuration(given(seconds))).toEqual(given(seconds));
});

test.for([
  [899, "--duration: AWS gives sessions of 15m to 36h, not 14m59s", "Ask for 15m."],
  [129_601, "--duration: AWS gives sessions of 15m to 36h, not 36h1s", "Ask for 36h."],
] as const)("user's own session: %i s is refused", ([seconds, message, hint]) => {
  const setting = given(seconds, "--duration");
  expect(refusalOf(() => checkSessionDuration(setting))).toEqual(["ConfigError", message, hint]);
});
