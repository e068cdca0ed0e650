// Loaded before the program (NODE_OPTIONS=--require): appends to the file $KOPS_MFA_BENCH_TRACE when the AWS SDK was loaded,
// in milliseconds since the epoch.
"use strict";
const { appendFileSync } = require("node:fs");
const Module = require("node:module");

const file = process.env.KOPS_MFA_BENCH_TRACE;
const load = Module._load;
Module._load = function (request, ...rest) {
  const loaded = load.call(this, request, ...rest);
  if (/[/\\]sts\.cjs$/.test(request)) {
    appendFileSync(file, `${performance.timeOrigin + performance.now()}\n`);
  }
  return loaded;
};
