import type { Context } from "../../../src/context.ts";
import type { Sts } from "../../../src/context/sts.ts";
import type { FakeSts } from "../../support/session/build.ts";

/** STS, S3 and EC2: {@link FakeSts} with the ARNs that AWS gives to the sessions of roles. */
export class FakeAws {
  readonly sts: FakeSts;
  /** Whose the sessions of roles are, by access key. */
  readonly #arns = new Map<string, string>();
  s3Answer: Awaited<ReturnType<ReturnType<Context["s3"]>["list"]>> = { kind: "listed" };
  ec2Answer: Awaited<ReturnType<ReturnType<Context["ec2"]>["describeRegions"]>> = {
    kind: "regions",
    regions: ["eu-central-1", "eu-west-1", "us-east-1"],
  };

  constructor(sts: FakeSts) {
    this.sts = sts;
  }

  openSts(): Sts {
    const { sts } = this;
    return {
      prepare: () => undefined,
      assumeRole: async (caller, params) => {
        const session = await sts.assumeRole(caller, params);
        const [, account = "", role = ""] =
          /^arn:aws:iam::(\d+):role\/(.+)$/.exec(params.roleArn) ?? [];
        const arn = `arn:aws:sts::${account}:assumed-role/${role}/${params.roleSessionName}`;
        this.#arns.set(session.credentials.accessKeyId, arn);
        return { ...session, arn };
      },
      getSessionToken: (caller, params) => sts.getSessionToken(caller, params),
      listMfaDevices: (caller) => sts.listMfaDevices(caller),
      getCallerIdentity: async (caller) => {
        const { arn } = await sts.getCallerIdentity(caller);
        return { arn: this.#arns.get(caller.accessKeyId) ?? arn, clockOffsetMs: 0 };
      },
    };
  }
}
