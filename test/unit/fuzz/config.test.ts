import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  checkRoleArn,
  checkSerialNumber,
  deviceName,
  isCodeDevice,
  partitionOf,
  readRoleArn,
} from "../../../src/config/arn.ts";
import { headerName } from "../../../src/config/aws-dialect.ts";
import { formatDuration, parseDuration } from "../../../src/config/duration.ts";
import { editProfile, editSettingsSection } from "../../../src/config/edit-section.ts";
import { mergeSharedFiles } from "../../../src/config/profiles.ts";
import { profileNames } from "../../../src/config/profile-names.ts";
import { readRequest } from "../../../src/config/request.ts";
import { resolve } from "../../../src/config/resolve.ts";
import { readSessionTags } from "../../../src/config/session-tags.ts";
import { parseSettings, settingKeys } from "../../../src/config/settings.ts";
import { planSession } from "../../../src/session/plan.ts";
import { given } from "../../support/config/build.ts";
import { awsFile } from "../../support/config/grammar.ts";
import { checkIni, iniWords } from "../../fuzz/ini.ts";
import { holds } from "../../fuzz/effort.ts";
import { mutated, noise } from "../../fuzz/noise.ts";
import { readOrRefused } from "../../fuzz/refusal.ts";

const awsFiles = fc.oneof(awsFile("js"), awsFile("botocore")).map(({ text }) => text);
const iniText = fc.oneof(noise(iniWords, 60), mutated(awsFiles, iniWords));

describe("the dialect of the AWS files", () => {
  test("any text is read, each part from the line where it stands", () => {
    holds(iniText, checkIni, { few: 1000 });
  });

  test("any files are understood, or refused with a reason", () => {
    holds(fc.tuple(iniText, iniText), ([config, credentials]) => {
      readOrRefused(() =>
        mergeSharedFiles(
          { path: "~/.aws/config", text: config },
          { path: "~/.aws/credentials", text: credentials },
        ),
      );
    });
  });

  test("any files give names to a Tab", () => {
    holds(fc.tuple(iniText, iniText, iniText), (texts) => {
      const left = [...texts];
      const files = { read: () => left.pop() ?? null };
      const env = { HOME: "/home/jon" };
      const names = profileNames({ files, env, platform: "linux", home: "/home/jon" });
      expect(new Set(names).size).toBe(names.length);
    });
  });

  test("any settings are understood, or refused with a reason", () => {
    const own = [...iniWords, "[defaults]\n", ...settingKeys.map((key) => `${key} = `)];
    holds(noise(own, 40), (text) => {
      const settings = readOrRefused(() => parseSettings("config.ini", text));
      for (const section of settings?.sections.values() ?? []) {
        for (const [key, { value }] of section)
          expect([settingKeys.includes(key), value]).not.toContain("");
      }
    });
  });
});

describe("a change of a section", () => {
  const names = fc.oneof(fc.constantFrom("default", "prod", "my team", "a.b"), noise(["prod"], 3));
  const values = fc.dictionary(
    fc.constantFrom("region", "role_arn", "mfa_serial"),
    fc.option(fc.oneof(fc.constantFrom("eu-west-1", "a#b"), noise(["a", " #", "'"], 4))),
  );

  test.each([
    ["of a profile", editProfile],
    ["of the settings", editSettingsSection],
  ])("%s says what was meant, a second time too, or is refused", (_, edit) => {
    holds(fc.tuple(iniText, names, values), ([text, name, wanted]) => {
      const change = new Map(Object.entries(wanted));
      const edited = readOrRefused(() => edit({ path: "file", text }, name, change));
      if (edited === null) return;
      expect(edit({ path: "file", text: edited }, name, change)).toBe(edited);
    });
  });
});

describe("a session is resolved", () => {
  const arn = (kind: string, name: string) => `arn:aws:iam::111111111111:${kind}/${name}`;
  const name = fc.constantFrom("default", "a", "b", "c");
  const value = fc.oneof(
    { weight: 6, arbitrary: name },
    { weight: 4, arbitrary: fc.constantFrom(arn("role", "x"), arn("mfa", "jon"), "900", "1h") },
    { weight: 2, arbitrary: fc.constantFrom("AKIATESTTESTTESTJON0", "secret", "Environment") },
    { weight: 1, arbitrary: fc.constantFrom("https://x", "true", "x=y", "command", "") },
  );
  const key = fc.constantFrom(
    ...["role_arn", "source_profile", "mfa_serial", "include_profile", "duration_seconds"],
    ...["aws_access_key_id", "aws_secret_access_key", "credential_process", "credential_source"],
    ...["role_session_name", "external_id", "region", "web_identity_token_file", "sso_session"],
    ...["sso_start_url", "sso_account_id", "sso_role_name", "services", "endpoint_url"],
    ...["session_tags", "transitive_session_tags", "mfa_process", "ca_bundle"],
  );
  const lines = fc.array(fc.tuple(key, value), { maxLength: 6 });
  const text = fc.array(fc.tuple(name, lines), { maxLength: 4 }).map((sections) =>
    sections
      .map(([title, all]) => [
        title === "default" ? "[default]" : `[profile ${title}]`,
        ...all.map(([left, right]) => `${left} = ${right}`),
      ])
      .flat()
      .join("\n"),
  );
  const options = fc.record(
    {
      profile: name,
      roleArn: value,
      serialNumber: value,
      duration: value,
      region: fc.constantFrom("eu-west-1", "cn-north-1", "x", ""),
      tokenCode: fc.constantFrom("123456", "1"),
    },
    { requiredKeys: [] },
  );
  const variables = fc.dictionary(
    fc.constantFrom(
      "AWS_PROFILE",
      "AWS_ACCESS_KEY_ID",
      "AWS_SECRET_ACCESS_KEY",
      "KOPS_MFA_ARN",
      "AWS_SESSION_TAGS",
    ),
    value,
  );

  test("from whatever its profiles say, with a plan, or refused with a reason", () => {
    const settings = parseSettings("config.ini", null);
    holds(
      fc.tuple(text, options, variables),
      ([config, typed, env]) => {
        const found = readOrRefused(() => {
          const files = mergeSharedFiles({ path: "~/.aws/config", text: config }, null);
          const request = readRequest(typed, env, settings);
          return planSession(resolve({ files, request, env }));
        });
        for (const step of found?.steps ?? []) {
          expect(step.durationSeconds).toBeGreaterThanOrEqual(900);
          expect(step.serialNumber === null || isCodeDevice(step.serialNumber)).toBe(true);
        }
      },
      { few: 500 },
    );
  });
});

describe("a value", () => {
  const arnWords = [
    ...[
      "arn:",
      "aws",
      "-cn",
      ":iam::",
      "111111111111",
      ":role/",
      ":mfa/",
      ":user/",
      ":u2f/",
      "kops",
    ],
    ...["${user}", "arn:aws:iam::111111111111:role/", "arn:aws:iam::111111111111:mfa/jon"],
  ];
  const role = fc
    .tuple(fc.constantFrom("aws", "aws-cn", "aws-us-gov"), fc.stringMatching(/^\d{12}$/))
    .chain(([partition, account]) =>
      fc.stringMatching(/^[\w+=,.@/-]{1,64}$/).map((name) => ({
        partition,
        account,
        arn: `arn:${partition}:iam::${account}:role/${name}`,
      })),
    );

  test("that is the ARN of a role gives its parts", () => {
    holds(role, ({ arn, partition, account }) => {
      expect(readRoleArn(arn)).toEqual({ partition, account });
      expect(partitionOf(arn)).toBe(partition);
    });
  });

  test("that is accepted as an ARN or a serial has no character but theirs", () => {
    const texts = fc.oneof(
      noise(arnWords, 8),
      mutated(
        role.map(({ arn }) => arn),
        arnWords,
      ),
    );
    holds(texts, (text) => {
      const accepted = [
        readOrRefused(() => checkRoleArn(given(text))),
        readOrRefused(() => checkSerialNumber(given(text))),
      ];
      for (const setting of accepted) if (setting) expect(text).toMatch(/^[\w+=,.@:/${}-]+$/);
      expect(readRoleArn(text) === null).toBe(accepted[0] === null);
      deviceName(text);
    });
  });

  test("that is a duration counts as arithmetic counts it", () => {
    const unit = { d: 86_400, h: 3600, m: 60, s: 1 } as const;
    const parts = fc.record(
      { d: fc.nat(99), h: fc.nat(999), m: fc.nat(9999), s: fc.nat(99_999) },
      { requiredKeys: [] },
    );
    holds(parts, (counts) => {
      const units = (["d", "h", "m", "s"] as const).filter((each) => counts[each] !== undefined);
      const text = units.map((each) => `${counts[each] ?? 0}${each}`).join("");
      const sum = units.reduce((all, each) => all + (counts[each] ?? 0) * unit[each], 0);
      expect(parseDuration(text)).toBe(text === "" ? null : sum);
      expect(parseDuration(formatDuration(sum))).toBe(sum);
    });
  });

  test("that is accepted as a duration is a whole number of seconds", () => {
    holds(noise(["1", "h", "m", "s", "d", "90", " "], 8), (text) => {
      const seconds = parseDuration(text);
      if (seconds !== null) expect(Number.isSafeInteger(seconds) && seconds >= 0).toBe(true);
    });
  });

  test("that is a list of session tags comes back as it was written", () => {
    const part = fc.stringMatching(/^[\w +=.@:/-]{0,12}$/).map((text) => text.trim());
    const key = part.map((text) => text.replaceAll("=", "")).filter((text) => text.trim() !== "");
    const tags = fc.array(
      fc.tuple(
        key.map((text) => text.trim()),
        part,
      ),
      { minLength: 1, maxLength: 4 },
    );
    holds(fc.tuple(tags, fc.constantFrom("", " ", "\t ")), ([pairs, gap]) => {
      const text = pairs
        .map(([left, right]) => `${gap}${left}${gap}=${gap}${right}${gap}`)
        .join(",");
      expect(readSessionTags(given(text), null).tags).toEqual(pairs);
    });
  });

  test("that is no list of session tags is refused with a reason", () => {
    holds(noise(["a=b", ",", "=", " "], 12), (text) => {
      readOrRefused(() => readSessionTags(given(text), given(text)));
    });
  });
});

test("headers are read alike by all who look for them", () => {
  holds(noise(["[", "]", "profile ", "x", " #", ";"], 8), (line) => {
    const name = headerName(line);
    if (name !== null) expect(name.trim()).toBe(name);
  });
});
