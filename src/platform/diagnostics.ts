/** On Node 22.13 and newer: https://nodejs.org/api/process.html#processreportexcludeenv */
interface Report {
  excludeEnv?: boolean;
}

/**
 * Keeps Node's own diagnostics free of credentials. `NODE_DEBUG=http` prints the session token of every request and `child_process` the
 * environment of every child, both by `process.stderr`, by which this program says nothing itself (`terminal.ts` writes to the descriptor).
 * A report on a crash has this process's environment.
 */
export function muteDiagnostics(): void {
  if (process.env["NODE_DEBUG"]) process.stderr.write = () => true;
  (process.report as Report).excludeEnv = true;
}
