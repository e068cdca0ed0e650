/** The version in package.json, which the build puts in place of the variable. */
export const version: string = process.env["npm_package_version"] ?? "0.0.0";
