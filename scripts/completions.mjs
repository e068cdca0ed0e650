// Writes completions/ from the program's own table of commands: to be run when a command, an option or a template has changed.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { loadTypeScript } from "./load-typescript.mjs";

const { completionFiles } = await loadTypeScript("src/generate/completions.ts");
mkdirSync("completions", { recursive: true });
const template = (file) => readFileSync(`src/completion/templates/${file}`, "utf8");
for (const [file, text] of completionFiles(template)) writeFileSync(`completions/${file}`, text);
