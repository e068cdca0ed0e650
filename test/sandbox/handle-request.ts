import type { IncomingMessage, ServerResponse } from "node:http";
import { answerError, answerRequest } from "./answer.ts";
import { answerEc2, isForEc2 } from "./ec2/answer.ts";
import { AwsError } from "./errors.ts";
import { type Fault, applyFault, takeFault } from "./faults.ts";
import { formOf, receive, sendAnswer } from "./http.ts";
import { type RecordedRequest, recordRequest } from "./request-log.ts";
import { answerS3, isForS3, s3Action } from "./s3/answer.ts";
import type { Sts } from "./sts.ts";

/** The state of a sandbox that requests change. */
export interface Running {
  readonly sts: Sts;
  readonly requests: RecordedRequest[];
  readonly faults: Fault[];
}

/** Records a request and answers it, unless a fault is waiting for it. */
export async function handleRequest(
  message: IncomingMessage,
  response: ServerResponse,
  { sts, requests, faults }: Running,
): Promise<void> {
  // Clients correct their clocks by this header, so it has to tell the sandbox's time.
  response.setHeader("date", new Date(sts.clock.now()).toUTCString());
  try {
    const request = await receive(message);
    const params = formOf(request);
    const isS3 = isForS3(request);
    const record = recordRequest(request, params, sts.clock.now());
    if (isS3) record.action = s3Action(request);
    requests.push(record);
    const answer = () => {
      const answered = isS3
        ? answerS3(request, sts)
        : isForEc2(params)
          ? answerEc2(request, params, sts)
          : answerRequest(request, params, sts);
      record.outcome = answered.outcome;
      return answered;
    };
    const fault = takeFault(faults, record.action);
    if (fault === null) sendAnswer(response, answer());
    else await applyFault(fault, response, answer);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    sendAnswer(response, answerError(error));
  }
}
