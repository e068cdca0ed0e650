import type { Context } from "../context.ts";
import type { Check } from "../doctor/check.ts";
import { judge } from "../doctor/judge.ts";
import { examine, type Examination } from "./examine.ts";

export { describeChecks } from "../doctor/report.ts";

/** What is right and what is wrong, line by line. Throws {@link InterruptedError}. */
export async function consult(
  context: Context,
  examination: Examination,
): Promise<readonly Check[]> {
  return judge(await examine(context, examination));
}
