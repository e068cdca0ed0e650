import { mkdirSync } from "node:fs";
import { isOnPath } from "../../test/support/programs.ts";
import { AwsCli } from "../../test/e2e/aws-cli.ts";
import type { Figure } from "../figure.ts";
import { measure, type Subject } from "../paired.ts";
import type { Place } from "../place.ts";
import { timeCommand, type Command, type Times } from "../processor-time.ts";
import { row, type Row } from "../row.ts";
import { ratioOf, spreadOf } from "../statistics.ts";
import { coldEnv } from "./cold.ts";

/** Another program that does the same work. */
interface Peer {
  readonly name: string;
  readonly program: string;
  /** Its command, and ours that does the same; whatever they need is made ready first. */
  readonly prepare: (place: Place) => Promise<{ readonly theirs: Subject; readonly ours: Subject }>;
}

const group = "peers";
/** Each takes long, and differs little. */
const mostRounds = 7;
/** So that one that does not find the sandbox finds nobody: not AWS. */
const nowhere = { HTTPS_PROXY: "http://127.0.0.1:9", NO_PROXY: "127.0.0.1,localhost" };

export const peers: readonly Figure[] = (
  [
    {
      name: "aws configure export-credentials",
      program: "aws",
      prepare: (place) =>
        kept(place, {
          argv: ["aws", "configure", "export-credentials", "--profile", "open", "--format", "env"],
          env: awsEnv(place),
        }),
    },
    {
      name: "aws sts assume-role",
      program: "aws",
      prepare: (place) => Promise.resolve({ theirs: awsAssumeRole(place), ours: coldEnv(place) }),
    },
    {
      name: "aws-vault export",
      program: "aws-vault",
      prepare: async (place) => {
        const { accessKeyId, secretAccessKey } = place.person.world.jon.accessKeys[0]!;
        const env = {
          ...place.env,
          ...nowhere,
          AWS_VAULT_BACKEND: "file",
          AWS_VAULT_FILE_PASSPHRASE: "bench",
          AWS_ENDPOINT_URL: place.person.sandbox.url,
        };
        const keys = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
        const add = ["aws-vault", "add", "default", "--env", "--add-config=false"] as const;
        await timeCommand({ argv: add, env: { ...env, ...keys } }, { times: 1 });
        return kept(place, { argv: ["aws-vault", "export", "--format=env", "open"], env });
      },
    },
    {
      name: "granted credential-process",
      program: "granted",
      prepare: (place) => {
        mkdirSync(place.person.path(".granted"));
        place.person.write(".granted/config", '[Keyring]\nBackend = "file"\n');
        const argv = ["granted", "credential-process", "--profile", "open"] as const;
        return kept(place, { argv, env: { ...place.env, ...nowhere } });
      },
    },
    {
      name: "awsume",
      program: "awsumepy",
      prepare: (place) =>
        kept(place, { argv: ["awsumepy", "open"], env: { ...place.env, ...nowhere } }),
    },
  ] satisfies readonly Peer[]
).map((peer: Peer) => ({
  group,
  name: peer.name,
  measure: async (place) => [await beside(place, peer)],
}));

/** A role without MFA, which every peer can assume without a person, and does not assume again while it has the session. */
const openProfile = `
[profile open]
role_arn = arn:aws:iam::222222222222:role/kops-open
source_profile = default
`;

/** A command that prints a kept session, and ours. The first run, which nobody measures, makes theirs. */
async function kept(place: Place, command: Command): Promise<{ theirs: Subject; ours: Subject }> {
  await place.login();
  const ours = place.command(["env", "prod", "--shell", "sh"]);
  return {
    theirs: { command, prints: /ASIA/ },
    ours: { command: ours, times: 4, prints: /AWS_SESSION_TOKEN/ },
  };
}

function awsAssumeRole(place: Place): Subject {
  const { person } = place;
  const role = ["--role-arn", "arn:aws:iam::222222222222:role/kops-admin"];
  const names = ["--role-session-name", "bench", "--serial-number", person.serial];
  const endpoint = ["--endpoint-url", person.sandbox.url, "--output", "json"];
  const fixed = ["aws", "sts", "assume-role", ...role, ...names, ...endpoint] as const;
  return {
    get command() {
      return { argv: [...fixed, "--token-code", person.code()] as const, env: awsEnv(place) };
    },
    before: () => place.forgetSession(),
    prints: /"SessionToken"/,
  };
}

function awsEnv(place: Place): Record<string, string> {
  return { ...new AwsCli(place.person).env, PATH: place.env["PATH"] ?? "", ...nowhere };
}

async function beside(place: Place, { name, program, prepare }: Peer): Promise<Row> {
  if (!isOnPath(program)) return row({ group, name, note: `${program} is not on the PATH` });
  place.person.addProfile(openProfile);
  try {
    const { theirs, ours } = await prepare(place);
    const rounds = Math.min(place.rounds, mostRounds);
    return compared(name, await measure([theirs, ours, place.bareNode], rounds));
  } catch (error) {
    // Another version than we know: what it says instead of a figure.
    const [first = ""] = String(error).split("\n");
    return row({ group, name, note: `not measured: ${first}` });
  }
}

function compared(name: string, measured: readonly (readonly Times[])[]): Row {
  const [peer = [], own = [], node = []] = measured.map((times) => times.map(({ cpuMs }) => cpuMs));
  return row({
    group,
    name,
    cpuMs: spreadOf(peer),
    timesNode: ratioOf(peer, node),
    oursOverIt: ratioOf(own, peer),
  });
}
