import { ConfigError } from "../errors.ts";
import { describeOrigin, type Setting } from "./origin.ts";

/** Session tags of one AssumeRole call. */
export interface SessionTags {
  /** In the order written. */
  readonly tags: readonly (readonly [key: string, value: string])[];
  /** Keys that pass on to the roles assumed next. */
  readonly transitiveKeys: readonly string[];
}

/** `session_tags` and `transitive_session_tags`, in aws-vault's form: `team = ops , env=prod` and `team, env`. Throws {@link ConfigError}. */
export function readSessionTags(tags: Setting | null, transitive: Setting | null): SessionTags {
  return {
    tags: tags ? readTags(tags) : [],
    transitiveKeys: transitive ? readKeys(transitive) : [],
  };
}

function readTags(setting: Setting): SessionTags["tags"] {
  return setting.value.split(",").map((item) => {
    const sign = item.indexOf("=");
    const key = item.slice(0, Math.max(sign, 0)).trim();
    if (key !== "") return [key, item.slice(sign + 1).trim()] as const;
    throw new ConfigError(
      `${describeOrigin(setting.origin)}: "${item.trim()}" is not a session tag`,
      {
        hint: "Session tags look like key=value,key2=value2.",
      },
    );
  });
}

function readKeys({ value }: Setting): readonly string[] {
  return value
    .split(",")
    .map((key) => key.trim())
    .filter((key) => key !== "");
}
