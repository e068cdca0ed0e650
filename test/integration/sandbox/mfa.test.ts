import { GetSessionTokenCommand } from "@aws-sdk/client-sts";
import { describe, expect, test } from "vitest";
import { addUser } from "../../sandbox/build.ts";
import {
  JON,
  JON_ARN,
  type Launched,
  type Refusal,
  accessDenied,
  assume,
  kopsRole,
  launch,
  mfaOfJon,
  notAuthorized,
  refusalOf,
} from "../../sandbox/support.ts";

const WRONG_CODE = accessDenied(
  "MultiFactorAuthentication failed with invalid MFA one time pass code.",
);
const WRONG_SERIAL = accessDenied(
  "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
);
const ONE_OF_TWO = accessDenied(
  "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.",
);

interface Mfa {
  readonly SerialNumber?: string;
  readonly TokenCode?: string;
}

/** Both actions take a code, and both have to treat it alike. */
const actions = {
  AssumeRole: ({ client, world }: Launched, mfa: Mfa) =>
    client(world.jon.accessKeys[0]).send(assume(mfa)),
  GetSessionToken: ({ client, world }: Launched, mfa: Mfa) =>
    client(world.jon.accessKeys[0]).send(new GetSessionTokenCommand(mfa)),
};

describe.for(["AssumeRole", "GetSessionToken"] as const)("%s", (name) => {
  const action = actions[name];

  test.for([-1, 0, 1])("takes the code of step %i", async (steps) => {
    const launched = await launch();
    const mfa = { SerialNumber: JON, TokenCode: launched.sandbox.code(JON, steps) };
    await expect(action(launched, mfa)).resolves.toHaveProperty("Credentials.AccessKeyId");
  });

  test.for([-3, -2, 2, 3])("refuses the code of step %i", async (steps) => {
    const launched = await launch();
    const mfa = { SerialNumber: JON, TokenCode: launched.sandbox.code(JON, steps) };
    expect(await refusalOf(action(launched, mfa))).toEqual(WRONG_CODE);
  });

  test("takes each code once, and the next one after it", async () => {
    const launched = await launch();
    const { sandbox } = launched;
    const used = { SerialNumber: JON, TokenCode: sandbox.code(JON) };
    await action(launched, used);
    expect(await refusalOf(action(launched, used))).toEqual(WRONG_CODE);
    sandbox.advance(30_000);
    expect(await refusalOf(action(launched, used))).toEqual(WRONG_CODE);
    await action(launched, { SerialNumber: JON, TokenCode: sandbox.code(JON) });
  });

  test("has a text for each way to be wrong", async () => {
    const launched = await launch();
    const { sandbox } = launched;
    const code = sandbox.code(JON);
    const wrong = code === "000000" ? "000001" : "000000";
    const mallory = "arn:aws:iam::111111111111:mfa/mallory";
    const table: readonly (readonly [Mfa, Refusal])[] = [
      [{ SerialNumber: JON, TokenCode: wrong }, WRONG_CODE],
      [{ SerialNumber: JON }, ONE_OF_TWO],
      [{ TokenCode: code }, ONE_OF_TWO],
      [{ SerialNumber: mallory, TokenCode: sandbox.code(mallory) }, WRONG_SERIAL],
      [{ SerialNumber: JON.replace(":mfa/", ":user/"), TokenCode: code }, WRONG_SERIAL],
      [{ SerialNumber: JON.replace("jon", "Jon"), TokenCode: code }, WRONG_SERIAL],
      [{ SerialNumber: "GAHT12345678", TokenCode: code }, WRONG_SERIAL],
    ];
    for (const [mfa, refusal] of table) {
      expect(await refusalOf(action(launched, mfa)), mfa.SerialNumber).toEqual(refusal);
    }
    // None of these has used the code up.
    await action(launched, { SerialNumber: JON, TokenCode: code });
  });
});

test("a code is used up whichever action took it", async () => {
  const launched = await launch();
  const mfa = { SerialNumber: JON, TokenCode: launched.sandbox.code(JON) };
  await actions.GetSessionToken(launched, mfa);
  expect(await refusalOf(actions.AssumeRole(launched, mfa))).toEqual(WRONG_CODE);
});

test("a code is used up even if the role then refuses", async () => {
  const launched = await launch();
  const { sandbox, world, client } = launched;
  const mfa = { SerialNumber: JON, TokenCode: sandbox.code(JON) };
  const chained = assume({ RoleArn: kopsRole("kops-chained"), ...mfa });
  expect(await refusalOf(client(world.jon.accessKeys[0]).send(chained))).toEqual(
    notAuthorized(JON_ARN, kopsRole("kops-chained")),
  );
  expect(await refusalOf(actions.AssumeRole(launched, mfa))).toEqual(WRONG_CODE);
});

test("a user's second device counts for itself", async () => {
  const launched = await launch();
  const { sandbox, world } = launched;
  const serial = "arn:aws:iam::111111111111:mfa/jons-phone";
  world.jon.mfaDevices.push({ serial, secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" });
  for (const device of [JON, serial]) {
    const mfa = { SerialNumber: device, TokenCode: sandbox.code(device) };
    const { Credentials } = await actions.GetSessionToken(launched, mfa);
    expect(await launched.whoIs(Credentials), device).toBe(JON_ARN);
  }
});

describe("who may present a code", () => {
  test("not a role session, which has no device", async () => {
    const launched = await launch();
    const { sandbox, world, client } = launched;
    const { Credentials } = await client(world.jon.accessKeys[0]).send(assume(mfaOfJon(launched)));
    sandbox.advance(30_000);
    const call = client(Credentials).send(
      assume({ RoleArn: kopsRole("kops-chained"), ...mfaOfJon(launched) }),
    );
    expect((await refusalOf(call)).message).toContain("unable to validate MFA code");
  });

  test("a session token, for the user whose it is", async () => {
    const launched = await launch();
    const { world, client, whoIs } = launched;
    const session = await client(world.jon.accessKeys[0]).send(new GetSessionTokenCommand({}));
    const role = await client(session.Credentials).send(assume(mfaOfJon(launched)));
    expect(await whoIs(role.Credentials)).toBe(
      "arn:aws:sts::222222222222:assumed-role/kops-admin/jon",
    );
  });

  test("a user added by a test, with a device of their own", async () => {
    const { sandbox, world, client, whoIs } = await launch();
    const ada = addUser(world.people, "ada", "ADA0", { mayAssume: [kopsRole("kops-*")] });
    const serial = ada.mfaDevices[0]!.serial;
    const { Credentials } = await client(ada.accessKeys[0]).send(
      assume({
        RoleSessionName: "ada",
        SerialNumber: serial,
        TokenCode: sandbox.code(serial),
      }),
    );
    expect(await whoIs(Credentials)).toBe("arn:aws:sts::222222222222:assumed-role/kops-admin/ada");
  });
});
