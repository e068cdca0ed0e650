// The demo is TypeScript, like the sandbox that it starts.
import { loadTypeScript } from "./load-typescript.mjs";

await loadTypeScript("test/demo/demo.ts");
