/** A stanza that lets kops print the credentials, by itself or under kops-mfa. */
export interface KopsPlugin {
  /** kops, as the stanza calls it. */
  readonly kops: string;
  /** kops's own arguments: `helpers`, `kubectl-auth`, … */
  readonly args: readonly string[];
  /** The options of `kops-mfa exec` around it; null where kops runs by itself. */
  readonly options: readonly string[] | null;
}

/**
 * Reads the plugin that `kops export kubeconfig` writes (kops, pkg/kubeconfig/create_kubecfg.go), and what {@link pluginWords}
 * made of it. Null for any other program.
 */
export function readPlugin(command: string, args: readonly string[]): KopsPlugin | null {
  if (isProgram(command, "kops")) return kopsPlugin([command, ...args], null);
  const end = args.indexOf("--");
  if (!isProgram(command, "kops-mfa") || args[0] !== "exec" || end === -1) return null;
  return kopsPlugin(args.slice(end + 1), args.slice(1, end));
}

/** The reverse: the command and its arguments. */
export function pluginWords({ kops, args, options }: KopsPlugin): readonly [string, ...string[]] {
  return options === null ? [kops, ...args] : ["kops-mfa", "exec", ...options, "--", kops, ...args];
}

/** What kubectl shows when it finds no kops-mfa. The beginning tells that a hint is ours. */
export const installHint =
  "kops-mfa runs kops with an MFA session, and is not on the PATH here. Install it, or run `kops export kubeconfig`, which puts kops itself here again.";

export function isOurHint(hint: string): boolean {
  return hint.startsWith("kops-mfa ");
}

function kopsPlugin(
  [kops = "", ...args]: readonly string[],
  options: KopsPlugin["options"],
): KopsPlugin | null {
  const isLogin = args[0] === "helpers" && args[1] === "kubectl-auth";
  return isProgram(kops, "kops") && isLogin ? { kops, args, options } : null;
}

/** `kops`, `/usr/local/bin/kops`, `C:\tools\kops.exe` */
function isProgram(command: string, name: string): boolean {
  return programName(command) === name;
}

/** The name of a program, without folder and `.exe`. */
export function programName(command: string): string {
  return (command.split(/[/\\]/).at(-1) ?? "").replace(/\.exe$/i, "");
}
