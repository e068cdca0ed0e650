import type { Terminal } from "../../context/terminal.ts";

/** Which device the person wants to use: null for none of them, undefined where nobody is there to say. Throws {@link InterruptedError}. */
export async function chooseDevice(
  terminal: Pick<Terminal, "askLine" | "note">,
  devices: readonly string[],
): Promise<string | null | undefined> {
  const { question, reply, help } = devices.length === 1 ? yesOrNo(devices) : numbered(devices);
  for (;;) {
    const answer = await terminal.askLine(question);
    if (answer === null) return undefined;
    if (/^no?$/i.test(answer.trim())) return null;
    const device = reply(answer.trim());
    if (device !== undefined) return device;
    terminal.note(help);
  }
}

interface Question {
  readonly question: string;
  readonly reply: (answer: string) => string | undefined;
  readonly help: string;
}

function yesOrNo([device = ""]: readonly string[]): Question {
  return {
    question: `Use MFA device ${device}? [Y/n]`,
    reply: (answer) => (/^(y|yes)?$/i.test(answer) ? device : undefined),
    help: "answer y or n",
  };
}

function numbered(devices: readonly string[]): Question {
  const list = devices.map((device, index) => `  ${index + 1}  ${device}`);
  return {
    question: ["Your MFA devices:", ...list, `Use which? [1-${devices.length}, or n]`].join("\n"),
    reply: (answer) => (/^\d{1,2}$/.test(answer) ? devices[Number(answer) - 1] : undefined),
    help: `answer with a number from 1 to ${devices.length}, or n for none`,
  };
}
