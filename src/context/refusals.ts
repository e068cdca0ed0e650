import type { Problem } from "../errors.ts";
/** The services whose configured endpoint nothing is sent to. */
export type Refusals = Readonly<Partial<Record<"sts" | "iam" | "s3" | "ec2", Problem>>>;
