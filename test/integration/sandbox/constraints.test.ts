import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  GetSessionTokenCommand,
  type GetSessionTokenCommandInput,
} from "@aws-sdk/client-sts";
import { expect, test } from "vitest";
import { kopsRole, launch, refusalOf, validationError } from "../../sandbox/support.ts";

/** One fault in AWS's standard form. */
function fault(value: string, member: string, rule: string): string {
  return `Value ${value} at '${member}' failed to satisfy constraint: Member must ${rule}`;
}

const long = (length: number) => "x".repeat(length);
const NAME_PATTERN = "satisfy regular expression pattern: [\\w+=,.@-]*";
const ROLE_PATTERN =
  "satisfy regular expression pattern: [\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+";

type Faults = readonly string[];
type Row<Input> = readonly [input: Partial<Input>, faults: Faults];

/** Parameters that both actions have. */
const shared: readonly Row<GetSessionTokenCommandInput>[] = [
  [{ TokenCode: "12" }, [fault("'12'", "tokenCode", "have length greater than or equal to 6")]],
  [
    { TokenCode: "1234567" },
    [fault("'1234567'", "tokenCode", "have length less than or equal to 6")],
  ],
  [
    { TokenCode: "abcdef" },
    [fault("'abcdef'", "tokenCode", "satisfy regular expression pattern: [\\d]*")],
  ],
  [
    { TokenCode: "12345 6" },
    [
      fault("'12345 6'", "tokenCode", "have length less than or equal to 6"),
      fault("'12345 6'", "tokenCode", "satisfy regular expression pattern: [\\d]*"),
    ],
  ],
  [
    { TokenCode: "x" },
    [
      fault("'x'", "tokenCode", "satisfy regular expression pattern: [\\d]*"),
      fault("'x'", "tokenCode", "have length greater than or equal to 6"),
    ],
  ],
  [
    { SerialNumber: "GAHT1234" },
    [fault("'GAHT1234'", "serialNumber", "have length greater than or equal to 9")],
  ],
  [
    { SerialNumber: long(257) },
    [fault(`'${long(257)}'`, "serialNumber", "have length less than or equal to 256")],
  ],
  [
    { SerialNumber: "arn aws mfa" },
    [fault("'arn aws mfa'", "serialNumber", "satisfy regular expression pattern: [\\w+=/:,.@-]*")],
  ],
  [
    { DurationSeconds: 899 },
    [fault("'899'", "durationSeconds", "have value greater than or equal to 900")],
  ],
  [
    { DurationSeconds: -1 },
    [fault("'-1'", "durationSeconds", "have value greater than or equal to 900")],
  ],
];

const ofGetSessionToken: readonly Row<GetSessionTokenCommandInput>[] = [
  [
    { DurationSeconds: 129_601 },
    [fault("'129601'", "durationSeconds", "have value less than or equal to 129600")],
  ],
];

const ofAssumeRole: readonly Row<AssumeRoleCommandInput>[] = [
  [
    { DurationSeconds: 43_201 },
    [fault("'43201'", "durationSeconds", "have value less than or equal to 43200")],
  ],
  [{ RoleArn: undefined }, [fault("null", "roleArn", "not be null")]],
  [
    { RoleArn: "" },
    [
      fault("''", "roleArn", ROLE_PATTERN),
      fault("''", "roleArn", "have length greater than or equal to 20"),
    ],
  ],
  [
    { RoleArn: `arn:aws:iam::222222222222:role/${long(2048)}` },
    [
      fault(
        `'arn:aws:iam::222222222222:role/${long(2048)}'`,
        "roleArn",
        "have length less than or equal to 2048",
      ),
    ],
  ],
  [{ RoleSessionName: undefined }, [fault("null", "roleSessionName", "not be null")]],
  [
    { RoleSessionName: "j" },
    [fault("'j'", "roleSessionName", "have length greater than or equal to 2")],
  ],
  [
    { RoleSessionName: long(65) },
    [fault(`'${long(65)}'`, "roleSessionName", "have length less than or equal to 64")],
  ],
  // Recorded from AWS: tests/aws/services/sts/test_sts.snapshot.json of localstack.
  [{ RoleSessionName: "Session1:2" }, [fault("'Session1:2'", "roleSessionName", NAME_PATTERN)]],
  [
    { RoleSessionName: "jon <\"&'> doe" },
    [fault("'jon <\"&'> doe'", "roleSessionName", NAME_PATTERN)],
  ],
  [{ ExternalId: "x" }, [fault("'x'", "externalId", "have length greater than or equal to 2")]],
  [
    { ExternalId: long(1225) },
    [fault(`'${long(1225)}'`, "externalId", "have length less than or equal to 1224")],
  ],
  [
    { ExternalId: "a b" },
    [fault("'a b'", "externalId", "satisfy regular expression pattern: [\\w+=,.@:\\/-]*")],
  ],
  [{ SourceIdentity: "a b" }, [fault("'a b'", "sourceIdentity", NAME_PATTERN)]],
  [
    { RoleSessionName: "j", DurationSeconds: 60, TokenCode: "1" },
    [
      fault("'j'", "roleSessionName", "have length greater than or equal to 2"),
      fault("'60'", "durationSeconds", "have value greater than or equal to 900"),
      fault("'1'", "tokenCode", "have length greater than or equal to 6"),
    ],
  ],
];

function refusalFor(faults: Faults) {
  const errors = faults.length === 1 ? "error" : "errors";
  return validationError(`${faults.length} validation ${errors} detected: ${faults.join("; ")}`);
}

test.for([...shared, ...ofAssumeRole])("AssumeRole with %o", async ([input, faults]) => {
  const { world, client } = await launch();
  const all = { RoleArn: kopsRole("kops-open"), RoleSessionName: "jon", ...input };
  // The SDK's types know what is required; the point is what STS says when it is missing.
  const command = new AssumeRoleCommand(all);
  const call = client(world.jon.accessKeys[0]).send(command);
  expect(await refusalOf(call)).toEqual(refusalFor(faults));
});

test.for([...shared, ...ofGetSessionToken])("GetSessionToken with %o", async ([input, faults]) => {
  const { world, client } = await launch();
  const call = client(world.jon.accessKeys[0]).send(new GetSessionTokenCommand(input));
  expect(await refusalOf(call)).toEqual(refusalFor(faults));
});

// Recorded from AWS: tests/aws/services/sts/test_sts.snapshot.json of localstack.
test.for([
  "nothing-valid-in-here",
  "arn::b:::something/test-role",
  "arn:a::::something/test-role",
  "arn:a:::something/test-role",
  "arn:a:a::aaaaaaaaaa:",
])("%s is no ARN", async (arn) => {
  const { world, client } = await launch();
  const command = new AssumeRoleCommand({ RoleArn: arn, RoleSessionName: "jon" });
  expect(await refusalOf(client(world.jon.accessKeys[0]).send(command))).toEqual(
    validationError(`${arn} is invalid`),
  );
});
