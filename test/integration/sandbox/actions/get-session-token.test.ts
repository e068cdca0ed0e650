import { GetSessionTokenCommand, type GetSessionTokenCommandInput } from "@aws-sdk/client-sts";
import { describe, expect, test } from "vitest";
import { addRole, trust } from "../../../sandbox/build.ts";
import {
  JON_ARN,
  type Launched,
  accessDenied,
  assume,
  kopsRole,
  launch,
  mfaOfJon,
  notAuthorized,
  refusalOf,
  validationError,
} from "../../../sandbox/support.ts";

const ROOT_SERIAL = "arn:aws:iam::111111111111:mfa/root-account-mfa-device";

async function sessionOfJon(
  launched: Launched,
  { withCode = true, ...input }: GetSessionTokenCommandInput & { withCode?: boolean } = {},
) {
  const { world, client } = launched;
  const code = withCode ? mfaOfJon(launched) : {};
  const command = new GetSessionTokenCommand({ ...code, ...input });
  return (await client(world.jon.accessKeys[0]).send(command)).Credentials;
}

/** AssumeRole of one of the kops roles. */
function of(name: string, input = {}) {
  return assume({ RoleArn: kopsRole(name), ...input });
}

describe("duration", () => {
  test.for([
    ["jon", undefined, 43_200],
    ["jon", 900, 900],
    ["jon", 129_600, 129_600],
    ["root", undefined, 3600],
    ["root", 900, 900],
    ["root", 43_200, 3600],
  ] as const)("%s asks for %s s and gets %i", async ([who, asked, seconds]) => {
    const { sandbox, world, client, whoIs } = await launch();
    const holder = who === "jon" ? world.jon : world.people.root;
    const { Credentials } = await client(holder.accessKeys[0]).send(
      new GetSessionTokenCommand({ DurationSeconds: asked }),
    );
    expect(Credentials?.Expiration).toEqual(new Date(sandbox.now() + seconds * 1000));
    const arn = who === "jon" ? JON_ARN : "arn:aws:iam::111111111111:root";
    expect(await whoIs(Credentials)).toBe(arn);
  });
});

describe("MFA context", () => {
  test("a code given to GetSessionToken serves one role after the other", async () => {
    const launched = await launch();
    const { client, whoIs } = launched;
    const session = await sessionOfJon(launched);
    for (const name of ["kops-admin", "kops-short", "kops-age", "kops-admin"]) {
      const { Credentials } = await client(session).send(of(name));
      const arn = `arn:aws:sts::222222222222:assumed-role/${name}/jon`;
      expect(await whoIs(Credentials)).toBe(arn);
    }
  });

  test("is not there without a code", async () => {
    const launched = await launch();
    const { client, whoIs } = launched;
    const session = await sessionOfJon(launched, { withCode: false });
    expect(await refusalOf(client(session).send(of("kops-admin")))).toEqual(
      notAuthorized(JON_ARN, kopsRole("kops-admin")),
    );
    const { Credentials } = await client(session).send(of("kops-open"));
    expect(await whoIs(Credentials)).toContain("assumed-role/kops-open/jon");
  });

  test("ages with the session token", async () => {
    const launched = await launch();
    const { sandbox, client } = launched;
    const session = await sessionOfJon(launched);
    sandbox.advance(3599_000);
    await client(session).send(of("kops-age"));
    sandbox.advance(1000);
    expect(await refusalOf(client(session).send(of("kops-age")))).toEqual(
      notAuthorized(JON_ARN, kopsRole("kops-age")),
    );
    await client(session).send(of("kops-admin"));
  });

  test("does not pass on to the role session", async () => {
    const launched = await launch();
    const { world, client } = launched;
    const { Credentials } = await client(await sessionOfJon(launched)).send(of("kops-admin"));
    const wantsMfa = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
    addRole(world.clusters, "kops-next", trust(kopsRole("kops-admin"), wantsMfa));
    expect(await refusalOf(client(Credentials).send(of("kops-next")))).toEqual(
      notAuthorized("arn:aws:sts::222222222222:assumed-role/kops-admin/jon", kopsRole("kops-next")),
    );
  });

  test("the session still knows the user by name", async () => {
    const launched = await launch();
    const session = await sessionOfJon(launched, { withCode: false });
    const { AssumedRoleUser } = await launched.client(session).send(of("kops-named"));
    expect(AssumedRoleUser?.Arn).toBe("arn:aws:sts::222222222222:assumed-role/kops-named/jon");
  });
});

describe("refusals", () => {
  test("more than an hour of a role from a session token counts as chaining", async () => {
    const launched = await launch();
    const session = await sessionOfJon(launched);
    const call = launched.client(session).send(of("kops-admin", { DurationSeconds: 3601 }));
    expect(await refusalOf(call)).toEqual(
      validationError(
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
      ),
    );
  });

  test("session credentials cannot call it, of whichever kind", async () => {
    const launched = await launch();
    const { client } = launched;
    const session = await sessionOfJon(launched);
    const { Credentials: role } = await client(session).send(of("kops-admin"));
    for (const credentials of [session, role]) {
      const call = client(credentials).send(new GetSessionTokenCommand({}));
      expect(await refusalOf(call)).toEqual(
        accessDenied("Cannot call GetSessionToken with session credentials"),
      );
    }
  });

  test("a user to whom it is denied", async () => {
    const launched = await launch();
    launched.world.jon.denyGetSessionToken = true;
    expect(await refusalOf(sessionOfJon(launched))).toEqual(
      accessDenied(`User: ${JON_ARN} is not authorized to perform: sts:GetSessionToken`),
    );
  });

  test("a root session is root all the same", async () => {
    const { sandbox, world, client } = await launch();
    const { Credentials } = await client(world.people.root.accessKeys[0]).send(
      new GetSessionTokenCommand({
        SerialNumber: ROOT_SERIAL,
        TokenCode: sandbox.code(ROOT_SERIAL),
      }),
    );
    expect(await refusalOf(client(Credentials).send(of("kops-open")))).toEqual(
      accessDenied("Roles may not be assumed by root accounts."),
    );
  });
});
