import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { CredentialAnswer } from "../../../src/context/credential-server.ts";
import type { Context } from "../../../src/context.ts";
import type { SourceCredentials } from "../../../src/context/sts.ts";
import { CredentialsError } from "../../../src/errors.ts";
import type { StsFailureDetails } from "../../../src/session/sts-failure.ts";
import { mfaArn } from "../../support/config/build.ts";
import { FakeSts, FakeVault, now } from "../../support/session/build.ts";
import { FakeAws } from "./fake-aws.ts";
import { FakeChildren, type FakePrograms } from "./fake-children.ts";
import { FakeClock } from "./fake-clock.ts";
import { FakeFiles } from "./fake-files.ts";
import { FakeStreams } from "./fake-streams.ts";
import { standardFiles } from "./standard-files.ts";

/** What differs from jon's everyday machine; all has a default. */
export interface Given {
  /** Beside HOME. */
  readonly env?: Readonly<Record<string, string>>;
  /** By path, with `~` for the home directory, in place of or beside {@link standardFiles}; null for one that is not there. */
  readonly files?: Readonly<Record<string, string | null>>;
  /** Files that cannot be read, and why. */
  readonly unreadable?: Readonly<Record<string, string>>;
  /** Files that cannot be written, and why. */
  readonly unwritable?: Readonly<Record<string, string>>;
  readonly home?: string | null;
  /** What is typed at the questions on the terminal, in their order; without any there is no terminal. */
  readonly answers?: readonly (string | Error)[];
  readonly stdoutIsTerminal?: boolean;
  /** The program that has started this one. */
  readonly shell?: string;
  readonly platform?: string;
  readonly programs?: FakePrograms;
  /** What STS refuses its next calls with; null for one that it answers. */
  readonly failures?: readonly (StsFailureDetails | Error | null)[];
  /** What IAM lists; null when it refuses. */
  readonly devices?: readonly string[] | null;
  readonly callerArn?: string | null;
  /** The keys of AWS's own providers; an error for none. */
  readonly provided?: SourceCredentials | Error;
  /** What opening the keyring throws. */
  readonly keyringError?: Error;
  readonly s3?: FakeAws["s3Answer"];
  readonly ec2?: FakeAws["ec2Answer"];
}

/** A complete context in memory, with what is to be looked at afterwards. */
export interface Fake {
  readonly context: Context;
  readonly files: FakeFiles;
  readonly streams: FakeStreams;
  readonly children: FakeChildren;
  readonly aws: FakeAws;
  readonly clock: FakeClock;
  /** What the endpoints for credentials answer, oldest first. */
  readonly served: (() => Promise<CredentialAnswer>)[];
}

export const home = "/home/jon";
const shellPid = 100;

/** The effects of a machine that exists only in memory; nothing is read, started, or reached beside it. */
export function fakeContext(given: Given = {}): Fake {
  const clock = new FakeClock(now);
  const files = new FakeFiles(atHome({ ...standardFiles, ...given.files }), {
    ...{ home, unreadable: atHome(given.unreadable), unwritable: atHome(given.unwritable) },
  });
  const streams = new FakeStreams(clock, given.answers ?? []);
  const children = new FakeChildren(given.programs ?? {});
  const aws = fakeAws(given);
  const served: Fake["served"] = [];
  const keyring = new FakeVault();
  const { shell = "bash" } = given;
  const context: Context = {
    env: { ...(given.home === null ? {} : { HOME: home }), PATH: "/usr/bin", ...given.env },
    platform: given.platform ?? "linux",
    nodeVersion: "22.21.1",
    home: given.home === undefined ? home : given.home,
    files: files.context,
    keyring: () => {
      if (given.keyringError) throw given.keyringError;
      return keyring;
    },
    sha1: (text) => createHash("sha1").update(text).digest("hex"),
    terminal: streams.terminal(),
    stdout: streams.standardOutput(given.stdoutIsTerminal ?? false),
    assets: { read: (path) => readFileSync(path, "utf8") },
    clock: clock.context,
    processes: {
      parentPid: shellPid,
      ancestor: (pid) => (pid === shellPid ? { ppid: 0, exe: `/bin/${shell}`, comm: shell } : null),
    },
    children: children.context,
    credentials: () => provide(given.provided),
    sts: () => aws.openSts(),
    credentialServer: (answer) => {
      served.push(answer);
      const uri = `http://127.0.0.1:4711/${served.length}`;
      return Promise.resolve({ uri, authorizationToken: "t0ken", close: () => Promise.resolve() });
    },
    s3: () => ({ list: () => Promise.resolve(aws.s3Answer) }),
    ec2: () => ({ describeRegions: () => Promise.resolve(aws.ec2Answer) }),
  };
  return { context, files, streams, children, aws, clock, served };
}

function fakeAws({
  failures = [],
  callerArn = "arn:aws:iam::111111111111:user/jon",
  devices = [mfaArn("jon")],
  s3,
  ec2,
}: Given): FakeAws {
  const sts = new FakeSts(failures, callerArn);
  sts.devices = devices;
  const aws = new FakeAws(sts);
  if (s3) aws.s3Answer = s3;
  if (ec2) aws.ec2Answer = ec2;
  return aws;
}

function provide(provided: Given["provided"]): Promise<SourceCredentials> {
  if (provided === undefined) {
    return Promise.reject(new CredentialsError("there is no provider here", { hint: null }));
  }
  return provided instanceof Error ? Promise.reject(provided) : Promise.resolve(provided);
}

/** Without the files that are null, under their whole paths. */
function atHome(files: Readonly<Record<string, string | null>> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).flatMap(([path, text]) =>
      text === null ? [] : [[path.replace(/^~/, home), text]],
    ),
  );
}
