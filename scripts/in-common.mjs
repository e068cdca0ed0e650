// What dist/warm.cjs has anyway, the rest of the program takes from there instead of having it a second time. esbuild shares code between
// entry points by itself, but in as many files as there are sets of them, and each file that the warm lane opens costs it time.
import { relative, resolve } from "node:path";
import { build } from "esbuild";

/**
 * For the code that `entry` shares with the rest: `contents`, an entry point that has all that `entry` has and exports its modules too,
 * and `plugin`, for the build of the rest, in which `file`, the bundle of those contents, stands for these modules. Those in `apart` are
 * not shared, nor is what imports them.
 */
export async function inCommon({ entry, file, apart }, options) {
  const shared = await modulesOf(entry, apart, options);
  const numbered = numberedExports(await exportsOf(shared, options));
  const clauses = (path, clause) => [...numbered.get(path)].map(clause).join(", ");
  const reexports = [...numbered.keys()].map((path) => {
    const names = clauses(path, ([name, number]) => `${name} as ${number}`);
    return `export { ${names} } from "./${relative(".", path)}";`;
  });
  const plugin = {
    name: "in-common",
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^in-common$/ }, () => ({ path: file, external: true }));
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (!numbered.has(path)) return null;
        const names = clauses(path, ([name, number]) => `${number} as ${name}`);
        return { contents: `export { ${names} } from "in-common";` };
      });
    },
  };
  return { contents: [`export * from "./${entry}";`, ...reexports].join("\n"), plugin };
}

/**
 * The program's own modules of which something is in the bundle of an entry point, and what they import: there must be one of each class,
 * so that an error which one file throws is known in the other.
 */
async function modulesOf(entry, apart, options) {
  const { metafile } = await build({ ...options, entryPoints: [entry], write: false });
  const [{ inputs }] = Object.values(metafile.outputs);
  const own = Object.keys(metafile.inputs).filter((path) => path.startsWith("src/"));
  const importsOf = (path) => metafile.inputs[path].imports.map((one) => one.path);
  const withImporters = (path) => [path, ...own.filter((one) => importsOf(one).includes(path))];
  const withImports = (path) => [path, ...importsOf(path).filter((one) => own.includes(one))];

  const isApart = new Set(closure([entry, ...apart], withImporters));
  const isUsed = (path) => inputs[path]?.bytesInOutput > 0;
  const taken = own.filter((path) => isUsed(path) && !isApart.has(path));
  return closure(taken, withImports);
}

function closure(paths, next) {
  const more = [...new Set(paths.flatMap(next))];
  return more.length === paths.length ? more : closure(more, next);
}

/** The names of the values that each module exports, by its path. */
async function exportsOf(entryPoints, options) {
  const alone = { ...options, bundle: false, format: "esm", outdir: "dist", write: false };
  const { metafile } = await build({ ...alone, entryPoints });
  const modules = Object.values(metafile.outputs);
  return modules.map(({ entryPoint, exports }) => [resolve(entryPoint), exports]);
}

/** For each module its exports, with a name that no other module's has: two of them may call different things the same. */
function numberedExports(modules) {
  let count = 0;
  return new Map(
    modules.map(([path, names]) => [path, new Map(names.map((name) => [name, `$${count++}`]))]),
  );
}
