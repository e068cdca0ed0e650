/** Why nothing is sent to an endpoint: in one line, and what to do. */
export interface EndpointRefusal {
  readonly message: string;
  readonly hint: string;
}

/** The services whose configured endpoint nothing is sent to. */
export type Refusals = Readonly<Partial<Record<"sts" | "iam" | "s3" | "ec2", EndpointRefusal>>>;
