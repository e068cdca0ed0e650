// The licences of what esbuild puts into dist/: their texts must go wherever the bundle goes (MIT, ISC: "in all copies"; Apache-2.0,
// section 4). `npm run build` writes them to dist/THIRD-PARTY-LICENSES, where `npm run sbom` reads what is bundled.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** By their SPDX names, those that ask for no more than their text. Another one is to be thought about before it is shipped. */
export const permittedLicences = [
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "MIT",
];

const rule = "-".repeat(80);

/** The modules of which something is in the output, as paths, from a `metafile` of esbuild. */
export function bundledInputs({ outputs }) {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  return inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
}

/**
 * The text of THIRD-PARTY-LICENSES for bundled modules, given as paths; those outside of `node_modules` are the program's own.
 * Throws where a licence is not among {@link permittedLicences}, and where its text cannot be found.
 */
export function licencesOf(inputs) {
  const packages = directoriesOf(inputs).map(readPackage);
  const headings = new Map();
  for (const one of packages) {
    const text = textOf(one, packages);
    headings.set(
      text,
      `${headings.get(text) ?? ""}* ${one.name}@${one.version} (${one.licence})\n`,
    );
  }
  const sections = [...headings].map(([text, names]) => `${rule}\n${names}\n${text}\n`);
  return `kops-mfa contains these packages, each under its own licence.\n\n${sections.join("\n")}`;
}

/** The packages that such a text names, as `name@version`. */
export function packagesIn(text) {
  return [...text.matchAll(/^\* (\S+) \(\S+\)$/gm)].map(([, name]) => name);
}

function directoriesOf(inputs) {
  const found = inputs.map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]);
  return [...new Set(found)].filter((directory) => directory !== undefined).sort();
}

function readPackage(directory) {
  const { name, version, license } = JSON.parse(
    readFileSync(join(directory, "package.json"), "utf8"),
  );
  if (permittedLicences.includes(license)) {
    return { name, version, licence: license, text: ownText(directory) };
  }
  throw new Error(
    `${name}@${version}: "${license}" is not among the permitted licences (scripts/licences.mjs)`,
  );
}

/** The licence file, with the notices that belong to it; else what the readme has under that heading. Null where there is neither. */
function ownText(directory) {
  const names = readdirSync(directory).sort();
  const read = (name) => readFileSync(join(directory, name), "utf8").trim();
  const files = names.filter((name) => /^(licen[cs]e|copying|notice)(\.|-|$)/i.test(name));
  if (files.length > 0) return files.map(read).join("\n\n");
  const readme = names.find((name) => /^readme\.md$/i.test(name));
  const [, section] = /^#+ Licen[cs]e.*\n([^#]+)/im.exec(readme ? read(readme) : "") ?? [];
  return section?.replaceAll(/^> ?/gm, "").trim() ?? null;
}

/** The Apache licence is the same text whoever gives it, so a package without a file of its own gets another's; an MIT text names its holder. */
function textOf({ name, version, licence, text }, packages) {
  const isCommon = licence === "Apache-2.0";
  const others = packages.filter((other) => isCommon && other.licence === licence);
  const found = [text, ...others.map((other) => other.text)].find(
    (candidate) => candidate !== null,
  );
  if (found !== undefined) return found;
  throw new Error(`${name}@${version}: the text of its licence (${licence}) is not in the package`);
}
