import { run } from "../../../src/app.ts";
import { fakeContext, home, type Fake, type Given } from "./fake-context.ts";

/** What a command line has done that can be seen from outside. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The questions on the terminal. */
  readonly asked: readonly string[];
  /** The calls of STS: `AssumeRole prod by JON0, 3600 s, code 123456`. */
  readonly calls: readonly string[];
  /** The programs that ran, with the key that each had. */
  readonly ran: readonly string[];
  /** The files that are new or changed, by path; not those of the cache. */
  readonly written: Readonly<Record<string, string>>;
}

/** One command line, as it is typed: words with spaces between, in quotes where one has a space in it. */
async function runIn(fake: Fake, line: string): Promise<Outcome> {
  const { streams, aws, children, files } = fake;
  const before = new Map(files.texts);
  const counts = {
    ...{ stdout: streams.stdout.length, stderr: streams.stderr.length },
    ...{ asked: streams.asked.length, calls: aws.sts.calls.length, ran: children.ran.length },
  };
  const exitCode = await run(wordsOf(line), fake.context);
  return {
    exitCode,
    stdout: streams.stdout.slice(counts.stdout),
    stderr: streams.stderr.slice(counts.stderr),
    asked: streams.asked.slice(counts.asked),
    calls: aws.sts.calls.slice(counts.calls),
    ran: children.ran.slice(counts.ran),
    written: Object.fromEntries(
      [...files.texts]
        .filter(([path, text]) => before.get(path) !== text)
        .map(([path, text]) => [path.replace(home, "~"), text]),
    ),
  };
}

/** {@link runIn} on a machine of its own; `before` are command lines that are run there first. */
export async function runCommand(
  line: string,
  given: Given = {},
  before: readonly string[] = [],
): Promise<Outcome> {
  const fake = fakeContext(given);
  for (const earlier of before) await runIn(fake, earlier);
  return runIn(fake, line);
}

function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
}
