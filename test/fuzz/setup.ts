// For a long run: the properties that name no number of cases get it too (vitest.config.ts).
import fc from "fast-check";
import { cases, seed } from "./effort.ts";

fc.configureGlobal({ numRuns: cases(100), seed });
