import { readFileSync, writeFileSync } from "node:fs";
import { compareWithNode, type Figure } from "../figure.ts";
import type { Subject } from "../paired.ts";
import type { Place } from "../place.ts";
import type { Row } from "../row.ts";
import { counted, withGrowth, type SizedRow } from "./sizes.ts";

const sizes = [1, 10, 100];
const group = "many shells at once";

/** Shells that all start at one moment, as the panes of a terminal multiplexer do. CPU is one shell's, wall is until the last one has its session. */
export const crowd: readonly Figure[] = [
  {
    group,
    name: "env at once, a fresh session",
    measure: async (place) => {
      await place.login();
      const command = place.command(["env", "prod", "--shell", "sh"]);
      return eachSize("a fresh session", (name, size) =>
        compareWithNode(place, { group, name }, { command, times: size, atOnce: true }, 3),
      );
    },
  },
  {
    group,
    name: "env at once, no session",
    measure: (place) => {
      const asking = makeCodeProgram(place);
      return eachSize("no session", (name, size) => measureCold(place, asking, name, size));
    },
  },
];

async function eachSize(
  what: string,
  measureOne: (name: string, size: number) => Promise<Row>,
): Promise<readonly Row[]> {
  const rows: SizedRow[] = [];
  for (const size of sizes) {
    const name = `${counted(size, "shell")}, ${what}`;
    rows.push({ size, row: await measureOne(name, size), times: size });
  }
  return withGrowth(rows);
}

/** A program that gives the code in a person's place, and how often it was asked. */
function makeCodeProgram(place: Place) {
  const [code, asked] = [place.person.path("code"), place.person.path("asked")];
  place.person.addProfile(`
[profile shared]
role_arn = arn:aws:iam::222222222222:role/kops-admin
source_profile = default
mfa_serial = ${place.person.serial}
mfa_process = echo asked >> '${asked}'; cat '${code}'
`);
  return {
    begin: () => {
      place.forget();
      writeFileSync(code, place.person.code());
      writeFileSync(asked, "");
    },
    count: () => readFileSync(asked, "utf8").split("\n").length - 1,
  };
}

async function measureCold(
  place: Place,
  asking: ReturnType<typeof makeCodeProgram>,
  name: string,
  size: number,
): Promise<Row> {
  const subject: Subject = {
    command: place.command(["env", "shared", "--shell", "sh", "--no-session"]),
    times: size,
    atOnce: true,
    before: asking.begin,
  };
  const measured = await compareWithNode(place, { group, name }, subject, 3);
  const [codes, calls] = [asking.count(), place.person.sandbox.requests.length];
  return {
    ...measured,
    target: { text: "1 code, 1 call", isMet: codes === 1 && calls === 1 },
    note: `asked for ${counted(codes, "code")}, ${counted(calls, "STS call")}`,
  };
}
