// What kops-mfa costs, and what others do for the same: one table. npm run bench -- [--only NAME]… [--rounds N] [--json | --markdown] [--check]
import type { Figure } from "./figure.ts";
import { cold } from "./figures/cold.ts";
import { commands } from "./figures/commands.ts";
import { crowd } from "./figures/crowd.ts";
import { peers } from "./figures/peers.ts";
import { profiles } from "./figures/profiles.ts";
import { sessions } from "./figures/sessions.ts";
import { integration } from "./figures/shells.ts";
import { typing } from "./figures/typing.ts";
import { install } from "./install.ts";
import { describeMachine } from "./machine.ts";
import { parseOptions, type Options } from "./options.ts";
import { Place } from "./place.ts";
import { renderJson, renderMarkdown, renderText } from "./render.ts";
import { row, type Row } from "./row.ts";

const all: readonly Figure[] = [
  ...commands,
  ...cold,
  ...typing,
  ...integration,
  ...peers,
  ...profiles,
  ...sessions,
  ...crowd,
];
const renderers = { text: renderText, json: renderJson, markdown: renderMarkdown };

try {
  await run(parseOptions(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}

async function run({ format, only, rounds, check }: Options): Promise<void> {
  const isChosen = ({ group, name }: Figure) =>
    only.length === 0 || only.some((one) => `${group}: ${name}`.includes(one));
  const chosen = all.filter(isChosen);
  if (chosen.length === 0) {
    throw new RangeError(
      `no figure is called that; there are: ${all.map(({ name }) => name).join("; ")}`,
    );
  }
  const machine = await describeMachine();
  const rows = await measureAll(chosen, rounds);
  process.stdout.write(renderers[format]({ machine, rounds, rows }));
  if (check && rows.some(({ target }) => target?.isMet === false)) process.exitCode ||= 1;
}

async function measureAll(figures: readonly Figure[], rounds: number): Promise<readonly Row[]> {
  const installed = await install();
  const rows: Row[] = [];
  try {
    for (const figure of figures) {
      if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${figure.name} …`);
      rows.push(...(await measureOne(figure, await Place.open(installed, rounds))));
    }
    return rows;
  } finally {
    if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
    installed.remove();
  }
}

/** What cannot be measured is a row that says so, and the exit code is 2: the others have taken minutes. */
async function measureOne({ group, name, measure }: Figure, place: Place): Promise<readonly Row[]> {
  try {
    return await measure(place);
  } catch (error) {
    process.exitCode = 2;
    const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    return [row({ group, name, note: `not measured: ${reason}` })];
  } finally {
    await place.close();
  }
}
