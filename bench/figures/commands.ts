import { compareWithNode, type Figure } from "../figure.ts";
import type { Subject } from "../paired.ts";
import type { Place } from "../place.ts";
import { atMost } from "../row.ts";

/** What a command costs while its session is fresh, and what the commands cost that need none. */
const warm = [
  ["env", ["env", "prod", "--shell", "sh"], /AWS_SESSION_TOKEN/],
  ["credential-process", ["credential-process", "prod"], /"SessionToken"/],
  ["status", ["status", "prod"], /prod/],
  ["__profiles", ["__profiles"], /^prod$/m],
] as const;
const other = [
  ["explain", ["explain", "prod"], /kops-admin/],
  ["login", ["login", "prod"], /^/],
  ["get clusters", ["-p", "prod", "get", "clusters"], /^/],
  ["exec -- true", ["exec", "prod", "--", "true"], /^/],
  ["init bash", ["init", "bash"], /__kops_mfa_prompt/],
  ["completions bash", ["completions", "bash"], /complete/],
  ["policy", ["policy", "prod", "--state-store", "s3://clusters.example.com"], /trust_policy/],
  ["kubeconfig --dry-run", ["kubeconfig", "--dry-run", "-p", "prod"], /^/],
  ["doctor --offline", ["doctor", "prod", "--offline"], /kops-admin/],
  ["logout", ["logout"], /^/],
  ["--version", ["--version"], /\d/],
] as const;
const help = [["--help", ["--help"], /credential-process/]] as const;

type Listed = readonly [name: string, words: readonly string[], prints: RegExp];

/** The figures of the commands that STS is not asked for. */
export const commands: readonly Figure[] = [
  ...listed("with a fresh session", warm, 1.1),
  ...listed("other commands", other, 2),
  ...listed("other commands", help, 2.3),
];

function listed(group: string, list: readonly Listed[], limit: number): readonly Figure[] {
  return list.map(([name, words, prints]) => ({
    group,
    name,
    measure: async (place) => {
      await place.login();
      const subject: Subject = { command: place.command(words), times: 4, prints };
      return [await held(place, { group, name }, subject, limit)];
    },
  }));
}

/** Measures a subject against its target. */
export async function held(
  place: Place,
  named: Pick<Figure, "group" | "name">,
  subject: Subject,
  limit: number,
) {
  const measured = await compareWithNode(place, named, subject);
  return { ...measured, target: atMost(limit, measured.timesNode) };
}
