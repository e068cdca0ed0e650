import fc from "fast-check";
import { expect, test } from "vitest";
import { usageErrorOf } from "../../../src/cli/usage-error.ts";
import { readCobra } from "../../../src/completion/cobra.ts";
import { checkRoleArn, checkSerialNumber } from "../../../src/config/arn.ts";
import { parseDuration } from "../../../src/config/duration.ts";
import { editProfile } from "../../../src/config/edit-section.ts";
import { mergeSharedFiles } from "../../../src/config/profiles.ts";
import { checkTokenCode } from "../../../src/config/request-values.ts";
import { readSessionTags } from "../../../src/config/session-tags.ts";
import { parseSettings } from "../../../src/config/settings.ts";
import { readDocument } from "../../../src/platform/providers/credential-document.ts";
import { printable } from "../../../src/platform/terminal/printable.ts";
import { readXml } from "../../../src/platform/aws/xml-elements.ts";
import { parseXML } from "../../../src/platform/aws/sdk-entry.ts";
import { decodePrevious } from "../../../src/environment/previous.ts";
import { findStateStore, placeInS3 } from "../../../src/kops/state-store.ts";
import { readKopsWords } from "../../../src/kops/words.ts";
import { checkAllowed, checkCluster, parseRoleName } from "../../../src/policy/names.ts";
import { readPeople } from "../../../src/policy/people.ts";
import { parseStateStore } from "../../../src/policy/state-store.ts";
import { decodeAwsCliEntry, isSessionOf } from "../../../src/session/aws-cli/entry.ts";
import { decodeSession } from "../../../src/session/cache-entry.ts";
import { fillPlaceholders } from "../../../src/session/mfa/code-command.ts";
import { explainFailure } from "../../../src/session/explain-failure.ts";
import * as readings from "../../../src/setup/readings.ts";
import { bash } from "../../../src/shell/dialects/posix.ts";
import { fish } from "../../../src/shell/dialects/fish.ts";
import { powershell } from "../../../src/shell/dialects/powershell.ts";
import { plainName } from "../../../src/shell/program.ts";
import { renderGithub } from "../../../src/shell/github.ts";
import { loadsIntegration } from "../../../src/shell/startup.ts";
import { tcsh } from "../../../src/shell/dialects/tcsh.ts";
import { xonsh } from "../../../src/shell/dialects/xonsh.ts";
import { given } from "../../support/config/build.ts";
import { parse } from "../../support/kubeconfig/build.ts";
import { refused } from "../../support/session/build.ts";
import { holds } from "../../fuzz/effort.ts";
import { readOrRefused } from "../../fuzz/refusal.ts";

const caller = { partition: "aws", account: "111111111111", user: "jon" };
const situation = {
  ...{ serialNumber: null, roleArn: null, unusedSerialNumber: null, source: "x" },
  ...{ callerArn: null, region: "eu-west-1", durationSeconds: null },
};
const change = new Map([["region", "eu-west-1"]]);
const one = (value: string) => ({ unset: [], set: [["N", value]] as const });

/** Whoever reads what a file, a server, another program or a person at the prompt may have made long. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  "the AWS files": (text) => mergeSharedFiles({ path: "config", text }, { path: "c", text }),
  "the settings": (text) => parseSettings("config.ini", text),
  "a change of a profile": (text) =>
    editProfile({ path: "c", text: `[profile x]\nregion = ${text}\n${text}` }, "x", change),
  "a kubeconfig": (text) => parse(text),
  "session tags": (text) => readSessionTags(given(text), given(text)),
  "a role's ARN": (text) => checkRoleArn(given(text)),
  "a serial": (text) => checkSerialNumber(given(text)),
  "a duration": parseDuration,
  "a code": (text) => checkTokenCode(given(text)),
  "a cached session": decodeSession,
  "a session of the AWS CLI": decodeAwsCliEntry,
  "the ARN of a session": (text) =>
    isSessionOf(text, { roleArn: text, roleSessionName: null } as Parameters<
      typeof isSessionOf
    >[1]),
  "a credential document": (text) => readDocument(text, "Token"),
  "an answer in XML": (text) => readXml(text, parseXML),
  "words of STS": (text) => explainFailure(refused("AccessDenied", text), situation),
  "words of clipanion": (text) =>
    usageErrorOf(Object.assign(new Error(text), { clipanion: true }), ["env"], []),
  "what was before": decodePrevious,
  "what kops offers": (text) => readCobra(`${text}\n:4\n`, text),
  "kops's words": (text) => readKopsWords(text.split(" ")),
  "kops's configuration": (text) =>
    findStateStore({ words: [], env: {}, home: null, read: () => text }),
  "a state store": (text) => placeInS3({ value: text, from: "" }),
  "a state store for a policy": (text) => parseStateStore(given(text)),
  "a role's name": parseRoleName,
  "a cluster's name": checkCluster,
  "an exception": (text) => checkAllowed(text, "aws"),
  "a user": (text) => readPeople({ users: [text], groups: [], userAccount: undefined }, "1", "aws"),
  "an mfa_process": (text) =>
    fillPlaceholders(given(`${text} {profile}`), { serial: "", profile: "a b" }, "linux"),
  "an answer of setup": (text) => [
    readings.readProfileName(text),
    readings.readRole(text, caller),
    readings.readDevice(text, caller),
    readings.readRegion(text, caller),
    readings.readStateStore(text),
    readings.readCluster(text),
    readings.readExternalId(text),
  ],
  "the name of a program": plainName,
  "a start-up file": loadsIntegration,
  "text for a terminal": printable,
  "a value for a shell": (text) =>
    [bash, fish, tcsh, powershell, xonsh].map((dialect) => dialect.render(one(text))),
  "a value for GitHub": (text) => renderGithub(one(text)),
};

const units = [
  ...Array.from(" \t\n\r\\\"'`$={}[]()<>:;#,./-_%&!1aZé\u2028😀"),
  ...[
    "\r\n",
    "a=",
    "= ",
    " #",
    "a ",
    " a",
    "\n ",
    "\n  a=b",
    "a.",
    "1.",
    "-1",
    "a-",
    "<a>",
    "&#x41;",
  ],
  ...[
    "[a]\n",
    "- ",
    "a: ",
    "? ",
    "{a: ",
    "[1, ",
    "&a ",
    "*a ",
    "explicit deny in a ",
    "\\u0041",
    "//",
    "kops-mfa ",
  ],
  ...[
    "KOPS_MFA_END",
    "${user}",
    "arn:aws:iam::",
    "Not enough arguments to option ",
    "%41",
    "'a'",
    '"a"',
    "1h",
  ],
];
const starts = [
  "",
  "a",
  "a=",
  '"',
  "'",
  "[",
  "[profile ",
  "{",
  "arn:aws:iam::111111111111:role/",
  "s3://a/",
  "<a",
  "1",
];
const unit = fc.oneof(
  fc.constantFrom(...units),
  fc.tuple(fc.constantFrom(...units), fc.constantFrom(...units)).map((pair) => pair.join("")),
);

/**
 * How long texts are, and how much time each may take: what is done once for each character needs a hundredth of it. The shorter
 * ones find what would not come to an end with the longest.
 */
const lengths = [1000, 8000, 60_000];
const mostMs = 1000;

function cpuMs(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  return process.cpuUsage(before).user / 1000;
}

/** What was slow once. */
const examples: readonly [start: string, middle: string, end: string][] = [
  ["", " ", ""],
  ["", "? ", ""],
  ["", "\r", ""],
  ["", "1", "a"],
  ["s3://a/", "/", "<a"],
];

test.each(Object.entries(readers))("%s of any length is read in time", (_, read) => {
  holds(
    fc.tuple(fc.constantFrom(...starts), unit, fc.constantFrom("", "!", "\n", "\0", ...starts)),
    ([start, middle, end]) => {
      for (const length of lengths) {
        const text = start + middle.repeat(length / middle.length) + end;
        expect(cpuMs(() => readOrRefused(() => read(text)))).toBeLessThan(mostMs);
      }
    },
    { few: 12, slowness: 200, examples },
  );
});
