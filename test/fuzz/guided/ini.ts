/** What scripts/fuzz-guided.mjs asks of every text, and what it makes texts of. */
export { checkIni as check, iniWords as words } from "../ini.ts";
