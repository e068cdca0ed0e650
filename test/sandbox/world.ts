import { rootArn } from "./arn.ts";
import { addRole, addUser, makeAccount, testAccessKey, trust } from "./build.ts";
import type { Account, Bucket, User, World } from "./directory.ts";

/** The fixture world, with the parts that tests change at hand. */
export interface KopsWorld extends World {
  /** 111111111111: where people have their users. */
  readonly people: Account;
  /** 222222222222: where the clusters and the `kops-…` roles are. */
  readonly clusters: Account;
  /** May assume every `kops-…` role of the clusters account. */
  readonly jon: User;
  /** The state store of kops: `kops-…` roles of its account may read it. */
  readonly stateStore: Bucket;
  /** Has keys and a device, and no permission. */
  readonly mallory: User;
}

/** What the trust policy of `kops-external` asks for. */
export const EXTERNAL_ID = "kops/external:id-1";

const MFA = { Bool: { "aws:MultiFactorAuthPresent": "true" } };

/** A new world of the fixture's shape: change it as you like. */
export function kopsWorld(): KopsWorld {
  const people = makeAccount("111111111111");
  people.root.accessKeys.push(testAccessKey("root", "ROOT"));
  const clusters = makeAccount("222222222222");
  const jon = addUser(people, "jon", "JON0", {
    mayAssume: ["arn:aws:iam::222222222222:role/kops-*"],
  });
  const mallory = addUser(people, "mallory", "MAL0");
  addKopsRoles(clusters, rootArn(people));
  const stateStore: Bucket = {
    name: "clusters-example-com",
    region: "eu-west-1",
    keys: ["one.example.com/config", "one.example.com/cluster-completed.spec"],
    policy: null,
  };
  clusters.buckets.push(stateStore);
  for (const role of clusters.roles) role.mayRead.push(stateStore.name);
  const china = otherPartition(makeAccount("333333333333", "aws-cn"), "mei", "MEI0");
  const government = otherPartition(makeAccount("444444444444", "aws-us-gov"), "gus", "GUS0");
  const accounts = [people, clusters, china, government];
  return { accounts, people, clusters, stateStore, jon, mallory };
}

function addKopsRoles(clusters: Account, trusted: string): void {
  const admin = "arn:aws:iam::222222222222:role/kops-admin";
  const chained = "arn:aws:iam::222222222222:role/kops-chained";
  addRole(clusters, "kops-admin", trust(trusted, MFA), { mayAssume: [chained] });
  addRole(clusters, "kops-short", trust(trusted, MFA), { maxSessionDuration: 3600 });
  addRole(clusters, "kops-open", trust(trusted));
  addRole(
    clusters,
    "kops-external",
    trust(trusted, { StringEquals: { "sts:ExternalId": EXTERNAL_ID } }),
  );
  addRole(
    clusters,
    "kops-age",
    trust(trusted, { ...MFA, NumericLessThan: { "aws:MultiFactorAuthAge": "3600" } }),
  );
  addRole(
    clusters,
    "kops-named",
    trust(trusted, { StringEquals: { "sts:RoleSessionName": "${aws:username}" } }),
  );
  addRole(clusters, "kops-chained", trust(admin));
}

/** An account of its own partition: a user, and a `kops-admin` that wants MFA. */
function otherPartition(account: Account, name: string, tag: string): Account {
  const admin = `arn:${account.partition}:iam::${account.id}:role/kops-admin`;
  addUser(account, name, tag, { mayAssume: [admin] });
  addRole(account, "kops-admin", trust(rootArn(account), MFA));
  return account;
}
