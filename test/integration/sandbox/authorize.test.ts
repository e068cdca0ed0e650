import type { AssumeRoleCommandInput } from "@aws-sdk/client-sts";
import { describe, expect, test } from "vitest";
import { addRole, trust } from "../../sandbox/build.ts";
import {
  JON_ARN,
  accessDenied,
  assume,
  kopsRole,
  launch,
  mfaOfJon,
  notAuthorized,
  refusalOf,
} from "../../sandbox/support.ts";

type Input = Partial<AssumeRoleCommandInput>;

describe("trust and permission", () => {
  test.for<[string, Input]>([
    ["kops-admin", {}],
    ["kops-short", {}],
    ["kops-external", {}],
    ["kops-external", { ExternalId: "another" }],
    ["kops-age", {}],
    ["kops-named", { RoleSessionName: "someone-else" }],
    ["kops-chained", {}],
    ["kops-missing", {}],
    ["not-permitted", {}],
  ])("refuses jon %s with %o in one and the same text", async ([name, input]) => {
    const { world, client } = await launch();
    addRole(world.clusters, "not-permitted", trust(JON_ARN));
    const call = client(world.jon.accessKeys[0]).send(
      assume({ RoleArn: kopsRole(name), ...input }),
    );
    expect(await refusalOf(call)).toEqual(notAuthorized(JON_ARN, kopsRole(name)));
  });

  test("refuses mallory, whom nothing permits anything", async () => {
    const { world, client } = await launch();
    const role = kopsRole("kops-open");
    expect(
      await refusalOf(client(world.mallory.accessKeys[0]).send(assume({ RoleArn: role }))),
    ).toEqual(notAuthorized("arn:aws:iam::111111111111:user/mallory", role));
  });

  test("refuses a role session what the role has no permission for", async () => {
    const { world, client } = await launch();
    const open = assume({ RoleArn: kopsRole("kops-open") });
    const { Credentials } = await client(world.jon.accessKeys[0]).send(open);
    const session = "arn:aws:sts::222222222222:assumed-role/kops-open/jon";
    for (const name of ["kops-admin", "kops-chained"]) {
      const call = client(Credentials).send(assume({ RoleArn: kopsRole(name) }));
      expect(await refusalOf(call)).toEqual(notAuthorized(session, kopsRole(name)));
    }
  });

  test("refuses a user of another partition", async () => {
    const { world, client } = await launch();
    const mei = world.accounts[2]!.users[0]!;
    mei.mayAssume = ["*"];
    const call = client(mei.accessKeys[0], { region: "cn-north-1" }).send(assume({}));
    expect(await refusalOf(call)).toEqual(
      notAuthorized("arn:aws-cn:iam::333333333333:user/mei", kopsRole("kops-admin")),
    );
  });

  test("refuses root", async () => {
    const { world, client } = await launch();
    const call = client(world.people.root.accessKeys[0]).send(assume({}));
    expect(await refusalOf(call)).toEqual(
      accessDenied("Roles may not be assumed by root accounts."),
    );
  });

  test("says so where a policy denies explicitly", async () => {
    const launched = await launch();
    const { world, client } = launched;
    const jon = client(world.jon.accessKeys[0]);
    const { message } = notAuthorized(JON_ARN, kopsRole("kops-admin"));
    world.jon.denyWithoutMfa = true;
    expect(await refusalOf(jon.send(assume({})))).toEqual(
      accessDenied(`${message} with an explicit deny in an identity-based policy`),
    );
    await jon.send(assume(mfaOfJon(launched)));
    const admin = world.clusters.roles.find((role) => role.name === "kops-admin")!;
    const denied = { ...trust(JON_ARN).Statement[0]!, Effect: "Deny" } as const;
    admin.trustPolicy = { Version: "2012-10-17", Statement: [...trust("*").Statement, denied] };
    world.jon.denyWithoutMfa = false;
    expect(await refusalOf(jon.send(assume({})))).toEqual(
      accessDenied(`${message} with an explicit deny in a resource-based policy`),
    );
  });

  test.for<[string, Input]>([
    ["sts:TagSession", { Tags: [{ Key: "team", Value: "red" }] }],
    ["sts:SetSourceIdentity", { SourceIdentity: "jon" }],
  ])("asks for %s where the call needs it", async ([action, input]) => {
    const { world, client } = await launch();
    const jon = client(world.jon.accessKeys[0]);
    const open = kopsRole("kops-open");
    expect(await refusalOf(jon.send(assume({ RoleArn: open, ...input })))).toEqual(
      accessDenied(`User: ${JON_ARN} is not authorized to perform: ${action} on resource: ${open}`),
    );
    const role = world.clusters.roles.find(({ name }) => name === "kops-open")!;
    const [statement] = role.trustPolicy.Statement;
    role.trustPolicy = {
      Version: "2012-10-17",
      Statement: [{ ...statement!, Action: ["sts:AssumeRole", action] }],
    };
    const { SourceIdentity } = await jon.send(assume({ RoleArn: open, ...input }));
    expect(SourceIdentity).toBe(input.SourceIdentity);
  });
});
