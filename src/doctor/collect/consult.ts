import type { Context } from "../../context.ts";
import type { Check } from "../check.ts";
import { judge } from "../evaluate.ts";
import { examine, type Examination } from "./collect.ts";

export { describeChecks } from "../render-report.ts";

/** What is right and what is wrong, line by line. Throws {@link InterruptedError}. */
export async function consult(
  context: Context,
  examination: Examination,
): Promise<readonly Check[]> {
  return judge(await examine(context, examination));
}
