#!/usr/bin/env node
// The entry: small, so that what the warm lane does not need is not even read. The rest of the program is beside it.
void import("./app.ts").then(({ main }) => main(process.argv.slice(2)));
