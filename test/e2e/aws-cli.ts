import { existsSync, mkdirSync } from "node:fs";
import { runProgram, type Person, type Result } from "./person.ts";
import { TestTerminal } from "./terminal.ts";

/** Debian's, and not another that may come first on the PATH. */
export const awsProgram = "/usr/bin/aws";
const hasAws = existsSync(awsProgram);

/** Shown as skipped where the AWS CLI is missing, and a failure where everything must be there. */
export const skipWithoutAws = !hasAws && process.env["KOPS_MFA_REQUIRE_ALL"] !== "1";

/**
 * The AWS CLI of a person, as it is installed. It knows no AWS_ENDPOINT_URL_STS before 2.13, and takes --endpoint-url for the command
 * only, not for the AssumeRole behind it: so it reads a rule set that has one endpoint, the sandbox's, from where botocore looks
 * for models of one's own (AWS_DATA_PATH: boto3.amazonaws.com/v1/documentation/api/latest/guide/configuration.html).
 */
export class AwsCli {
  readonly #person: Person;

  constructor(person: Person) {
    this.#person = person;
    mkdirSync(person.path("models/sts/2011-06-15"), { recursive: true });
    person.write("models/sts/2011-06-15/endpoint-rule-set-1.json", ruleSet(person.sandbox.url));
  }

  /** `aws sts get-caller-identity` without a terminal, on which it could ask. */
  whoAmI(profile: string): Promise<Result> {
    return runProgram(awsProgram, arguments_(profile), this.env);
  }

  /** The same on a terminal. */
  askWhoAmI(profile: string): TestTerminal {
    return new TestTerminal(awsProgram, arguments_(profile), this.env);
  }

  /** What the AWS CLI needs to find the sandbox, whoever starts it. */
  get env(): Record<string, string> {
    return {
      ...this.#person.env,
      PATH: "/usr/bin:/bin",
      AWS_DATA_PATH: this.#person.path("models"),
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_PAGER: "",
    };
  }
}

function arguments_(profile: string): readonly string[] {
  return ["--profile", profile, "--output", "json", "sts", "get-caller-identity"];
}

function ruleSet(url: string): string {
  const parameters = {
    Region: { builtIn: "AWS::Region", required: false, documentation: "", type: "String" },
  };
  const rule = { conditions: [], endpoint: { url, properties: {}, headers: {} }, type: "endpoint" };
  return JSON.stringify({ version: "1.0", parameters, rules: [rule] });
}
