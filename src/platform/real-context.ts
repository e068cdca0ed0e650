import type { Context } from "../context.ts";
import type { Environment } from "../environment/environment.ts";
import { endBySignal, runChild } from "./processes/child.ts";
import { askProgram } from "./processes/capture-output.ts";
import { readAsset } from "./files/assets.ts";
import { realFiles } from "./files/files.ts";
import { findProgram } from "./processes/find-program.ts";
import { homeDirectory } from "./files/home.ts";
import { openKeyring } from "./keyring/keyring.ts";
import { ancestor } from "./processes/process-info.ts";
import { replaceProcess } from "./processes/execve.ts";
import { sha1 } from "./sha1.ts";
import { sleep } from "./processes/sleep.ts";
import { realStdout } from "./terminal/stdout.ts";
import { realNetwork } from "./aws/network.ts";
import { painter, realTerminal } from "./terminal/terminal.ts";

/** The real effects of this process. */
export function realContext(): Context {
  const env = startEnvironment();
  const home = homeDirectory(env);
  const terminal = realTerminal(env, process.platform);
  return {
    env,
    platform: process.platform,
    nodeVersion: process.versions.node,
    home,
    files: realFiles(home),
    keyring: (locks) => openKeyring({ env, platform: process.platform }, locks),
    sha1,
    terminal,
    stdout: realStdout(painter(env, process.platform)),
    assets: { read: readAsset },
    clock: {
      now: () => Date.now(),
      sleep,
    },
    processes: { parentPid: process.ppid, ancestor },
    children: {
      find: (name) => findProgram(name, env, process.platform),
      run: (command) => runChild(command, process.platform),
      ask: askProgram,
      replace: replaceProcess,
      endBySignal,
    },
    ...realNetwork(env, terminal),
    credentialServer: async (answer) => {
      const { serveCredentials } = await import("./aws/remote-entry.ts");
      return serveCredentials(answer);
    },
  };
}

/** As this process got it: what is set later, for the SDK, is not for children. Windows finds `PATH` as `Path` only in the real one. */
function startEnvironment(): Environment {
  return process.platform === "win32" ? process.env : { ...process.env };
}
