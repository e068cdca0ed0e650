#!/usr/bin/env node
// The entry: small, so that what the warm lane does not need is not even read. The rest of the program is beside it.
void start(process.argv.slice(2));

async function start(argv: readonly string[]): Promise<void> {
  if (isWarm(argv)) {
    const { answer } = await import("./warm.ts");
    if (await answer(argv)) return;
  }
  const { main } = await import("./app.ts");
  await main(argv);
}

/** Whether it is worth asking the warm lane. */
function isWarm([word = ""]: readonly string[]): boolean {
  return word.startsWith("__");
}
