import type { Environment } from "../environment/environment.ts";
import type { SharedFiles } from "./profiles.ts";
import type { Request } from "./request.ts";

/** What a resolution is made from. */
export interface Inputs {
  readonly files: SharedFiles;
  readonly request: Request;
  /** The environment before any session of ours. */
  readonly env: Environment;
}
