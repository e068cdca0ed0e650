import type { Context } from "../../context.ts";
import type { ShellFacts } from "../facts.ts";
import { carriedSession } from "../../environment/carried.ts";
import { xdgDirectory } from "../../paths.ts";
import { detectShell } from "../../shell/detect.ts";
import { attempt } from "./attempt.ts";

/** Looks at the shell that this runs in, as far as a child can. */
export function examineShell(context: Context): ShellFacts {
  const { env, platform, processes } = context;
  const { parentPid: ppid, ancestor } = processes;
  const integrated = env["KOPS_MFA_INTEGRATION"];
  const asked = integrated ? { ...env, KOPS_MFA_SHELL: integrated } : env;
  const detection = attempt(() => detectShell({ ppid, ancestor, env: asked, platform }));
  const isFish = detection.value?.shell === "fish";
  return {
    env,
    detection: detection.value,
    trouble: detection.trouble,
    isIntegrated: Boolean(integrated),
    carried: carriedSession(env),
    universal: isFish ? universalVariables(context) : [],
  };
}

/**
 * The exported variables that fish keeps for all its sessions: no program can unset them for one shell. They are read from fish's own
 * file, a line like `SETUVAR --export NAME:value` each (fish-shell, src/env_universal_common).
 */
function universalVariables({ env, home, files }: Context): readonly string[] {
  const folder = xdgDirectory("XDG_CONFIG_HOME", { env, home }) ?? (home && `${home}/.config`);
  if (!folder) return [];
  const text = attempt(() => files.read(`${folder}/fish/fish_variables`)).value ?? "";
  const lines = [...text.matchAll(/^SETUVAR((?: --\w+)*) (\w+):/gm)];
  return lines.flatMap(([, flags = "", name = ""]) => (/ --export\b/.test(flags) ? [name] : []));
}
