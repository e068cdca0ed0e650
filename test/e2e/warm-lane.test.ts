import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { shellNames } from "../../src/shell/dialects/registry.ts";
import { plainInputs, secretInputs, unusualInputs } from "../../src/replay/inputs.ts";
import { describeProgram } from "../support/describe-program.ts";
import { kopsUser, kubeconfigOf } from "../support/kubeconfig/build.ts";
import { isOnPath } from "../support/programs.ts";
import { Person, program, runProgram } from "./person.ts";
import { tracedOpens } from "./traced-run.ts";

/** `memo`: main.cjs alone; `direct`: with direct.cjs, where what is resolved is remembered; `whole`: with clipanion. */
type Lane = "memo" | "direct" | "whole";

let person: Person;
let carried: Record<string, string>;
beforeAll(async () => {
  person = await Person.arrive();
  person.write("bin/kops", '#!/bin/sh\necho "kops $*"; env | grep AWS_ | sort\n', 0o700);
  mkdirSync(person.path(".kube"));
  person.write(".kube/config", kubeconfigOf(kopsUser()));
  await login();
  carried = await carriedEnvironment();
});
afterAll(() => person.leave());
beforeEach(forgetMemos);

async function login(): Promise<void> {
  const { exitCode, stderr } = await person.run(["login", "prod", "--token-code", person.code()]);
  expect(stderr).toContain("kops-admin");
  expect(exitCode).toBe(0);
  setClock(10_000);
}

/** Loaded before the program: the clock stands still, some seconds after the files were written, and what was loaded is told. */
function setClock(laterMs: number): void {
  person.write(
    "hook.cjs",
    `const now = ${Date.now() + laterMs};
     Date.now = () => now;
     const tell = () => require("fs").writeFileSync(${JSON.stringify(person.path("loaded"))},
       JSON.stringify({ files: Object.keys(require.cache), modules: process.moduleLoadList }));
     const { execve } = process;
     // What takes this process's place lets it have no exit.
     if (execve) process.execve = (...command) => { tell(); execve(...command); };
     process.on("exit", tell);`,
  );
  person.write("whole.cjs", `require(${JSON.stringify(appFile)}).main(process.argv.slice(2));`);
  person.write("empty.cjs", "");
}

const appFile = join(dirname(program), "app.cjs");

function forgetMemos(): void {
  const directory = person.path(".cache/kops-mfa");
  for (const name of readdirSync(directory)) {
    if (name.endsWith(".memo")) rmSync(join(directory, name));
  }
}

async function carriedEnvironment(): Promise<Record<string, string>> {
  const line = 'eval "$(kops-mfa env prod --shell sh)"; env -0';
  const { stdout } = await runProgram("sh", ["-c", line], person.env);
  const pairs = stdout.split("\0").filter((pair) => /^(?:AWS|KOPS)_/.test(pair));
  expect(pairs.length).toBeGreaterThan(6);
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = "", value = ""] = pair.split(/=(.*)/s);
      return [name, value] as const;
    }),
  );
}

async function run(file: string, args: readonly string[], env: Record<string, string>) {
  const hook = ["--require", person.path("hook.cjs")];
  const everything = { ...person.env, ...env };
  const result = await runProgram(process.execPath, [...hook, file, ...args], everything);
  const loaded = JSON.parse(readFileSync(person.path("loaded"), "utf8")) as {
    readonly files: readonly string[];
    readonly modules: readonly string[];
  };
  const names = loaded.files.map((path) => basename(path));
  const lane: Lane = names.includes("app.cjs")
    ? "whole"
    : names.includes("direct.cjs")
      ? "direct"
      : "memo";
  return { result, lane, modules: loaded.modules };
}

/** What the whole program answers, and what the entry does: first with nothing remembered, then with what it remembered. */
async function allLanes(args: readonly string[], env: Record<string, string>) {
  const whole = await run(person.path("whole.cjs"), args, env);
  const first = await run(program, args, env);
  const second = await run(program, args, env);
  expect(first.result).toEqual(whole.result);
  expect(second.result).toEqual(whole.result);
  return { result: whole.result, lanes: [first.lane, second.lane] as const };
}

type Row = readonly [args: readonly string[], lanes: readonly [Lane, Lane]];

const remembered = ["direct", "memo"] as const;
const direct = ["direct", "direct"] as const;
const alone = ["memo", "memo"] as const;
const whole = ["whole", "whole"] as const;

const people = ["--user", "jon", "--user=mei", "--group", "operators", "--bucket-policy"];

const rows: readonly Row[] = [
  ...shellNames.map((shell): Row => [["env", "prod", "--shell", shell], remembered]),
  ...["dotenv", "json", "process"].map((format): Row => [
    ["env", "prod", "--format", format],
    remembered,
  ]),
  [["env", "prod", "--format", "github"], direct],
  [["env", "prod", "--format", "klingon"], direct],
  [["env", "prod", "--shell", "klingon"], direct],
  [["env", "-p", "prod", "--shell=bash"], remembered],
  [["env", "--profile=prod", "--shell", "/bin/zsh"], remembered],
  [["env", "prod", "--profile", "prod", "--shell", "bash"], remembered],
  [["env", "prod", "-p", "me", "--shell", "bash"], direct],
  [["env", "-pprod", "--shell", "bash"], whole],
  [["env", "prod", "--region", "eu-west-1", "--shell", "bash"], remembered],
  [["env", "prod", "--min-ttl", "5m", "--no-prompt", "--shell", "bash"], remembered],
  [["env", "prod", "--min-ttl", "soon", "--shell", "bash"], direct],
  [["env", "prod", "--token-code", "123456", "--shell", "bash"], direct],
  [["env", "prod", "--token-code", "12", "--shell", "bash"], direct],
  [["env", "prod", "--role-arn", "nonsense", "--shell", "bash"], direct],
  [["env", "prod", "--no-session", "--no-prompt", "--shell", "bash"], direct],
  [["env", "prod", "--shell", "bash", "--shell", "fish"], whole],
  [["env", "prod", "staging"], whole],
  [["env", "nobody", "--shell", "bash"], direct],
  [["env", "", "--shell", "bash"], whole],
  [["env", "prod", "--shell", ""], whole],
  [["env", "prod", "--shell"], whole],
  [["env", "prod", "--klingon"], whole],
  [["env", "--", "prod"], whole],
  [["env", "prod", "--help"], whole],
  [["env", "prod", "--output", "/dev/null"], direct],
  [["status", "prod"], remembered],
  [["status", "prod", "--json"], remembered],
  [["status", "prod", "--json=1"], whole],
  [["status", "mallory", "--no-prompt"], direct],
  [["credential-process", "-p", "prod"], remembered],
  [["credential-process", "prod", "--shell", "bash"], whole],
  [["credential-process", "mallory", "--no-prompt"], direct],
  ...["login", "explain"].flatMap((name): readonly Row[] => [
    [[name, "prod"], direct],
    [[name, "-p", "staging", "--no-prompt", "--region=eu-west-1"], direct],
    [[name, "mallory", "--no-prompt"], direct],
    [[name, "nobody"], direct],
    [[name, "prod", "--duration", "soon"], direct],
    [[name, "prod", "--klingon"], whole],
    [[name, "prod", "staging"], whole],
    [[name, "--help"], whole],
  ]),
  [["login", "prod", "--token-code", "12"], direct],
  [["explain", "prod", "--json"], direct],
  ...["init", "completions"].flatMap((name): readonly Row[] => [
    [[name, "bash"], direct],
    [[name, "/bin/zsh"], direct],
    [[name, "cmd"], direct],
    [[name, "klingon"], direct],
    [[name], whole],
    [[name, "bash", "zsh"], whole],
    [[name, "-h"], whole],
  ]),
  [["exec", "prod", "--", "env"], direct],
  [["exec", "-p", "prod", "--no-prompt", "--", "sh", "-c", "exit 2"], direct],
  [
    [
      "exec",
      "prod",
      "--server",
      "--",
      "sh",
      "-c",
      'echo "${AWS_CONTAINER_CREDENTIALS_FULL_URI%:*}"',
    ],
    direct,
  ],
  [["exec", "prod", "--", "klingon"], direct],
  [["exec", "prod", "--"], direct],
  [["exec", "prod", "--duration", "soon", "--", "env"], direct],
  [["exec", "mallory", "--no-prompt", "--", "env"], direct],
  [["exec", "prod", "env"], whole],
  [["exec", "prod", "--klingon", "--", "env"], whole],
  [["exec", "prod", "--no-server", "--", "env"], whole],
  [["exec", "--help"], whole],
  [["get", "clusters"], direct],
  [["-p", "prod", "get", "clusters", "--help"], direct],
  [["--profile=prod", "--no-prompt", "update", "cluster", "--yes", "-p", "x"], direct],
  [["-p", "nobody", "get", "clusters"], direct],
  [["-p", "mallory", "--no-prompt", "get", "clusters"], direct],
  [["--", "get", "clusters"], whole],
  [["logout", "nobody"], direct],
  [["logout", "prod", "staging"], whole],
  [["policy", "prod", "--state-store", "s3://clusters.example.com"], direct],
  [["policy", "prod", "--state-store=s3://clusters.example.com/k8s", ...people], direct],
  [["policy", "prod", "--format", "klingon"], direct],
  [["policy", "prod", "--user", "jon", "-p", "prod", "--user", "mei"], direct],
  [["policy", "--user", "jon", "prod", "--user", "mei"], whole],
  [["doctor", "prod", "--offline"], direct],
  [["doctor", "prod", "--offline", "--json", "--state", "s3://clusters.example.com"], direct],
  [["doctor", "prod", "--offline", "--login"], direct],
  [["doctor", "prod", "--klingon"], whole],
  [["setup", "-p", "prod", "--yes", "--dry-run", "--region=eu-north-1"], direct],
  [["setup", "prod", "-p", "staging"], direct],
  [["setup", "prod", "--yes", "--dry-run", "--no-default"], whole],
  [["kubeconfig", "-p", "prod", "--dry-run"], direct],
  [["kubeconfig", "nobody", "--all"], direct],
  [["kubeconfig", "--dry-run", "--kubeconfig", "absent"], direct],
  [["kubeconfig", "-y", "one.example.com", "--klingon"], whole],
  [["-p", "prod", "--no-server", "get", "clusters"], whole],
  [["--klingon", "get", "clusters"], whole],
  [["gte", "clusters"], whole],
  [["init", "bash", "--wrap", "kops,kubectl"], direct],
  [["init", "fish", "--wrap=a;b"], direct],
  [["init", "bash", "--output", "/dev/null"], direct],
  [["completions", "bash", "--output", "/dev/null"], whole],
  [["--version"], alone],
  [["--version", "prod"], alone],
];

describe("all lanes answer alike", () => {
  test.for(rows)("%j", async ([args, lanes]) => {
    expect((await allLanes(args, {})).lanes).toEqual(lanes);
  });

  test.for(rows.filter(([[, word]]) => word === "prod"))("in a session: %j", async ([args]) => {
    const { result } = await allLanes(args, carried);
    const isMissing = args.includes("exec") && args.at(-1) === "klingon";
    expect(isMissing ? [127] : [0, 1, 2]).toContain(result.exitCode);
  });

  test.for([
    [["env", "--unset", "--shell", "bash"], direct],
    [["env", "--unset", "--shell", "fish"], direct],
    [["env", "--unset", "--format", "json"], direct],
  ] satisfies readonly Row[])("out of a session: %j", async ([args, lanes]) => {
    expect((await allLanes(args, carried)).lanes).toEqual(lanes);
    expect((await allLanes(args, {})).lanes).toEqual(direct);
  });

  describe("with a note about the identity", () => {
    const args = ["env", "prod", "--shell", "bash"];
    const exported = { KOPS_MFA_ROLE_ARN: "arn:aws:iam::222222222222:role/other" };
    const note = "KOPS_MFA_ROLE_ARN is ignored, because profile";

    test("it is remembered with the answer", async () => {
      const { result, lanes } = await allLanes(args, exported);
      expect(lanes).toEqual(remembered);
      expect(result.stderr).toContain(note);
    });

    test("and as it looks on standard error", async () => {
      await run(program, args, exported);
      const coloured = { ...exported, NO_COLOR: "", FORCE_COLOR: "1" };
      const { result, lanes } = await allLanes(args, coloured);
      expect(lanes).toEqual(remembered);
      expect(result.stderr).toContain(`\u001b[2mkops-mfa:\u001b[22m ${note}`);
    });
  });

  test("completion of profile names", async () => {
    const first = await run(program, ["__profiles"], {});
    const second = await run(program, ["__profiles"], {});
    expect(first.result.stdout).toContain("prod\n");
    expect(second.result).toEqual(first.result);
    expect([first.lane, second.lane]).toEqual(remembered);
  });
});

describe("what is remembered counts only while nothing has changed", () => {
  const args = ["env", "prod", "--shell", "bash"];
  const others = ["PATH", "LANG", "TERM", "USER", "KOPS_MFA_DEBUG"];
  /** Made by whoever writes there, and gone with the person. */
  const absent = "PERSON/absent";
  const valueOf = (name: string) => {
    if (name.includes("PROFILE")) return "staging";
    if (name.endsWith("REGION")) return "eu-central-1";
    if (/DURATION|TTL|TIMEOUT/.test(name)) return "3600";
    if (/FILE|CONFIG|HOME|PATH/.test(name)) return absent;
    return name === "KOPS_MFA_CACHE" ? "none" : "1";
  };
  const names = [...plainInputs, ...secretInputs, ...unusualInputs, ...others];

  test.for([...names.map((name) => [name, valueOf(name)] as const), ["AWS_SESSION_TOKEN", ""]])(
    "not with another value: %s=%s",
    async ([name = "", value = ""]) => {
      const env = { [name]: value.replace("PERSON", person.home) };
      const asked = [...args, "--no-prompt"];
      await run(program, asked, {});
      const whole = await run(person.path("whole.cjs"), asked, env);
      const entry = await run(program, asked, env);
      expect(entry.result).toEqual(whole.result);
    },
  );

  test("every variable that the sources name is an input, or is named here", () => {
    const folders = ["config", "session", "environment", "shell"];
    const text = folders
      .flatMap((folder) =>
        readdirSync(`src/${folder}`, { recursive: true, encoding: "utf8" }).map(
          (name) => `src/${folder}/${name}`,
        ),
      )
      .filter((path) => path.endsWith(".ts"))
      // What is set for a child that gets its session from an endpoint, and where `init` goes.
      .filter((path) => !/(?:sdk-settings|startup)\.ts$/.test(path))
      .map((path) => readFileSync(path, "utf8"))
      .join("\n");
    const named = new Set(text.match(/(?<=")(?:AWS|KOPS|XDG)_[A-Z_]+(?=")/g));
    expect(named.size).toBeGreaterThan(50);
    const inputs: ReadonlySet<string> = new Set([
      ...plainInputs,
      ...secretInputs,
      ...unusualInputs,
      // The beginning of others; a heredoc's end; what only nushell's snippet sets.
      ...["AWS_", "KOPS_MFA_END"],
    ]);
    expect([...named].filter((name) => !inputs.has(name))).toEqual([]);
  });

  const changes: readonly (readonly [string, () => void])[] = [
    ["a line more in ~/.aws/config", () => append(".aws/config", "\n# changed\n")],
    ["another region in ~/.aws/config", () => replace(".aws/config", "eu-west-1", "eu-west-3")],
    ["a touched ~/.aws/credentials", () => touch(".aws/credentials")],
    [
      "settings of one's own",
      () => {
        mkdirSync(person.path(".config/kops-mfa"), { recursive: true });
        person.write(".config/kops-mfa/config.ini", "[prod]\nregion = eu-north-1\n");
      },
    ],
    ["no session any more", () => eachSession((file) => rmSync(file))],
    ["a session that others can read", () => eachSession((file) => chmodSync(file, 0o644))],
    ["a damaged session", () => eachSession((file) => writeFileSync(file, "{"))],
    ["a memo that others can read", () => eachMemo((file) => chmodSync(file, 0o644))],
    [
      "a damaged memo",
      () => eachMemo((file) => writeFileSync(file, readFileSync(file).subarray(0, -30))),
    ],
    [
      "a memo of another version",
      () =>
        eachMemo((file) =>
          writeFileSync(file, readFileSync(file, "utf8").replace("memo 2", "memo 1")),
        ),
    ],
    ["a clock that went back", () => setClock(-3_600_000)],
    ["a session that is nearly over", () => setClock(58 * 60_000)],
    ["a session that is over", () => setClock(2 * 3_600_000)],
  ];

  test.for(changes)("not after %s", async ([, change]) => {
    const files = [".aws/config", ".aws/credentials"].map((name) => person.path(name));
    for (const file of files) copyFileSync(file, `${file}.kept`);
    setClock(10_000);
    try {
      for (const words of [args, ["status", "prod"]]) {
        await run(program, words, {});
        expect((await run(program, words, {})).lane).toBe("memo");
      }
      change();
      for (const words of [
        [...args, "--no-prompt"],
        ["status", "prod"],
      ]) {
        const calls = person.sandbox.requests.length;
        const entry = await run(program, words, {});
        expect(entry.lane).not.toBe("memo");
        // A new session has other keys.
        if (person.sandbox.requests.length > calls) continue;
        const whole = await run(person.path("whole.cjs"), words, {});
        expect(entry.result).toEqual(whole.result);
      }
    } finally {
      for (const file of files) copyFileSync(`${file}.kept`, file);
      rmSync(person.path(".config"), { recursive: true, force: true });
      person.forget();
      await login();
    }
  });

  const append = (name: string, text: string) =>
    person.write(name, readFileSync(person.path(name), "utf8") + text);
  const replace = (name: string, from: string, to: string) =>
    person.write(name, readFileSync(person.path(name), "utf8").replaceAll(from, to));
  const touch = (name: string) => utimesSync(person.path(name), 1, 1);
  const eachSession = (act: (file: string) => void) => person.sessionFiles().forEach(act);
  const eachMemo = (act: (file: string) => void) => {
    const directory = person.path(".cache/kops-mfa");
    const names = readdirSync(directory).filter((name) => name.endsWith(".memo"));
    expect(names).not.toEqual([]);
    names.forEach((name) => act(join(directory, name)));
  };

  test("a file that was written a moment ago may change unseen, so nothing is remembered of it", async () => {
    setClock(1000);
    touchNow();
    const runs = [await run(program, args, {}), await run(program, args, {})];
    expect(runs.map(({ lane }) => lane)).toEqual(direct);
    setClock(10_000);
  });
  const touchNow = () => utimesSync(person.path(".aws/config"), new Date(), new Date());

  test("a login and a logout leave none behind", async () => {
    const memos = () =>
      readdirSync(person.path(".cache/kops-mfa")).filter((name) => name.endsWith(".memo"));
    await run(program, args, {});
    expect(memos()).toHaveLength(1);
    await person.run(["logout", "prod"]);
    expect(memos()).toEqual([]);
    person.forget();
    await login();
  });

  test("it is its owner's alone, and has no key of the environment in it", async () => {
    const env = {
      AWS_ACCESS_KEY_ID: "AKIATESTTESTTESTTEST",
      ...Object.fromEntries(secretInputs.map((name) => [name, `hidden-${name}`])),
    };
    const script = 'umask 000; exec "$0" "$@"';
    const words = ["--require", person.path("hook.cjs"), program, ...args];
    const open = await runProgram("sh", ["-c", script, process.execPath, ...words], {
      ...person.env,
      ...env,
    });
    expect(open.exitCode).toBe(0);
    expect((await run(program, args, env)).lane).toBe("memo");
    eachMemo((file) => {
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const text = readFileSync(file, "utf8");
      expect(text).toContain("AWS_SECRET_ACCESS_KEY=…");
      expect(text).not.toContain("hidden-");
    });
  });

  test.each(["none", "aws-cli"])("a session in cache = %s leaves no copy", async (kind) => {
    const env = { KOPS_MFA_CACHE: kind };
    await run(program, args, env);
    const directory = person.path(".cache/kops-mfa");
    expect(readdirSync(directory).filter((name) => name.endsWith(".memo"))).toEqual([]);
  });
});

describe("the shell that is told by the process above", () => {
  test.for(["bash", "zsh", "fish", "dash"])("%s", async (shell) => {
    if (!isOnPath(shell)) throw new Error(`${shell} is not installed`);
    // In front of an exec, so that the shell itself is the process above.
    const script = `${process.execPath} -r ${person.path("hook.cjs")} ${program} env prod | cat; :`;
    const evaluated = async () => (await runProgram(shell, ["-c", script], person.env)).stdout;
    const first = await evaluated();
    const other = (await runProgram("fish", ["-c", script], person.env)).stdout;
    expect(await evaluated()).toBe(first);
    expect(first).toContain(shell === "fish" ? "set -gx" : "export");
    expect(other).toContain("set -gx");
  });
});

describe("what a remembered answer takes", () => {
  /** Loaded for it beyond what an empty script loads. */
  const beyond: readonly string[] = [];

  test.for([
    ["env", "prod", "--shell", "bash"],
    ["status", "prod"],
    ["credential-process", "-p", "prod"],
    ["__profiles"],
  ])("no module of Node's: %j", async (args) => {
    const { modules: empty } = await run(person.path("empty.cjs"), [], {});
    await run(program, args, {});
    const { modules, lane } = await run(program, args, {});
    expect(lane).toBe("memo");
    expect(modules.filter((name) => !empty.includes(name))).toEqual(beyond);
  });

  test("resolving takes none either", async () => {
    const { modules: empty } = await run(person.path("empty.cjs"), [], {});
    const { modules, lane } = await run(program, ["env", "prod", "--shell", "bash"], {});
    expect(lane).toBe("direct");
    expect(modules.filter((name) => !empty.includes(name))).toEqual(beyond);
  });

  test("the direct lane has nothing of clipanion", () => {
    const has = (file: string) =>
      readFileSync(join(dirname(program), file), "utf8").includes("AmbiguousSyntaxError");
    expect(["app.cjs", "direct.cjs", "main.cjs"].map(has)).toEqual([true, false, false]);
  });

  /** The files that a run has opened. */
  async function opened(file: string, ...args: readonly string[]): Promise<readonly string[]> {
    const lines = await tracedOpens(person, [file, ...args]);
    return lines.flatMap((line) => /open(?:at)?\(.*?"([^"]+)".* = \d+$/.exec(line)?.[1] ?? []);
  }

  describeProgram("strace", () => {
    test("its own entry and one file of the cache are opened, and nothing else", async () => {
      const idle = new Set(await opened(person.path("empty.cjs")));
      const words = ["env", "prod", "--shell", "bash"];
      const past = new Date(Date.now() - 10_000);
      const configuration = [person.path(".aws/config"), person.path(".aws/credentials")];
      // The whole of what is looked at is older than two seconds by this machine's clock, without a hook.
      for (const file of [...person.sessionFiles(), ...configuration]) utimesSync(file, past, past);
      const deadline = Date.now() + 10_000;
      let files = await opened(program, ...words);
      while (files.some((file) => file.endsWith("direct.cjs")) && Date.now() < deadline) {
        files = await opened(program, ...words);
      }
      const own = files.filter(
        (file) => !idle.has(file) && !file.startsWith("/proc/") && existsSync(file),
      );
      const about = new Set(own.map((file) => basename(file).replace(/^[0-9a-f]{16}\./, "")));
      expect([...about].sort()).toEqual(["main.cjs", "memo"]);
    });

    test("a new session takes the AWS files once, and the SDK does not look into them", async () => {
      person.forget();
      const files = await opened(program, "login", "prod", "--token-code", person.code());
      const read = files.filter((file) => dirname(file) === person.path(".aws"));
      expect(read.map((file) => basename(file)).sort()).toEqual(["config", "credentials"]);
      expect(person.sandbox.requests.map(({ action }) => action)).toContain("AssumeRole");
    });
  });
});
