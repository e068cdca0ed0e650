import { GetSessionTokenCommand } from "@aws-sdk/client-sts";
import { describe, expect, test } from "vitest";
import { errorIn, sendRaw } from "../../../sandbox/raw-request.ts";
import {
  type AnyCredentials,
  JON,
  JON_ARN,
  type Launched,
  assume,
  kopsRole,
  launch,
  mfaOfJon,
} from "../../../sandbox/support.ts";

interface Listing {
  readonly region?: string;
  readonly service?: string;
  readonly body?: string;
}

const LIST = "Action=ListMFADevices&Version=2010-05-08";

/** ListMFADevices with these credentials, signed by the SDK's own signer. */
async function list(
  { sandbox, client }: Launched,
  credentials: AnyCredentials,
  { region = "us-east-1", service = "iam", body = LIST }: Listing = {},
) {
  const { protocol, hostname, host, port } = new URL(sandbox.url);
  const { config } = client(credentials);
  const signer = await config.signer();
  const unsigned = {
    ...{ method: "POST", protocol, hostname, port: Number(port), path: "/", query: {}, body },
    headers: { host, "content-type": "application/x-www-form-urlencoded" },
  };
  const { headers } = await signer.sign(unsigned, {
    ...{ signingDate: new Date(sandbox.now()), signingRegion: region, signingService: service },
  });
  return sendRaw(sandbox.url, { method: "POST", path: "/", headers, body });
}

test("a user's own devices, as IAM writes them", async () => {
  const launched = await launch();
  const { jon } = launched.world;
  jon.mfaDevices.push({ serial: "arn:aws:iam::111111111111:mfa/jon-phone", secret: "" });
  const { status, headers, body } = await list(launched, jon.accessKeys[0]);
  expect([status, headers["content-type"]]).toEqual([200, "text/xml"]);
  const member = (serial: string) =>
    `<member><UserName>jon</UserName><SerialNumber>${serial}</SerialNumber><EnableDate>2026-01-02T03:04:05Z</EnableDate></member>`;
  expect(body.replace(/<ResponseMetadata>.*<\/ResponseMetadata>/, "")).toBe(
    `<ListMFADevicesResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ListMFADevicesResult><IsTruncated>false</IsTruncated><MFADevices>${member(JON)}${member(`${JON}-phone`)}</MFADevices></ListMFADevicesResult></ListMFADevicesResponse>`,
  );
});

test("a user without one", async () => {
  const launched = await launch();
  launched.world.jon.mfaDevices.length = 0;
  const { body } = await list(launched, launched.world.jon.accessKeys[0]);
  expect(body).toContain("<MFADevices></MFADevices>");
});

test.for<readonly [partition: string, account: string, name: string, region: string]>([
  ["aws-cn", "333333333333", "mei", "cn-north-1"],
  ["aws-us-gov", "444444444444", "gus", "us-gov-west-1"],
])("%s", async ([partition, id, name, region]) => {
  const launched = await launch();
  const user = launched.world.accounts
    .find((account) => account.id === id)!
    .users.find((each) => each.name === name)!;
  const { body } = await list(launched, user.accessKeys[0], { region });
  expect(body).toContain(`<SerialNumber>arn:${partition}:iam::${id}:mfa/${name}</SerialNumber>`);
});

describe("denied", () => {
  const denied = (user: string) =>
    `403 AccessDenied: User: ${JON_ARN} is not authorized to perform: iam:ListMFADevices on resource: user ${user}`;

  test("by a policy", async () => {
    const launched = await launch();
    launched.world.jon.denyListMfaDevices = true;
    const answer = await list(launched, launched.world.jon.accessKeys[0]);
    expect(errorIn(answer)).toBe(denied("jon"));
    expect(answer.body).toContain(
      '<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">',
    );
  });

  test("for somebody else", async () => {
    const launched = await launch();
    const body = `${LIST}&UserName=mallory`;
    expect(errorIn(await list(launched, launched.world.jon.accessKeys[0], { body }))).toBe(
      denied("mallory"),
    );
  });

  test("not by the policy that forces MFA", async () => {
    const launched = await launch();
    launched.world.jon.denyWithoutMfa = true;
    expect((await list(launched, launched.world.jon.accessKeys[0])).status).toBe(200);
  });
});

describe("temporary credentials", () => {
  test("of GetSessionToken, with MFA or without", async () => {
    const launched = await launch();
    const jon = launched.client(launched.world.jon.accessKeys[0]);
    const plain = await jon.send(new GetSessionTokenCommand({}));
    expect(errorIn(await list(launched, plain.Credentials))).toMatch(/^403 InvalidClientTokenId/);
    const mfa = await jon.send(new GetSessionTokenCommand(mfaOfJon(launched)));
    expect((await list(launched, mfa.Credentials)).status).toBe(200);
  });

  test("of a role, which is no user", async () => {
    const launched = await launch();
    const open = assume({ RoleArn: kopsRole("kops-open") });
    const { Credentials } = await launched.client(launched.world.jon.accessKeys[0]).send(open);
    expect(errorIn(await list(launched, Credentials))).toBe(
      "400 ValidationError: Must specify userName when calling with non-User credentials",
    );
  });
});

describe("signature", () => {
  test.for<readonly [title: string, listing: Listing, error: string]>([
    [
      "for STS",
      { service: "sts" },
      "403 SignatureDoesNotMatch: Credential should be scoped to correct service: 'iam'.",
    ],
    [
      "for a region where IAM is not",
      { region: "eu-central-1" },
      "403 SignatureDoesNotMatch: Credential should be scoped to a valid region, not 'eu-central-1'.",
    ],
    [
      "for IAM, of a call to STS",
      { body: "Action=GetCallerIdentity&Version=2011-06-15" },
      "403 SignatureDoesNotMatch: Credential should be scoped to correct service: 'sts'.",
    ],
    [
      "of a call that STS does not have",
      { body: "Action=ListMFADevices&Version=2011-06-15" },
      "400 InvalidAction: Could not find operation ListMFADevices for version 2011-06-15",
    ],
    [
      "of a call that IAM does not have",
      { body: "Action=GetCallerIdentity&Version=2010-05-08" },
      "400 InvalidAction: Could not find operation GetCallerIdentity for version 2010-05-08",
    ],
  ])("%s", async ([, listing, error]) => {
    const launched = await launch();
    const answer = await list(launched, launched.world.jon.accessKeys[0], listing);
    expect(errorIn(answer)).toBe(error);
  });

  test("with another secret", async () => {
    const launched = await launch();
    const key = { ...launched.world.jon.accessKeys[0]!, secretAccessKey: "x".repeat(40) };
    expect(errorIn(await list(launched, key))).toMatch(
      /^403 SignatureDoesNotMatch: The request signature we calculated/,
    );
  });
});
