import type { ProgramAnswer } from "../../context/processes.ts";
import { broken, doubtful, fine, named, type Check, type Finding } from "../check.ts";
import type { KopsProgram, ProgramFacts } from "../facts.ts";
import { isInRange } from "./node-range.ts";

const howToInstall = "See https://kops.sigs.k8s.io/getting_started/install/";

export function judgePrograms(facts: ProgramFacts): readonly Check[] {
  return [named("node", judgeNode(facts)), named("kops", judgeKops(facts.kops))];
}

function judgeNode({ version, nodeVersion, nodeRange }: ProgramFacts): Finding {
  const what = `kops-mfa ${version} on Node ${nodeVersion}`;
  if (isInRange(nodeVersion, nodeRange)) return fine(what);
  return broken(`${what}, and it is for ${nodeRange}`, "Install a Node of these versions.");
}

function judgeKops(kops: KopsProgram): Finding {
  switch (kops.how) {
    case "not-found":
      return broken("kops is not on your PATH", howToInstall);
    case "not-executable":
      return broken(`${kops.path} is not executable`, `chmod +x ${kops.path}`);
    case "found":
      return kops.answer === null ? fine(kops.path) : judgeAnswer(kops.path, kops.answer);
  }
}

function judgeAnswer(path: string, answer: ProgramAnswer): Finding {
  const cure =
    "Run `kops version` yourself; if it is a wrapper of yours, let it run the real kops.";
  if (answer.how === "timed-out")
    return doubtful(`${path} does not tell its version in time`, cure);
  if (answer.how === "not-started") {
    return broken(
      `${path} cannot be started: ${answer.why}`,
      "Is it a program for this machine? Install it anew.",
    );
  }
  const { exitCode, output, errors } = answer;
  const [version] = /\d+\.\d+\.\d+(?:-[\w.]+)?/.exec(output) ?? [];
  if (exitCode === 0) return fine(version === undefined ? path : `${version} (${path})`);
  const [first = ""] = errors.trim().split("\n");
  return broken(`${path} version ends with ${exitCode}${first === "" ? "" : `: ${first}`}`, cure);
}
