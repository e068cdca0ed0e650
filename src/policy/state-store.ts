import type { Setting } from "../config/origin.ts";
import { wrong } from "../config/request-values.ts";
import type { StateStore } from "./access.ts";

/** The bucket and prefix of `s3://bucket/prefix`. Throws {@link UsageError} or {@link ConfigError} for what S3 or a policy would not take. */
export function parseStateStore(setting: Setting): StateStore {
  const [, bucket = "", path = ""] = /^s3:\/\/([^/]*)(.*)$/s.exec(setting.value) ?? [];
  if (bucket === "") {
    throw wrong(setting, `"${setting.value}" is not a state store in S3`, {
      hint: "It looks like s3://BUCKET or s3://BUCKET/PREFIX.",
    });
  }
  if (!isBucketName(bucket)) {
    throw wrong(setting, `"${bucket}" cannot be the name of a bucket`, {
      hint: "It has 3 to 63 lower-case letters, digits, dots and hyphens, and begins and ends with a letter or digit.",
    });
  }
  const prefix = path.replace(/^\/|\/$/g, "");
  if (prefix !== "" && !isPlainPrefix(prefix)) {
    throw wrong(setting, `"${prefix}" cannot be the prefix of a state store here`, {
      hint: "It has names with single slashes between them, of letters, digits and any of !_.'()+=@,:-",
    });
  }
  return { bucket, prefix: prefix === "" ? null : prefix };
}

/** Form: docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html (general purpose buckets) */
function isBucketName(name: string): boolean {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) || name.includes("..")) return false;
  if (/^\d+\.\d+\.\d+\.\d+$/.test(name)) return false;
  if (/^(xn--|sthree-|amzn-s3-demo-)/.test(name)) return false;
  return !/(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name);
}

/** Without `*`, `?` and `$`, which mean something in a policy, and without what kops would write otherwise (`.`, `..`, `//`). */
function isPlainPrefix(prefix: string): boolean {
  const isPlain = (part: string) =>
    /^[\w!.'()+=@,:-]+$/.test(part) && part !== "." && part !== "..";
  return prefix.length <= 512 && prefix.split("/").every(isPlain);
}
