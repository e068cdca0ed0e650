import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SandboxClock } from "./clock.ts";
import { findDevice } from "./directory.ts";
import { type Running, handleRequest } from "./handle-request.ts";
import { OneTimeCodes } from "./one-time-codes.ts";
import type { Sandbox, SandboxOptions } from "./sandbox.ts";
import { Sessions } from "./sessions.ts";
import type { Sts } from "./sts.ts";
import { STEP_MS, totp } from "./totp.ts";

/**
 * Starts an STS on 127.0.0.1 that verifies what AWS verifies and refuses in AWS's own words.
 *
 * @example
 * const sandbox = await startSandbox({ world: kopsWorld() });
 * sandbox.code("arn:aws:iam::111111111111:mfa/jon"); // "123456"
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const sts: Sts = {
    world: options.world,
    clock: new SandboxClock(options.clock ?? Date.now),
    sessions: new Sessions(),
    oneTimeCodes: new OneTimeCodes(),
    clockSkewMinutes: options.clockSkewMinutes ?? 5,
  };
  const running: Running = { sts, requests: [], faults: [] };
  const server = createServer((message, response) => {
    handleRequest(message, response, running).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { ...controlsOf(running), url: `http://127.0.0.1:${port}`, close };
}

function controlsOf({ sts, requests, faults }: Running): Omit<Sandbox, "url" | "close"> {
  const { clock, sessions, oneTimeCodes } = sts;
  return {
    requests,
    code: (serial, steps = 0) => codeOf(sts, serial, steps),
    now: () => clock.now(),
    advance: (ms) => clock.advance(ms),
    expireSessions: () => sessions.expireAll(clock.now()),
    limitLife: (kind, seconds) => sessions.limitLife(kind, seconds),
    forgetCodes: () => oneTimeCodes.forget(),
    fault: (...more) => void faults.push(...more),
    reset: () => {
      clock.reset();
      sessions.clear();
      oneTimeCodes.forget();
      requests.length = 0;
      faults.length = 0;
    },
  };
}

function codeOf({ world, clock }: Sts, serial: string, steps: number): string {
  const device = findDevice(world, serial);
  if (device === null) throw new Error(`the sandbox's world has no MFA device ${serial}`);
  return totp(device.secret, clock.now() + steps * STEP_MS);
}
