import { syncBuiltinESMExports } from "node:module";

/**
 * Setup of the unit project: a unit test stays in its own process. Starting a program or opening a socket throws, also in what is
 * loaded with `process.getBuiltinModule`, which no lint rule sees.
 */
const outsiders = {
  "node:child_process": [
    "spawn",
    "spawnSync",
    "exec",
    "execSync",
    "execFile",
    "execFileSync",
    "fork",
  ],
  "node:net": ["createServer", "createConnection", "connect"],
  "node:tls": ["createServer", "connect"],
  "node:dgram": ["createSocket"],
} as const;

for (const [module, names] of Object.entries(outsiders)) {
  const exported = process.getBuiltinModule(module) as Record<string, unknown>;
  for (const name of names) {
    exported[name] = () => {
      throw new Error(`a unit test called ${module} ${name}: it belongs in test/integration`);
    };
  }
}

for (const method of ["listen", "connect"] as const) {
  const { Server, Socket } = process.getBuiltinModule("node:net");
  const prototype = (method === "listen" ? Server : Socket).prototype as unknown as Record<
    string,
    unknown
  >;
  prototype[method] = () => {
    throw new Error(`a unit test opened a socket (${method}): it belongs in test/integration`);
  };
}

syncBuiltinESMExports();
