import type { Context, Environment } from "../context.ts";
import { endBySignal, runChild } from "./child.ts";
import { askProgram } from "./ask-program.ts";
import { readAsset } from "./assets.ts";
import { realFiles } from "./files.ts";
import { findProgram } from "./find-program.ts";
import { homeDirectory } from "./home.ts";
import { openKeyring } from "./keyring.ts";
import { ancestor } from "./processes.ts";
import { replaceProcess } from "./replace-process.ts";
import { sha1 } from "./sha1.ts";
import { sleep } from "./sleep.ts";
import { realStdout } from "./stdout.ts";
import { realNetwork } from "./network.ts";
import { painter, realTerminal } from "./terminal.ts";

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
      const { serveCredentials } = await import("./remote.ts");
      return serveCredentials(answer);
    },
  };
}

/** As this process got it: what is set later, for the SDK, is not for children. Windows finds `PATH` as `Path` only in the real one. */
function startEnvironment(): Environment {
  return process.platform === "win32" ? process.env : { ...process.env };
}
