import type { Context, Environment } from "../context.ts";
import type { KopsProgram, ProgramFacts } from "../doctor/facts.ts";
import { nodeRange, version } from "../version.ts";

/** `kops version` asks nobody. */
const longestWaitSeconds = 5;

/** Looks at what runs, and at what is to be run; without `mayRun` nothing is started. */
export async function examinePrograms(context: Context, mayRun: boolean): Promise<ProgramFacts> {
  const { nodeVersion } = context;
  return { version, nodeVersion, nodeRange, kops: await askKops(context, mayRun) };
}

async function askKops({ children, env }: Context, mayRun: boolean): Promise<KopsProgram> {
  const found = children.find("kops");
  if (found.how !== "found") return found;
  const { path } = found;
  if (!mayRun) return { how: "found", path, answer: null };
  const command = { path, name: "kops", args: ["version"], env: withoutSecrets(env) };
  return { how: "found", path, answer: await children.ask(command, longestWaitSeconds) };
}

/** kops needs nothing of AWS to tell its version, and so gets nothing. */
function withoutSecrets(env: Environment): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(env).filter(
      (pair): pair is [string, string] =>
        pair[1] !== undefined && !/^(AWS_|S3_|KOPS_MFA_TOKEN_CODE)/.test(pair[0]),
    ),
  );
}
