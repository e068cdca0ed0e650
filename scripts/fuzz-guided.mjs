// A fuzzer that is guided by the code it reaches: npm run fuzz:guided [-- --seconds 60] [TARGET…], the targets being test/fuzz/guided/.
// What reaches a block of code that nothing before has reached is kept, and changed further. V8 itself tells the blocks
// (Profiler.takePreciseCoverage). It begins with the files of test/fuzz/corpus/TARGET; a text that makes a check fail is put there.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { Session } from "node:inspector";
import { parse, resolve } from "node:path";
import { parseArgs } from "node:util";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: "string", default: "60" } },
});
const longest = 4096;
const targets = readdirSync("test/fuzz/guided").map((file) => parse(file).name);
const session = new Session();
session.connect();

for (const target of positionals.length > 0 ? positionals : targets) {
  if (!targets.includes(target)) throw new Error(`the targets are ${targets.join(", ")}`);
  const failure = await hunt(target, Number(values.seconds));
  if (failure === null) continue;
  console.error(failure);
  process.exitCode = 1;
}

/** Null where no text has made the checks fail. */
async function hunt(target, seconds) {
  const outfile = resolve(`node_modules/.cache/kops-mfa/fuzz/${target}.mjs`);
  await bundle(target, outfile);
  post("Profiler.enable");
  post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  const url = pathToFileURL(outfile).href;
  const { check, words } = await import(url);
  const folder = `test/fuzz/corpus/${target}`;
  mkdirSync(folder, { recursive: true });
  const kept = readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, "utf8"));
  const seen = new Set();
  const end = Date.now() + seconds * 1000;
  let runs = 0;
  for (; runs < kept.length || Date.now() < end; runs++) {
    const text = kept[runs] ?? mutate(kept, words);
    try {
      await check(text);
    } catch (error) {
      const file = `${folder}/${createHash("sha256").update(text).digest("hex").slice(0, 12)}`;
      writeFileSync(file, text);
      return `${target}: ${JSON.stringify(text)} (${file})\n${error.stack}`;
    }
    if (reachedMore(url, seen) && runs >= kept.length) kept.push(text);
  }
  post("Profiler.stopPreciseCoverage");
  console.log(`${target}: ${runs} texts, ${seen.size} blocks, ${kept.length} kept`);
  return null;
}

/** In one file, whose blocks are those that count. */
function bundle(target, outfile) {
  return build({
    entryPoints: [`test/fuzz/guided/${target}.ts`],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.17",
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    logLevel: "warning",
  });
}

function post(method, parameters) {
  let answer;
  session.post(method, parameters, (error, result) => {
    if (error) throw new Error(error.message);
    answer = result;
  });
  return answer;
}

/** V8 counts anew each time that it is asked. */
function reachedMore(url, seen) {
  const before = seen.size;
  for (const script of post("Profiler.takePreciseCoverage").result) {
    if (script.url !== url) continue;
    for (const { ranges } of script.functions) {
      for (const { startOffset, endOffset, count } of ranges) {
        if (count > 0) seen.add(`${startOffset}-${endOffset}`);
      }
    }
  }
  return seen.size > before;
}

/** One of the texts, late ones more often, with one to four changes. */
function mutate(kept, words) {
  let text = kept[kept.length - 1 - Math.floor(Math.random() ** 2 * kept.length)] ?? "";
  for (let left = 1 + below(4); left > 0; left--) {
    const [from, to] = [below(text.length + 1), below(text.length + 1)].sort((a, b) => a - b);
    const change = below(5);
    const piece =
      change === 0
        ? String.fromCharCode(below(256))
        : change < 3
          ? (words[below(words.length)] ?? "")
          : change === 3
            ? (kept[below(kept.length)] ?? "").slice(below(40)).slice(0, below(80))
            : text.slice(from, to);
    text = text.slice(0, from) + piece + text.slice(below(3) === 0 ? to : from);
  }
  return text.slice(0, longest);
}

function below(most) {
  return Math.floor(Math.random() * most);
}
