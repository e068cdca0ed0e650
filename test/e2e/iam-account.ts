import { startLoopback, type Loopback, type LoopbackAnswer } from "../sandbox/loopback.ts";
import { renderXml, type XmlContent } from "../sandbox/xml.ts";

type Params = Readonly<Record<string, string>>;

interface Version {
  readonly id: string;
  readonly document: string;
  readonly created: string;
}

interface Role {
  readonly arn: string;
  trustPolicy: string;
  maxSessionDuration: string;
  readonly policies: Map<string, string>;
}

/** As much of IAM, STS and S3 as an administrator's script needs, for one account, without asking who calls. */
export class IamAccount {
  readonly id: string;
  readonly roles = new Map<string, Role>();
  /** The versions of a policy by its ARN, oldest first; the last is the default. */
  readonly policies = new Map<string, Version[]>();
  /** `role kops-admin arn:…`, `group ops arn:…`, `user jon arn:…` */
  readonly attachments = new Set<string>();
  readonly bucketPolicies = new Map<string, string>();
  /** The calls that arrived, by name. */
  readonly calls: string[] = [];
  #versions = 0;
  #server: Loopback | null = null;

  constructor(id: string) {
    this.id = id;
  }

  async start(): Promise<void> {
    this.#server = await startLoopback(({ method, target, body }) => {
      if (method === "PUT") return this.#putBucketPolicy(target, body);
      const params = Object.fromEntries(new URLSearchParams(body));
      const action = params["Action"] ?? "";
      this.calls.push(action);
      return this.#answer(action, params);
    });
  }

  get url(): string {
    return this.#server?.url ?? "";
  }

  async stop(): Promise<void> {
    await this.#server?.close();
  }

  /** Lets a policy have these versions, oldest first. */
  keepVersions(arn: string, ids: readonly string[]): void {
    this.#versions = 0;
    this.policies.set(
      arn,
      ids.map((id) => ({ ...this.#version("{}"), id })),
    );
  }

  #putBucketPolicy(target: string, body: string): LoopbackAnswer {
    const [, bucket = ""] = /^\/([^/?]+)\/?\?policy$/.exec(target) ?? [];
    this.calls.push("PutBucketPolicy");
    this.bucketPolicies.set(bucket, body);
    return { status: 204, body: "" };
  }

  #answer(action: string, params: Params): LoopbackAnswer {
    const act = this.#actions[action];
    if (!act) return failure(400, "InvalidAction", action);
    const result = act(params);
    return result ?? failure(404, "NoSuchEntity", "It cannot be found.");
  }

  readonly #actions: Readonly<Record<string, (params: Params) => LoopbackAnswer | null>> = {
    GetCallerIdentity: () =>
      success("GetCallerIdentity", {
        Account: this.id,
        Arn: `arn:aws:iam::${this.id}:user/admin`,
        UserId: "AIDATESTTESTTESTADMIN",
      }),
    GetRole: ({ RoleName = "" }) => {
      const role = this.roles.get(RoleName);
      return role ? success("GetRole", { Role: roleXml(role) }) : null;
    },
    CreateRole: ({
      RoleName = "",
      Path = "/",
      AssumeRolePolicyDocument = "",
      MaxSessionDuration = "3600",
    }) => {
      if (this.roles.has(RoleName)) return failure(409, "EntityAlreadyExists", RoleName);
      const role = {
        arn: `arn:aws:iam::${this.id}:role${Path}${RoleName}`,
        trustPolicy: AssumeRolePolicyDocument,
        maxSessionDuration: MaxSessionDuration,
        policies: new Map<string, string>(),
      };
      this.roles.set(RoleName, role);
      return success("CreateRole", { Role: roleXml(role) });
    },
    UpdateAssumeRolePolicy: ({ RoleName = "", PolicyDocument = "" }) =>
      this.#change(
        RoleName,
        "UpdateAssumeRolePolicy",
        (role) => (role.trustPolicy = PolicyDocument),
      ),
    UpdateRole: ({ RoleName = "", MaxSessionDuration = "" }) =>
      this.#change(
        RoleName,
        "UpdateRole",
        (role) => (role.maxSessionDuration = MaxSessionDuration),
      ),
    PutRolePolicy: ({ RoleName = "", PolicyName = "", PolicyDocument = "" }) =>
      this.#change(RoleName, "PutRolePolicy", (role) =>
        role.policies.set(PolicyName, PolicyDocument),
      ),
    AttachRolePolicy: ({ RoleName = "", PolicyArn = "" }) =>
      this.#attach("Role", RoleName, PolicyArn),
    AttachGroupPolicy: ({ GroupName = "", PolicyArn = "" }) =>
      this.#attach("Group", GroupName, PolicyArn),
    AttachUserPolicy: ({ UserName = "", PolicyArn = "" }) =>
      this.#attach("User", UserName, PolicyArn),
    GetPolicy: ({ PolicyArn = "" }) =>
      this.policies.has(PolicyArn) ? success("GetPolicy", { Policy: { Arn: PolicyArn } }) : null,
    CreatePolicy: ({ PolicyName = "", PolicyDocument = "" }) => {
      const arn = `arn:aws:iam::${this.id}:policy/${PolicyName}`;
      if (this.policies.has(arn)) return failure(409, "EntityAlreadyExists", arn);
      this.policies.set(arn, [this.#version(PolicyDocument)]);
      return success("CreatePolicy", { Policy: { Arn: arn } });
    },
    ListPolicyVersions: ({ PolicyArn = "" }) => {
      const versions = this.policies.get(PolicyArn);
      return versions ? success("ListPolicyVersions", versionsXml(versions)) : null;
    },
    DeletePolicyVersion: ({ PolicyArn = "", VersionId = "" }) => {
      const versions = this.policies.get(PolicyArn) ?? [];
      const at = versions.findIndex(({ id }) => id === VersionId);
      if (at === versions.length - 1) return failure(409, "DeleteConflict", VersionId);
      versions.splice(at, 1);
      return success("DeletePolicyVersion", {});
    },
    CreatePolicyVersion: ({ PolicyArn = "", PolicyDocument = "", SetAsDefault }) => {
      const versions = this.policies.get(PolicyArn) ?? [];
      if (versions.length >= 5) return failure(409, "LimitExceeded", "five versions");
      if (SetAsDefault !== "true") return failure(400, "ValidationError", "SetAsDefault");
      versions.push(this.#version(PolicyDocument));
      return success("CreatePolicyVersion", {});
    },
  };

  #change(name: string, action: string, change: (role: Role) => unknown): LoopbackAnswer | null {
    const role = this.roles.get(name);
    if (!role) return null;
    change(role);
    return success(action, {});
  }

  #attach(kind: string, name: string, arn: string): LoopbackAnswer | null {
    if (!arn.includes(":aws:policy/") && !this.policies.has(arn)) return null;
    this.attachments.add(`${kind.toLowerCase()} ${name} ${arn}`);
    return success(`Attach${kind}Policy`, {});
  }

  /** A second after the one before. */
  #version(document: string): Version {
    this.#versions++;
    const created = new Date(Date.UTC(2026, 0, 1) + this.#versions * 1000).toISOString();
    return { id: `v${this.#versions}`, document, created };
  }
}

function roleXml({ arn }: Role): XmlContent {
  return { Arn: arn, RoleName: arn.slice(arn.lastIndexOf("/") + 1) };
}

function versionsXml(versions: readonly Version[]): XmlContent {
  const member = versions.map(({ id, created }, index) => ({
    VersionId: id,
    IsDefaultVersion: String(index === versions.length - 1),
    CreateDate: created,
  }));
  return { Versions: { member }, IsTruncated: "false" };
}

function success(action: string, result: XmlContent): LoopbackAnswer {
  return { status: 200, body: renderXml(`${action}Response`, { [`${action}Result`]: result }) };
}

function failure(status: number, code: string, message: string): LoopbackAnswer {
  const Error = { Type: "Sender", Code: code, Message: message };
  return { status, body: renderXml("ErrorResponse", { Error }) };
}
