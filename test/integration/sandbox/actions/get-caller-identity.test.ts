import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
} from "@aws-sdk/client-sts";
import { expect, test } from "vitest";
import {
  type AnyCredentials,
  JON_ARN,
  type Launched,
  kopsRole,
  launch,
} from "../../../sandbox/support.ts";

const callers: Readonly<
  Record<string, (launched: Launched) => AnyCredentials | Promise<AnyCredentials>>
> = {
  user: ({ world }) => world.jon.accessKeys[0],
  root: ({ world }) => world.people.root.accessKeys[0],
  "session token": async ({ world, client }) => {
    const command = new GetSessionTokenCommand({});
    return (await client(world.jon.accessKeys[0]).send(command)).Credentials;
  },
  "assumed role": async ({ world, client }) => {
    const input = { RoleArn: kopsRole("kops-open"), RoleSessionName: "a+b=c,d.e@f-g" };
    const command = new AssumeRoleCommand(input);
    return (await client(world.jon.accessKeys[0]).send(command)).Credentials;
  },
};

test.for([
  ["user", JON_ARN, /^AIDA[A-Z0-9]{17}$/, "111111111111"],
  ["root", "arn:aws:iam::111111111111:root", /^111111111111$/, "111111111111"],
  ["session token", JON_ARN, /^AIDA[A-Z0-9]{17}$/, "111111111111"],
  [
    "assumed role",
    "arn:aws:sts::222222222222:assumed-role/kops-open/a+b=c,d.e@f-g",
    /^AROA[A-Z0-9]{17}:a\+b=c,d\.e@f-g$/,
    "222222222222",
  ],
] as const)("a caller with the credentials of a %s is %s", async ([kind, arn, id, account]) => {
  const launched = await launch();
  const credentials = await callers[kind]!(launched);
  const { Arn, UserId, Account } = await launched
    .client(credentials)
    .send(new GetCallerIdentityCommand({}));
  expect({ Arn, Account }).toEqual({ Arn: arn, Account: account });
  expect(UserId).toMatch(id);
});
