import { keys, link, mfa, profile, section } from "../../support/config/build.ts";

/** jon's files: an account of people with the keys, and roles in an account of clusters. */
export const config = [
  profile("default", "region = eu-west-1"),
  link("prod", "default", mfa("jon")),
  link("staging", "default", mfa("jon"), "region = eu-central-1"),
  link("open", "default"),
  profile("me", "source_profile = default", mfa("jon")),
].join("\n");

const credentials = section("default", keys());

export const standardFiles: Readonly<Record<string, string>> = {
  "~/.aws/config": config,
  "~/.aws/credentials": credentials,
};
