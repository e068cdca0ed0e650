import { RegoEngine, TemplateFile } from "@aws/cloudformation-validate";
import { format as formatHcl } from "@cdktn/hcl-tools";
import { parse as parseHcl } from "@cdktn/hcl2json";
import fc from "fast-check";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse as parseYaml } from "yaml";
import type { PolicyDocument } from "../../../src/policy/document.ts";
import { runProgram } from "../../e2e/person.ts";
import { cases, seed } from "../../fuzz/effort.ts";
import { describeShell, runShell } from "../../support/shells.ts";
import {
  anyOptions,
  documentsOf,
  least,
  most,
  printed,
  textOf,
  type Options,
} from "../../support/policy/build.ts";
import { grammarErrors, type PolicyKind } from "./grammar.ts";

const examples: readonly (readonly [name: string, Options])[] = [
  ["the least", least],
  ["the most", most],
  ["one account", { ...most, userAccount: "222222222222" }],
  ["China", { ...least, region: "cn-north-1", users: ["mei"], manageClusters: true }],
];
const kinds: Readonly<Record<string, PolicyKind>> = {
  trust_policy: "trust",
  permissions_policy: "identity",
  user_policy: "identity",
  bucket_policy: "resource",
};

/** What AWS's grammar says against any of the policies. */
function errorsIn(options: Options): readonly string[] {
  return Object.entries(documentsOf(printed(options))).flatMap(([name, document]) =>
    grammarErrors(JSON.stringify(document), kinds[name] ?? "identity").map(
      (error) => `${name}: ${error}`,
    ),
  );
}

describe("json", () => {
  test.for(examples)("%s is right by AWS's grammar", ([, options]) => {
    expect(errorsIn(options)).toEqual([]);
  });

  test("so are any names", () => {
    fc.assert(
      fc.property(anyOptions, (options) => {
        expect(errorsIn(options)).toEqual([]);
      }),
      { seed, numRuns: cases(100, 20) },
    );
  });

  test("and the grammar finds what is wrong", () => {
    const { trust_policy, bucket_policy } = printed(most);
    const text = JSON.stringify(trust_policy);
    expect(grammarErrors(text, "identity")).toEqual(["Principal", "Resource"]);
    expect(grammarErrors(text.replace('"Bool"', '"BoolIfExists"'), "trust")).toEqual([
      "IfExists in an Allow",
    ]);
    expect(grammarErrors(text.replace('"Bool"', '"Boolean"'), "trust")).toEqual([
      "operator Boolean",
    ]);
    expect(grammarErrors(text.replace('"Effect"', '"Efect"'), "trust")).toEqual([
      "unknown: Efect",
      "Effect",
    ]);
    expect(
      grammarErrors(JSON.stringify(bucket_policy).replace("k8s/", "${k8s}/"), "resource"),
    ).toEqual(["Resource's form"]);
  });
});

describe("terraform", () => {
  test.for(examples)("%s has the same policies", async ([, options]) => {
    expect(await terraformDocuments(options)).toEqual(documentsOf(printed(options)));
  });

  test.for(examples)("%s is as terraform fmt writes it", async ([, options]) => {
    const text = textOf({ ...options, format: "terraform" });
    expect(await formatHcl(text)).toBe(text);
  });

  test("any names come through", async () => {
    await fc.assert(
      fc.asyncProperty(anyOptions, async (options) => {
        const text = textOf({ ...options, format: "terraform" });
        expect(await formatHcl(text)).toBe(text);
        expect(await terraformDocuments(options)).toEqual(documentsOf(printed(options)));
      }),
      { seed, numRuns: cases(25, 1000) },
    );
  });

  test("two accounts have a provider each, which takes no other account", async () => {
    const { provider, resource } = await terraformOf(most);
    expect(provider?.["aws"]).toEqual([
      { alias: "clusters", allowed_account_ids: ["222222222222"] },
      { alias: "users", allowed_account_ids: ["111111111111"] },
    ]);
    const providers = Object.entries(resource).map(([type, named]) => [
      type,
      named["kops_mfa"]?.[0]?.["provider"],
    ]);
    expect(Object.fromEntries(providers)).toEqual({
      aws_iam_role: "${aws.clusters}",
      aws_iam_role_policy: "${aws.clusters}",
      aws_iam_role_policy_attachment: "${aws.clusters}",
      aws_s3_bucket_policy: "${aws.clusters}",
      aws_iam_policy: "${aws.users}",
      aws_iam_group_policy_attachment: "${aws.users}",
      aws_iam_user_policy_attachment: "${aws.users}",
    });
    expect(await terraformOf(least)).not.toHaveProperty("provider");
  });

  test("the role, and to whom the users' policy is attached", async () => {
    const { resource } = await terraformOf(most);
    const first = (type: string) => resource[type]?.["kops_mfa"]?.[0];
    expect(first("aws_iam_role")).toMatchObject({
      ...{ name: "kops", path: "/team/", max_session_duration: 43_200 },
    });
    expect(first("aws_iam_group_policy_attachment")?.["for_each"]).toBe('${toset(["operators"])}');
    expect(first("aws_iam_user_policy_attachment")?.["for_each"]).toMatch(/"jon",\s*"mei"/);
    expect(first("aws_s3_bucket_policy")?.["bucket"]).toBe("clusters.example.com");
  });
});

describe("cloudformation", () => {
  const directory = mkdtempSync(join(tmpdir(), "kops-mfa-template-"));
  const engine = new RegoEngine();
  afterAll(() => {
    engine.free();
    rmSync(directory, { recursive: true });
  });

  function validate(text: string) {
    const file = join(directory, "template.yaml");
    writeFileSync(file, text);
    const { diagnostics } = engine.validateStandard(new TemplateFile(file), {});
    return diagnostics
      .filter(({ severity }) => !["INFO", "DEBUG"].includes(severity))
      .map(({ ruleId, message }) => `${ruleId}: ${message}`);
  }

  test.for(examples)("%s passes AWS's own validator", ([, options]) => {
    expect(validate(textOf({ ...options, format: "cloudformation" }))).toEqual([]);
  });

  test("which finds what is wrong", () => {
    const text = textOf({ ...most, format: "cloudformation" });
    expect(
      validate(text.replace("MaxSessionDuration: 43200", "MaxSessionDuration: 43201")),
    ).toHaveLength(1);
    expect(validate(text.replace("RoleName:", "RollName:"))).not.toEqual([]);
  });

  test.for(examples)("%s has the same policies", ([, options]) => {
    expect(templateDocuments(options)).toEqual(documentsOf(printed(options)));
  });

  test("any names come through", () => {
    fc.assert(
      fc.property(anyOptions, (options) => {
        expect(templateDocuments(options)).toEqual(documentsOf(printed(options)));
      }),
      { seed, numRuns: cases(100, 20) },
    );
  });

  test("each account makes what is its own", () => {
    const { Conditions, Resources } = templateOf(most);
    const account = (id: string) => ({ "Fn::Equals": [{ Ref: "AWS::AccountId" }, id] });
    expect(Conditions).toEqual({
      AccountOfRole: account("222222222222"),
      AccountOfUsers: account("111111111111"),
    });
    expect(Resources["Role"]).toMatchObject({
      Condition: "AccountOfRole",
      Properties: { RoleName: "kops", Path: "/team/", MaxSessionDuration: 43_200 },
    });
    expect(Resources["UserPolicy"]).toMatchObject({
      Condition: "AccountOfUsers",
      Properties: { Groups: ["operators"], Users: ["jon", "mei"] },
    });
    expect(Resources["BucketPolicy"]).toMatchObject({
      Condition: "AccountOfRole",
      Properties: { Bucket: "clusters.example.com" },
    });
    const alone = templateOf(least);
    expect(alone.Conditions).toEqual({ AccountOfRole: account("222222222222") });
    expect(alone.Resources).not.toHaveProperty("BucketPolicy");
  });
});

describe("script", () => {
  let file = "";
  beforeAll(() => {
    file = join(mkdtempSync(join(tmpdir(), "kops-mfa-script-")), "role.sh");
  });
  afterAll(() => rmSync(join(file, ".."), { recursive: true }));

  const hasShellcheck = spawnSync("shellcheck", ["--version"]).status === 0;
  const isSkipped = !hasShellcheck && process.env["KOPS_MFA_REQUIRE_ALL"] !== "1";

  test.skipIf(isSkipped).for(examples)("%s: shellcheck has nothing to say", async ([, options]) => {
    writeFileSync(file, textOf({ ...options, format: "script" }));
    const { exitCode, stdout, stderr } = await runProgram("shellcheck", [file], environment);
    expect([exitCode, stdout + stderr]).toEqual([0, ""]);
  });

  describeShell("dash", () => {
    test("any names come through", async () => {
      const [options] = fc.sample(fc.array(anyOptions, { minLength: 20, maxLength: 20 }), 1);
      const scripts = options!.map((each) => variablesOf(textOf({ ...each, format: "script" })));
      const show = `printf '%s\\n' "$trust_policy" "$permissions_policy" "$user_policy" "$bucket_policy"`;
      const { exitCode, stdout, stderr } = await runShell(
        "dash",
        scripts.map((variables) => `${variables}\n${show}`).join("\n"),
      );
      expect([exitCode, stderr]).toEqual([0, ""]);
      const expected = options!.flatMap((each) => Object.values(documentsOf(printed(each))));
      const lines = stdout.toString().trimEnd().split("\n");
      expect(lines.map((line) => JSON.parse(line) as PolicyDocument)).toEqual(expected);
    });
  });
});

const environment = { PATH: process.env["PATH"] ?? "" };

/** The assignments of a script, without what it does. */
function variablesOf(script: string): string {
  return script.slice(0, script.indexOf("\nmake_role()"));
}

interface Terraform {
  readonly provider?: Readonly<Record<string, unknown>>;
  readonly resource: Readonly<
    Record<string, Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>>
  >;
}

async function terraformOf(options: Options): Promise<Terraform> {
  return (await parseHcl("kops-mfa.tf", textOf({ ...options, format: "terraform" }))) as Terraform;
}

/** The policies of a Terraform file, as terraform's own parser reads them. */
async function terraformDocuments(options: Options) {
  const { resource } = await terraformOf(options);
  const read = async (type: string, argument: string) => {
    const expression = resource[type]?.["kops_mfa"]?.[0]?.[argument];
    if (typeof expression !== "string") return undefined;
    const [, body = ""] = /^\$\{jsonencode\((.*)\)\}$/s.exec(expression) ?? [];
    const { value } = (await parseHcl("value.tf", `value = ${body}\n`)) as { value: unknown };
    // What the parser leaves of the template's escape is terraform's to read.
    return JSON.parse(JSON.stringify(value).replaceAll("$${", "${")) as PolicyDocument;
  };
  return withoutAbsent({
    trust_policy: await read("aws_iam_role", "assume_role_policy"),
    permissions_policy: await read("aws_iam_role_policy", "policy"),
    user_policy: await read("aws_iam_policy", "policy"),
    bucket_policy: await read("aws_s3_bucket_policy", "policy"),
  });
}

interface Template {
  readonly Conditions: unknown;
  readonly Resources: Readonly<
    Record<
      string,
      { readonly Condition: string; readonly Properties: Readonly<Record<string, unknown>> }
    >
  >;
}

function templateOf(options: Options): Template {
  return parseYaml(textOf({ ...options, format: "cloudformation" })) as Template;
}

function templateDocuments(options: Options) {
  const { Role, UserPolicy, BucketPolicy } = templateOf(options).Resources;
  const [inline] = Role?.Properties["Policies"] as { PolicyDocument: PolicyDocument }[];
  return withoutAbsent({
    trust_policy: Role?.Properties["AssumeRolePolicyDocument"],
    permissions_policy: inline?.PolicyDocument,
    user_policy: UserPolicy?.Properties["PolicyDocument"],
    bucket_policy: BucketPolicy?.Properties["PolicyDocument"],
  });
}

function withoutAbsent(documents: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(documents).filter(([, each]) => each !== undefined));
}
