import { describe, expect, test } from "vitest";
import type { AssumeRoleCommandInput } from "@aws-sdk/client-sts";
import { addRole, trust } from "../../../sandbox/build.ts";
import {
  JON_ARN,
  assume,
  kopsRole,
  launch,
  mfaOfJon,
  notAuthorized,
  refusalOf,
} from "../../../sandbox/support.ts";
import { EXTERNAL_ID } from "../../../sandbox/world.ts";

type Input = Partial<AssumeRoleCommandInput>;

describe("an accepted call", () => {
  test.for<[string, boolean, Input]>([
    ["kops-admin", true, { DurationSeconds: 43_200 }],
    ["kops-short", true, { DurationSeconds: 3600 }],
    ["kops-open", false, {}],
    ["kops-open", true, { DurationSeconds: 900 }],
    ["kops-external", false, { ExternalId: EXTERNAL_ID }],
    ["kops-age", true, {}],
    ["kops-named", false, { RoleSessionName: "jon" }],
  ])("%s, with a code: %s, %o", async ([name, withCode, input]) => {
    const launched = await launch();
    const { sandbox, world, client, whoIs } = launched;
    const code = withCode ? mfaOfJon(launched) : {};
    const { Credentials, AssumedRoleUser } = await client(world.jon.accessKeys[0]).send(
      assume({ RoleArn: kopsRole(name), ...code, ...input }),
    );
    const arn = `arn:aws:sts::222222222222:assumed-role/${name}/jon`;
    const { roleId } = world.clusters.roles.find((role) => role.name === name)!;
    expect(AssumedRoleUser).toEqual({ Arn: arn, AssumedRoleId: `${roleId}:jon` });
    expect(await whoIs(Credentials)).toBe(arn);
    const expiry = sandbox.now() + (input.DurationSeconds ?? 3600) * 1000;
    expect(Credentials?.Expiration).toEqual(new Date(expiry));
  });

  test("hands out credentials of AWS's shape, with every awkward character", async () => {
    const { world, client } = await launch();
    const { Credentials } = await client(world.jon.accessKeys[0]).send(
      assume({ RoleArn: kopsRole("kops-open") }),
    );
    expect(Credentials?.AccessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(Credentials?.SecretAccessKey).toMatch(/^[A-Za-z0-9/+]{40}$/);
    expect(Credentials?.SecretAccessKey).toMatch(/\/.*\+|\+.*\//);
    expect(Credentials?.SessionToken).toMatch(/^(?=.*\/)(?=.*\+)[A-Za-z0-9/+]{400,}=+$/);
  });

  test("from a role session: the role that trusts it", async () => {
    const launched = await launch();
    const { world, client, whoIs } = launched;
    const { Credentials } = await client(world.jon.accessKeys[0]).send(assume(mfaOfJon(launched)));
    const chained = await client(Credentials).send(
      assume({ RoleArn: kopsRole("kops-chained"), DurationSeconds: 3600 }),
    );
    const arn = "arn:aws:sts::222222222222:assumed-role/kops-chained/jon";
    expect(await whoIs(chained.Credentials)).toBe(arn);
  });

  test("shows the path of a role in its ARN and not in its session's", async () => {
    const { world, client, whoIs } = await launch();
    const { clusters, jon } = world;
    jon.mayAssume = ["arn:aws:iam::222222222222:role/team/*"];
    addRole(clusters, "deep", trust(JON_ARN), { path: "/team/red/" });
    const { Credentials } = await client(jon.accessKeys[0]).send(
      assume({ RoleArn: kopsRole("team/red/deep") }),
    );
    expect(await whoIs(Credentials)).toBe("arn:aws:sts::222222222222:assumed-role/deep/jon");
  });

  test("within one account needs no permission of a user whom the role names", async () => {
    const { world, client, whoIs } = await launch();
    addRole(world.people, "named", trust("arn:aws:iam::111111111111:user/mallory"));
    addRole(world.people, "by-account", trust("111111111111"));
    const mallory = client(world.mallory.accessKeys[0]);
    const named = { RoleArn: "arn:aws:iam::111111111111:role/named" };
    const { Credentials } = await mallory.send(assume(named));
    expect(await whoIs(Credentials)).toBe("arn:aws:sts::111111111111:assumed-role/named/jon");
    const byAccount = "arn:aws:iam::111111111111:role/by-account";
    expect(await refusalOf(mallory.send(assume({ RoleArn: byAccount })))).toEqual(
      notAuthorized("arn:aws:iam::111111111111:user/mallory", byAccount),
    );
  });
});

describe("partitions", () => {
  test.for([
    ["aws-cn", "333333333333", "mei", "cn-north-1"],
    ["aws-us-gov", "444444444444", "gus", "us-gov-west-1"],
  ] as const)("%s", async ([partition, id, name, region]) => {
    const { sandbox, world, client, whoIs } = await launch();
    const user = world.accounts
      .find((account) => account.id === id)!
      .users.find((each) => each.name === name)!;
    const serial = `arn:${partition}:iam::${id}:mfa/${name}`;
    const { Credentials } = await client(user.accessKeys[0], { region }).send(
      assume({
        RoleArn: `arn:${partition}:iam::${id}:role/kops-admin`,
        SerialNumber: serial,
        TokenCode: sandbox.code(serial),
      }),
    );
    const arn = `arn:${partition}:sts::${id}:assumed-role/kops-admin/jon`;
    expect(await whoIs(Credentials, { region })).toBe(arn);
  });
});
