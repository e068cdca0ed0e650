import { loadSettings, loadSharedFiles } from "../config/load.ts";
import { readRequest, type RequestOptions } from "../config/request.ts";
import type { Inputs } from "../config/inputs.ts";
import type { Context } from "../context.ts";
import type { Environment } from "../environment/environment.ts";

interface ReadingFiles {
  readonly files: Pick<Context["files"], "open">;
}

/** Reads all that decides a session. `env` is the environment before any session of ours. */
export function readInputs(
  { files: disk, platform, home }: Pick<Context, "platform" | "home"> & ReadingFiles,
  env: Environment,
  options: RequestOptions,
): Inputs {
  const place = { files: disk, env, platform, home };
  const settings = loadSettings(place);
  return { files: loadSharedFiles(place), request: readRequest(options, env, settings), env };
}
