// The bench is TypeScript, like the sandbox that it measures against.
import { loadTypeScript } from "./load-typescript.mjs";

await loadTypeScript("bench/bench.ts");
