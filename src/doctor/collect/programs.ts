import type { Context } from "../../context.ts";
import type { KopsProgram, ProgramFacts } from "../facts.ts";
import { helperEnvironment } from "../../environment/child-environment.ts";
import { nodeRange, version } from "../../version.ts";

/** `kops version` asks nobody. */
const longestWaitSeconds = 5;

/** Looks at what runs, and at what is to be run; without `mayRun` nothing is started. */
export async function examinePrograms(context: Context, mayRun: boolean): Promise<ProgramFacts> {
  const { nodeVersion } = context;
  return { version, nodeVersion, nodeRange, kops: await askKops(context, mayRun) };
}

async function askKops(
  { children, env: own, platform }: Context,
  mayRun: boolean,
): Promise<KopsProgram> {
  const found = children.find("kops");
  if (found.how !== "found") return found;
  const { path } = found;
  if (!mayRun) return { how: "found", path, answer: null };
  // kops needs nothing of AWS to tell its version, and so gets nothing.
  const env = helperEnvironment(own, platform);
  const command = { path, name: "kops", args: ["version"], env };
  return { how: "found", path, answer: await children.ask(command, longestWaitSeconds) };
}
