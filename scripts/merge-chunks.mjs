// esbuild shares code between files by a file for each set of entry points that need it. There are many such sets, and each file that is
// opened costs a start a third of a millisecond: what an entry point always loads becomes one file with it.
import { build } from "esbuild";

/**
 * Of `files`, the texts of ES modules by their names as esbuild has split them, the chunks that `entry` imports become part of it, and the
 * others import from there. Gives back the files that are left. What is loaded with `import()` stays in a file of its own.
 */
export async function mergeChunks(files, entry, options) {
  const chunksOf = (name) => [...importsOf(files.get(name)).keys()].filter(isChunk);
  const isMerged = new Set(closure([entry], chunksOf));
  const others = [...files.keys()].filter((name) => !isMerged.has(name));
  const moved = movedNames(
    others.map((name) => importsOf(files.get(name))),
    isMerged,
  );

  const chunks = {
    name: "chunks",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\// }, ({ path, kind, importer }) => {
        const name = path.slice("./".length);
        if (kind === "entry-point") return { path: name, namespace: "chunk" };
        if (kind !== "import-statement" || !isMerged.has(name)) return { path, external: true };
        const isWithin = importer === "<stdin>" || isMerged.has(importer);
        return isWithin
          ? { path: name, namespace: "chunk" }
          : { path: name, namespace: "moved", sideEffects: false };
      });
      onResolve({ filter: /^merged$/ }, () => ({ path: `./${entry}`, external: true }));
      onLoad({ filter: /.*/, namespace: "chunk" }, ({ path }) => ({ contents: files.get(path) }));
      onLoad({ filter: /.*/, namespace: "moved" }, ({ path }) => ({
        contents: reexport(moved.get(path), (name, to) => `${to} as ${name}`, "merged"),
      }));
    },
  };
  const common = { ...options, format: "esm", outdir: "dist", write: false, plugins: [chunks] };
  // A chunk that is imported for its effects alone has none.
  common.logOverride = { "ignored-bare-import": "silent" };
  const exported = [...moved].map(([path, names]) =>
    reexport(names, (name, to) => `${name} as ${to}`, `./${path}`),
  );
  const contents = [`export * from "./${entry}";`, ...exported].join("\n");
  const { outputFiles: whole } = await build({ ...common, stdin: { contents } });
  const entryPoints = others.map((name) => ({ in: `./${name}`, out: name }));
  const { outputFiles: rest } = await build({ ...common, entryPoints });
  const texts = [...whole, ...rest].map(({ text }) => text);
  return new Map([entry, ...others].map((name, index) => [name, texts[index]]));
}

/** As `chunkNames` has them in scripts/build.mjs; any other is an entry point. */
function isChunk(name) {
  return name.startsWith("shared-");
}

/** What a minified ES module imports from files beside it: names by file. */
function importsOf(text) {
  const imports = new Map();
  for (const [, names = "", file] of text.matchAll(/\bimport(?:\{([^}]*)\}from)?"\.\/([^"]+)"/g)) {
    const found = names.split(",").map((name) => name.split(" as ")[0]);
    imports.set(file, [...(imports.get(file) ?? []), ...found.filter(Boolean)]);
  }
  return imports;
}

/** For each file that was merged the names that others import from it, with one for each that no other file has. */
function movedNames(imports, isMerged) {
  const moved = new Map([...isMerged].map((file) => [file, new Map()]));
  let count = 0;
  for (const [file, names] of imports.flatMap((one) => [...one])) {
    const known = moved.get(file);
    for (const name of known ? names : []) {
      if (!known.has(name)) known.set(name, `$${count++}`);
    }
  }
  return moved;
}

function reexport(names, clause, from) {
  const clauses = [...names].map(([name, to]) => clause(name, to));
  return `export { ${clauses.join(", ")} } from "${from}";`;
}

function closure(names, next) {
  const more = [...new Set(names.flatMap((name) => [name, ...next(name)]))];
  return more.length === names.length ? more : closure(more, next);
}
