import { AssumeRoleCommand, type Credentials, GetSessionTokenCommand } from "@aws-sdk/client-sts";
import { describe, expect, test } from "vitest";
import {
  type Refusal,
  assume,
  kopsRole,
  launch,
  refusalOf,
  whoAmI,
  signatureDoesNotMatch,
} from "../../sandbox/support.ts";

const open = () => assume({ RoleArn: kopsRole("kops-open") });

const UNKNOWN_KEY: Refusal = {
  status: 403,
  code: "InvalidClientTokenId",
  message: "The security token included in the request is invalid.",
};
const INVALID_TOKEN = { ...UNKNOWN_KEY, message: UNKNOWN_KEY.message.slice(0, -1) };
const EXPIRED: Refusal = {
  status: 403,
  code: "ExpiredToken",
  message: "The security token included in the request is expired",
};

describe("long-lived keys", () => {
  test("an unknown access key id", async () => {
    const { client } = await launch();
    const key = {
      accessKeyId: "AKIATESTTESTTESTNONE",
      secretAccessKey: "test/secret",
      active: true,
    };
    expect(await refusalOf(client(key).send(whoAmI()))).toEqual(UNKNOWN_KEY);
  });

  test("a key that was switched off", async () => {
    const { world, client } = await launch();
    world.jon.accessKeys[0]!.active = false;
    const key = { ...world.jon.accessKeys[0]! };
    expect(await refusalOf(client(key).send(whoAmI()))).toEqual(UNKNOWN_KEY);
  });

  test("a wrong secret", async () => {
    const { world, client } = await launch();
    const key = { ...world.jon.accessKeys[0]!, secretAccessKey: "test/wrong/secret" };
    expect(await refusalOf(client(key).send(whoAmI()))).toEqual(
      signatureDoesNotMatch(
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
      ),
    );
  });

  test("a left-over session token beside them", async () => {
    const { world, client } = await launch();
    const { accessKeyId, secretAccessKey } = world.jon.accessKeys[0]!;
    const credentials: Credentials = {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: "dGVzdA==",
      Expiration: undefined,
    };
    expect(await refusalOf(client(credentials).send(whoAmI()))).toEqual(INVALID_TOKEN);
  });

  test("a key of another partition", async () => {
    const { world, client } = await launch();
    const call = client(world.jon.accessKeys[0], { region: "cn-north-1" }).send(whoAmI());
    expect(await refusalOf(call)).toEqual(UNKNOWN_KEY);
  });
});

describe("session credentials", () => {
  async function launchWithSessions() {
    const launched = await launch();
    const jon = launched.client(launched.world.jon.accessKeys[0]);
    const [one, other] = [await jon.send(open()), await jon.send(open())];
    return { ...launched, session: one.Credentials!, other: other.Credentials! };
  }

  test("without their token", async () => {
    const { session, client } = await launchWithSessions();
    const key = {
      accessKeyId: session.AccessKeyId!,
      secretAccessKey: session.SecretAccessKey!,
      active: true,
    };
    expect(await refusalOf(client(key).send(whoAmI()))).toEqual(INVALID_TOKEN);
  });

  test("with another session's token", async () => {
    const { session, other, client } = await launchWithSessions();
    const mixed = { ...session, SessionToken: other.SessionToken };
    expect(await refusalOf(client(mixed).send(whoAmI()))).toEqual(INVALID_TOKEN);
  });

  test("of another sandbox", async () => {
    const { session } = await launchWithSessions();
    const { client } = await launch();
    expect(await refusalOf(client(session).send(whoAmI()))).toEqual(UNKNOWN_KEY);
  });

  test.for([
    ["a role session after its hour", open(), 3600],
    ["a session token after 12 hours", new GetSessionTokenCommand({}), 43_200],
  ] as const)("%s", async ([, command, seconds]) => {
    const { sandbox, world, client, whoIs } = await launch();
    const jon = client(world.jon.accessKeys[0]);
    const { Credentials } =
      command instanceof AssumeRoleCommand ? await jon.send(command) : await jon.send(command);
    sandbox.advance(seconds * 1000 - 1);
    await whoIs(Credentials);
    sandbox.advance(1);
    expect(await refusalOf(client(Credentials).send(whoAmI()))).toEqual(EXPIRED);
    expect(await refusalOf(client(Credentials).send(open()))).toEqual(EXPIRED);
  });

  test("ended by the test", async () => {
    const { sandbox, session, client, world } = await launchWithSessions();
    sandbox.expireSessions();
    expect(await refusalOf(client(session).send(whoAmI()))).toEqual(EXPIRED);
    await client(world.jon.accessKeys[0]).send(open());
  });
});

describe("region", () => {
  test("a region that does not exist", async () => {
    const { world, client } = await launch();
    const call = client(world.jon.accessKeys[0], { region: "eu-centrall-1" }).send(whoAmI());
    expect(await refusalOf(call)).toEqual(
      signatureDoesNotMatch("Credential should be scoped to a valid region, not 'eu-centrall-1'."),
    );
  });

  test("a region in which the account has no STS", async () => {
    const { world, client, whoIs } = await launch();
    world.people.regionsDisabled.push("ap-southeast-2");
    const key = world.jon.accessKeys[0];
    const disabled = client(key, { region: "ap-southeast-2" });
    const refusal = {
      status: 403,
      code: "RegionDisabledException",
      message:
        "STS is not activated in this region for account:111111111111. Your account administrator can activate STS in this region using the IAM Console.",
    };
    expect(await refusalOf(disabled.send(open()))).toEqual(refusal);
    expect(await refusalOf(disabled.send(new GetSessionTokenCommand({})))).toEqual(refusal);
    await whoIs(key, { region: "ap-southeast-2" });
    await client(key).send(open());
  });
});
