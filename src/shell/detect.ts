import {
  findDialect,
  recogniseShell,
  type KnownShell,
  type ShellName,
} from "./dialects/registry.ts";
import { plainName, plainNames, type Program } from "./program.ts";

export interface Ancestor extends Program {
  readonly ppid: number;
}

export interface DetectionInput {
  /** The parent of this process. */
  readonly ppid: number;
  /** Looks up one process; null when it is gone or cannot be read. */
  readonly ancestor: (pid: number) => Ancestor | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** As `process.platform` has it. */
  readonly platform: string;
}

/** `how` is for people; `seen` is a shell that was recognised, but has no dialect yet. */
export type Detection =
  | { readonly shell: ShellName; readonly how: string }
  | { readonly shell: null; readonly seen: string | null };

/** Far enough for launchers within launchers; a shell beyond is hardly the one that evaluates the output. */
const MAX_HOPS = 8;

const PACKAGE_RUNNERS = ["npm", "npx", "pnpm", "pnpx", "yarn", "yarnpkg", "bun", "bunx"];

/**
 * The shell that will evaluate what this process prints: `KOPS_MFA_SHELL` (set for one call by the shell
 * snippets), else the nearest ancestor that is a shell, else the login shell. The last is only a guess:
 * it differs from the current shell often enough (https://github.com/docker/machine/issues/4276).
 * Throws a UsageError for an unknown name in `KOPS_MFA_SHELL`.
 */
export function detectShell(input: DetectionInput): Detection {
  const asked = input.env["KOPS_MFA_SHELL"] ?? "";
  if (asked !== "") {
    return { shell: findDialect(asked, "KOPS_MFA_SHELL").name, how: "KOPS_MFA_SHELL" };
  }
  if (input.platform === "win32") return fromWindows(input.env);
  return fromAncestors(input) ?? fromLoginShell(input.env);
}

function fromAncestors({ ppid, ancestor, env }: DetectionInput): Detection | null {
  let pid = ppid;
  // Process 1 is asked too: in a container it can be the very shell.
  for (let hop = 0; hop < MAX_HOPS && pid > 0; hop++) {
    const program = ancestor(pid);
    if (program === null) return null;
    const known = shellOf(program);
    if (known !== null && !isRunByPackageRunner(program, ancestor, env)) {
      return detection(known, `process ${pid}`);
    }
    pid = program.ppid;
  }
  return null;
}

/** `npx kops-mfa` runs in an `sh -c` of npm's own, and the output goes to the shell before npm. */
function isRunByPackageRunner(
  program: Ancestor,
  ancestor: DetectionInput["ancestor"],
  env: DetectionInput["env"],
): boolean {
  if (plainName(program.comm ?? "") !== "sh" || program.ppid < 1) return false;
  const parent = ancestor(program.ppid);
  if (parent === null) return false;
  const names = plainNames(parent);
  if (names.some((name) => PACKAGE_RUNNERS.includes(name))) return true;
  // yarn 1 does not name its process; every runner sets this variable for what it runs.
  return names.includes("node") && env["npm_execpath"] !== undefined;
}

/** Process names prove nothing here, and PSModulePath is set in cmd too; only Git Bash leaves traces. */
function fromWindows(env: DetectionInput["env"]): Detection {
  const login = fromLoginShell(env);
  const isMsys = login.shell === null && login.seen === null && env["MSYSTEM"] !== undefined;
  return isMsys ? { shell: "bash", how: "MSYSTEM" } : login;
}

function fromLoginShell(env: DetectionInput["env"]): Detection {
  const known = recogniseShell(env["SHELL"] ?? "");
  return known === null ? { shell: null, seen: null } : detection(known, "SHELL");
}

function shellOf(program: Program): KnownShell | null {
  for (const name of plainNames(program)) {
    const known = recogniseShell(name);
    if (known !== null) return known;
  }
  return null;
}

function detection(known: KnownShell, how: string): Detection {
  return known.shell === null ? known : { shell: known.shell, how };
}
