import { expect, test } from "vitest";
import { keyringFailure } from "../../../../src/platform/keyring/keyring-failure.ts";

/** What @napi-rs/keyring 2.1.2 was seen to say. */
test.for<readonly [words: string, message: RegExp]>([
  [
    "Couldn't access platform storage: Secret Service: unlock prompt was dismissed",
    /is locked, and nobody unlocked it \(Couldn't access/,
  ],
  [
    "zbus error: org.freedesktop.Secret.Error.IsLocked: Cannot get secret of a locked object",
    /is locked/,
  ],
  [
    "Platform failure: DBus error: Using X11 for dbus-daemon autolaunch was disabled at compile time, set your DBUS_SESSION_BUS_ADDRESS instead",
    /no Secret Service answers on D-Bus/,
  ],
  [
    "Platform failure: DBus error: Failed to connect to socket /nonexistent: No such file or directory",
    /no Secret Service answers on D-Bus/,
  ],
  [
    "Couldn't access platform storage: Secret Service: no result found",
    /no Secret Service answers on D-Bus/,
  ],
  [
    "Cannot find native binding. npm has a bug related to optional dependencies (https://github.com/npm/cli/issues/4828).\nPlease try …",
    /without its part for this machine \(Cannot find native binding\. [^\n]+\)$/,
  ],
  ["the process for it ended with SIGSEGV", /^the system keyring cannot be used \(/],
])("%s", ([words, message]) => {
  const error = keyringFailure(words);
  expect(error.message).toMatch(message);
  expect(error.hint).toMatch(/, or keep sessions in files: cache = files, KOPS_MFA_CACHE=files\.$/);
});

test("words from elsewhere cannot control the terminal", () => {
  expect(keyringFailure("\u001b[31mred").message).not.toContain("\u001b");
});
