import { readFileSync } from "node:fs";
import { compareWithNode, type Figure } from "../figure.ts";
import { counted, withGrowth, type SizedRow } from "./sizes.ts";

const sizes = [10, 100, 1_000, 10_000];
const group = "with many profiles in the AWS files";

/** How the commands of the warm lane grow with the AWS files. */
export const profiles: readonly Figure[] = (
  [
    ["env", ["env", "prod", "--shell", "sh"], /AWS_SESSION_TOKEN/],
    ["__profiles", ["__profiles"], /^prod$/m],
  ] as const
).map(([command, words, prints]) => ({
  group,
  name: `${command}, many profiles`,
  async measure(place) {
    await place.login();
    const config = readFileSync(place.person.path(".aws/config"), "utf8");
    const credentials = readFileSync(place.person.path(".aws/credentials"), "utf8");
    const rows: SizedRow[] = [];
    for (const size of sizes) {
      // The one that is asked for stands last.
      place.person.write(".aws/config", configOf(size) + config);
      place.person.write(".aws/credentials", credentialsOf(size) + credentials);
      const name = `${command}, ${counted(size, "profile")}`;
      const subject = { command: place.command(words), times: size > 1000 ? 1 : 4, prints };
      rows.push({ size, row: await compareWithNode(place, { group, name }, subject, 5) });
    }
    return withGrowth(rows);
  },
}));

/** Roles as tools write them that fill the file from an organization's accounts. */
function configOf(size: number): string {
  const section = (index: number) => `[profile account-${index}.admin]
role_arn = arn:aws:iam::${String(index).padStart(12, "0")}:role/kops-admin
source_profile = default
mfa_serial = arn:aws:iam::111111111111:mfa/jon
region = eu-west-1

`;
  return Array.from({ length: size }, (_, index) => section(index)).join("");
}

/** One profile in ten has keys. */
function credentialsOf(size: number): string {
  const section = (index: number) => `[keys-${index}]
aws_access_key_id = AKIATEST${String(index).padStart(12, "0")}
aws_secret_access_key = ${"wJalrXUtnFEMI".repeat(3)}x

`;
  return Array.from({ length: size / 10 }, (_, index) => section(index)).join("");
}
