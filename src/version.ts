/** The version in package.json, which the build puts in place of the variable. */
export const version: string = process.env["npm_package_version"] ?? "0.0.0";

/** The versions of Node that it is for: `engines` in package.json, in the same way. */
export const nodeRange: string = process.env["npm_package_engines_node"] ?? "*";
