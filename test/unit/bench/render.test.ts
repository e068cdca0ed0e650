import { expect, test } from "vitest";
import { renderJson, renderMarkdown, renderText } from "../../../bench/render.ts";
import { atMost, row } from "../../../bench/row.ts";

const same = (median: number) => ({ low: median * 0.98, median, high: median * 1.02 });
const report = {
  machine: {
    processor: "A Processor",
    cores: 2,
    system: "Linux 6.1",
    versions: { node: "20.20.2", aws: "2.9.19" },
  },
  rounds: 3,
  rows: [
    row({
      group: "commands",
      name: "env",
      cpuMs: same(31.04),
      wallMs: same(33),
      timesNode: same(1.03),
      target: atMost(1.1, same(1.03)),
    }),
    row({ group: "commands", name: "help", cpuMs: same(120), target: atMost(2, same(4)) }),
    row({ group: "shells", name: "a prompt", cpuMs: same(0.0084), timesNode: same(0.00028) }),
    row({ group: "peers", name: "aws", oursOverIt: same(0.042), note: "cached | fresh" }),
    row({ group: "peers", name: "other", note: "not installed" }),
    row({ group: "commands", name: "with 100", eachFurtherMs: 1.25 }),
  ],
};

test("for a terminal", () => {
  expect(renderText(report)).toMatchInlineSnapshot(`
    "A Processor, 2 cores, Linux 6.1; node 20.20.2, aws 2.9.19; 3 rounds
    CPU is user and system time. × node is the median of CPU over that of \`node -e 0\`, each run beside the other.

    figure        CPU     wall   × node           quartiles  target         note

    commands
    env       31.0 ms  33.0 ms     1.03        1.01 to 1.05  ≤ 1.10
    help       120 ms                                        ≤ 2.00 MISSED
    with 100                                                                1.3 ms each further one

    shells
    a prompt   8.4 µs           0.00028  0.00027 to 0.00029

    peers
    aws                                                                     kops-mfa takes 0.042 of it (0.041 to 0.043); cached | fresh
    other                                                                   not installed
    "
  `);
});

test("for the documents", () => {
  expect(renderMarkdown(report)).toMatchInlineSnapshot(`
    "A Processor, 2 cores, Linux 6.1; node 20.20.2, aws 2.9.19; 3 rounds. CPU is user and system time. × node is the median of CPU over that of \`node -e 0\`, each run beside the other.

    | figure | CPU | wall | × node | quartiles | target | note |
    | --- | ---: | ---: | ---: | ---: | --- | --- |
    | **commands** |  |  |  |  |  |  |
    | env | 31.0 ms | 33.0 ms | 1.03 | 1.01 to 1.05 | ≤ 1.10 |  |
    | help | 120 ms |  |  |  | ≤ 2.00 MISSED |  |
    | with 100 |  |  |  |  |  | 1.3 ms each further one |
    | **shells** |  |  |  |  |  |  |
    | a prompt | 8.4 µs |  | 0.00028 | 0.00027 to 0.00029 |  |  |
    | **peers** |  |  |  |  |  |  |
    | aws |  |  |  |  |  | kops-mfa takes 0.042 of it (0.041 to 0.043); cached \\| fresh |
    | other |  |  |  |  |  | not installed |
    "
  `);
});

test("for programs: everything, in milliseconds", () => {
  expect(JSON.parse(renderJson(report))).toEqual(report);
});
