import type { File, Sections } from "./readers.ts";

/** Files as they are found in homes; all of AWS's readers and we agree on them. */
export interface Sample extends File {
  readonly name: string;
  /** Some of what is in it. */
  readonly holds: Sections;
}

const lines = (...text: readonly string[]) => `${text.join("\n")}\n`;

export const corpus: readonly Sample[] = [
  {
    name: "the AWS documentation's example",
    kind: "config",
    text: lines(
      "[default]",
      "region = us-west-2",
      "output = json",
      "",
      "[profile dev-user]",
      "region = us-east-1",
      "s3 =",
      "    max_concurrent_requests = 20",
      "    addressing_style = path",
      "output = text",
      "",
      "[profile developers]",
      "role_arn = arn:aws:iam::123456789012:role/developers",
      "source_profile = dev-user",
    ),
    holds: {
      "dev-user": { "s3.addressing_style": "path", output: "text" },
      developers: { source_profile: "dev-user" },
    },
  },
  {
    name: "what `aws configure sso` writes",
    kind: "config",
    text: lines(
      "[profile my-dev-profile]",
      "sso_session = my-sso",
      "sso_account_id = 123456789011",
      "sso_role_name = readOnly",
      "region = us-west-2",
      "[sso-session my-sso]",
      "sso_region = us-east-1",
      "sso_start_url = https://my-sso-portal.awsapps.com/start#/",
      "sso_registration_scopes = sso:account:access",
    ),
    holds: {
      "sso-session my-sso": {
        sso_start_url: "https://my-sso-portal.awsapps.com/start#/",
        sso_registration_scopes: "sso:account:access",
      },
    },
  },
  {
    name: "aws-vault with one serial for all",
    kind: "config",
    text: lines(
      "# managed by the platform team; do not edit",
      "[default]",
      "mfa_serial=arn:aws:iam::111111111111:mfa/jonsmith",
      "",
      "; --- roles ---",
      "[profile root]",
      "region=eu-west-1",
      "[profile prod.admin]",
      "include_profile=root",
      "source_profile=root",
      "role_arn=arn:aws:iam::222222222222:role/kops/admin",
      "external_id=abc#def;1",
      "session_tags = a=b, c=d",
      "mfa_process = ykman oath accounts code --single arn:aws:iam::111111111111:mfa/jonsmith",
    ),
    holds: {
      "prod.admin": { external_id: "abc#def;1", session_tags: "a=b, c=d" },
      default: { mfa_serial: "arn:aws:iam::111111111111:mfa/jonsmith" },
    },
  },
  {
    name: "Notepad, tabs and aligned values",
    kind: "config",
    text: lines(
      "[profile ops]",
      "role_arn\t\t= arn:aws-us-gov:iam::123456789012:role/Ops",
      "source_profile\t= default",
      "duration_seconds\t=\t3600  ",
      "",
    ).replaceAll("\n", "\r\n"),
    holds: {
      ops: {
        role_arn: "arn:aws-us-gov:iam::123456789012:role/Ops",
        duration_seconds: "3600",
      },
    },
  },
  {
    name: "everything indented",
    kind: "config",
    text: lines(
      "[default]",
      "  region = us-east-1",
      "  output = json",
      "[profile team:qa@corp]",
      "\trole_arn = arn:aws:iam::123456789012:role/QA",
      "\tcredential_source = Environment",
    ),
    holds: {
      default: { region: "us-east-1", output: "json" },
      "team:qa@corp": { credential_source: "Environment" },
    },
  },
  {
    name: "command lines",
    kind: "config",
    text: lines(
      "[profile vault]",
      'credential_process = "/Applications/My Tool.app/bin/tool" get --name "prod admin"',
      "[profile windows]",
      'credential_process = "C:\\Program Files\\aws\\creds.cmd"',
      "[profile shell]",
      `credential_process = sh -c 'pass show aws/prod | jq -c "{Version: 1} + ."'`,
    ),
    holds: {
      windows: { credential_process: '"C:\\Program Files\\aws\\creds.cmd"' },
      shell: { credential_process: `sh -c 'pass show aws/prod | jq -c "{Version: 1} + ."'` },
    },
  },
  {
    name: "LocalStack and other services",
    kind: "config",
    text: lines(
      "[profile local]",
      "services = local",
      "ignore_configured_endpoint_urls = false",
      "[services local]",
      "sts =",
      "  endpoint_url = http://localhost:4566",
      "s3 = ",
      "  endpoint_url = http://s3.localhost:4566/?a=b",
      "[plugins]",
      "endpoint = awscli_plugin_endpoint",
      "[preview]",
      "cloudfront = true",
    ),
    holds: {
      "services local": {
        "sts.endpoint_url": "http://localhost:4566",
        "s3.endpoint_url": "http://s3.localhost:4566/?a=b",
      },
    },
  },
  {
    name: "access keys",
    kind: "credentials",
    text: lines(
      "[default]",
      "aws_access_key_id=AKIAIOSFODNN7EXAMPLE",
      "aws_secret_access_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
      "",
      "[123456789012_Admin]",
      "aws_access_key_id = ASIAIOSFODNN7EXAMPLE",
      "aws_secret_access_key = //+8x=;#EXAMPLEKEY",
      "aws_session_token = IQoJb3JpZ2luX2VjE//////////wEaCXVzLWVhc3QtMSJHMEUCIQ==",
    ),
    holds: {
      "123456789012_Admin": {
        aws_secret_access_key: "//+8x=;#EXAMPLEKEY",
        aws_session_token: "IQoJb3JpZ2luX2VjE//////////wEaCXVzLWVhc3QtMSJHMEUCIQ==",
      },
    },
  },
  {
    name: "what saml2aws writes",
    kind: "credentials",
    text: lines(
      "[saml]",
      "aws_access_key_id        = ASIAIOSFODNN7EXAMPLE",
      "aws_secret_access_key    = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
      "aws_session_token        = FwoGZXIvYXdzEXAMPLE==",
      "aws_security_token       = FwoGZXIvYXdzEXAMPLE==",
      "x_principal_arn          = arn:aws:sts::123456789012:assumed-role/Ops/jon@example.com",
      "x_security_token_expires = 2026-11-22T18:16:52+02:00",
      "",
      "",
    ),
    holds: {
      saml: {
        aws_access_key_id: "ASIAIOSFODNN7EXAMPLE",
        x_security_token_expires: "2026-11-22T18:16:52+02:00",
      },
    },
  },
];
