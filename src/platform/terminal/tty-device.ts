import { closeSync, openSync } from "node:fs";
import { errnoOf } from "../files/errno.ts";
import { runHelper } from "../processes/start-program.ts";

/** The terminal device, open; the same file for both where one does. */
export interface Device {
  readonly input: number;
  readonly output: number;
}

/** The terminal that this process belongs to, whatever its standard streams are; null when it has none. */
export function openDevice(platform: string): Device | null {
  try {
    if (platform === "win32") {
      return { input: openSync("\\\\.\\CONIN$", "r+"), output: openSync("\\\\.\\CONOUT$", "r+") };
    }
    const terminal = openSync("/dev/tty", "r+");
    return { input: terminal, output: terminal };
  } catch (error) {
    // ENXIO: there is a device file, and no terminal behind it.
    if (errnoOf(error) !== null) return null;
    throw error;
  }
}

/** Whether the terminal echoes what is typed: while a program asks for a secret it does not. True where that cannot be told. */
export function isTypingShown(platform: string): boolean {
  const device = platform === "win32" ? null : openDevice(platform);
  if (!device) return true;
  const { stdout } = runHelper("stty", ["-a"], {
    stdio: [device.input, "pipe", "ignore"],
    timeout: 2000,
  });
  closeSync(device.input);
  return !/(^|\s)-echo(\s|;|$)/.test(stdout || "");
}

/** Lets the terminal echo again and take lines, after a program that hid what was typed was ended in the middle of it. */
export function showTyping(platform: string): void {
  const device = platform === "win32" ? null : openDevice(platform);
  if (!device) return;
  const stdio = [device.input, "ignore", "ignore"] as const;
  runHelper("stty", ["echo", "icanon", "isig", "icrnl"], { stdio: [...stdio], timeout: 2000 });
  closeSync(device.input);
}
