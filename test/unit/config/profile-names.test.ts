import { expect, test } from "vitest";
import { profileNames } from "../../../src/config/profile-names.ts";

function names(texts: Readonly<Record<string, string>>, env: Record<string, string> = {}) {
  const files = { read: (path: string) => texts[path] ?? null };
  return profileNames({ files, env, platform: "linux", home: "/home/jon" });
}

const config = "/home/jon/.aws/config";
const credentials = "/home/jon/.aws/credentials";
const settings = "/home/jon/.config/kops-mfa/config.ini";

test("of both AWS files and the settings, each once, sorted", () => {
  const texts = {
    [config]: "[default]\nregion = x\n[profile prod]\n[profile a b]\n[profile 'my team']\n",
    [credentials]: "[prod]\n[jon]\n[default]\n",
    [settings]: "[staging]\nprofile = prod\n[defaults]\n[jon]\n",
  };
  expect(names(texts)).toEqual(["a b", "default", "jon", "my team", "prod", "staging"]);
});

test("not what is no profile", () => {
  const texts = {
    [config]: "[prod]\n[sso-session corp]\n[services local]\n[plugins]\n[DEFAULT]\n",
    [credentials]: "[profile prod]\n[DEFAULT]\n",
  };
  expect(names(texts)).toEqual([]);
});

test("from where the variables say", () => {
  const env = { AWS_CONFIG_FILE: "/c", AWS_SHARED_CREDENTIALS_FILE: "/s", KOPS_MFA_CONFIG: "/k" };
  expect(
    names({ "/c": "[profile c]", "/s": "[s]", "/k": "[k]", [config]: "[default]" }, env),
  ).toEqual(["c", "k", "s"]);
});

test("also where lines are broken, which every command would stop at", () => {
  const broken =
    "[profile one]\nnothing\n[profile\n= x\n[profile two]\n\u0000\n[profile a; touch x]\n";
  expect(names({ [config]: broken, [settings]: "[three]\nunknown = 1\n" })).toEqual([
    "one",
    "three",
    "two",
  ]);
});
