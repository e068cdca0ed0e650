// `npm run sbom`, after a build: what is shipped, as CycloneDX on standard output. npm knows the lock but not the bundle, whose packages are
// devDependencies to it: of its list this keeps those that dist/THIRD-PARTY-LICENSES names, and the optional dependencies.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { packagesIn } from "./licences.mjs";

const development = "cdx:npm:package:development";
const bundled = packagesIn(readFileSync("dist/THIRD-PARTY-LICENSES", "utf8"));
const { name } = JSON.parse(readFileSync("package.json", "utf8"));
const ofLock = execFileSync(
  process.execPath,
  [process.env.npm_execpath, "sbom", "--sbom-format", "cyclonedx", "--package-lock-only"],
  { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
);
process.stdout.write(`${JSON.stringify(shippedOf(JSON.parse(ofLock)), null, 2)}\n`);

function shippedOf({ components, dependencies, metadata, ...others }) {
  const shipped = components.flatMap((component) => {
    if (bundled.includes(component["bom-ref"])) return asRequired(component);
    return isDevelopment(component) ? [] : component;
  });
  const root = metadata.component["bom-ref"];
  const refs = new Set([root, ...shipped.map((component) => component["bom-ref"])]);
  const edges = dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({
      ref,
      dependsOn: dependsOn.filter((other) => refs.has(other)),
    }));
  // npm calls the program by the name of its folder.
  const component = { ...metadata.component, name };
  return {
    ...others,
    metadata: { ...metadata, component },
    components: shipped,
    dependencies: edges,
  };
}

function isDevelopment({ properties }) {
  return properties.some((property) => property.name === development);
}

/** What is bundled is there wherever the program is. */
function asRequired({ properties, ...component }) {
  return {
    ...component,
    scope: "required",
    properties: properties.filter((property) => property.name !== development),
  };
}
