// The part of `yaml` that reads with positions; built into a file of its own, since only one command needs it.
export { isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
