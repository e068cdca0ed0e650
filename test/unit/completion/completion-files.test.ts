import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { commandDefinitions, commandNames } from "../../../src/app.ts";
import { completionTable } from "../../../src/completion/table.ts";
import { completionFiles } from "../../../src/generate/completions.ts";
import { isKopsCommand, kopsCommands } from "../../../src/kops/commands.ts";

const read = (path: string) => readFileSync(path, "utf8");
const files = completionFiles((file) => read(`src/completion/templates/${file}`));
const table = completionTable(commandDefinitions(), { "init SHELL": ["bash", "zsh"] });
const names = table.commands.map(({ name }) => name);

describe("completions/", () => {
  test("has the files that the shells look for, and no other", () => {
    expect(readdirSync("completions").sort()).toEqual([...files.keys()].sort());
  });

  test.each([...files])(
    "%s is in step with the commands (else: npm run completions)",
    (file, text) => {
      expect(read(`completions/${file}`)).toBe(text);
    },
  );

  test.each([...files])("%s says that it is made, and where from", (_, text) => {
    expect(text).toContain("npm run completions");
    expect(text).not.toContain("{{");
  });

  test.each([...files])("%s names every command, every option and kops's commands", (_, text) => {
    const options = table.commands.flatMap((command) => command.options).flatMap((o) => o.names);
    const missing = [...names, ...Object.keys(kopsCommands), ...options]
      .map((name) => name.replace(/^--?/, ""))
      .filter((name) => !new RegExp(`(?<![\\w-])-{0,2}${name}(?![\\w-])`).test(text));
    expect(missing).toEqual([]);
  });

  test("PowerShell 5.1 reads a file without a mark as anything: ASCII", () => {
    expect(files.get("kops-mfa.ps1")).toMatch(/^[\n\x20-\x7e]*$/);
  });
});

describe("the table", () => {
  test("has the commands of the program, without what nobody types", () => {
    expect([...names].sort()).toEqual([...commandNames].sort());
    expect(names.filter((name) => name.startsWith("_") || isKopsCommand(name))).toEqual([]);
  });

  test("knows which values are profiles, files, words, and what nobody knows", () => {
    const env = table.commands.find(({ name }) => name === "env");
    const values = (option: string) => env?.options.find((o) => o.names.includes(option))?.values;
    expect(env?.arguments).toEqual(["profile"]);
    expect(values("-p")).toBe("profile");
    expect(values("--output")).toBe("file");
    expect(values("--format")).toEqual(expect.arrayContaining(["dotenv", "json"]));
    expect(values("--region")).toBe("anything");
    expect(values("--unset")).toBeNull();
    const init = table.commands.find(({ name }) => name === "init");
    expect(init?.arguments).toEqual([["bash", "zsh"]]);
  });

  test("picks up a command that it has never heard of", () => {
    const { commands } = completionTable(
      [
        {
          path: "kops-mfa doctor",
          usage: "kops-mfa doctor [--quick] <FILE> [PROFILE]",
          description: " look for what is wrong ",
          options: [
            { definition: "--level,-l #0", description: "low, high" },
            { definition: "--deep", description: "look twice; --no-deep: once" },
          ],
        },
      ],
      {},
    );
    expect(commands[0]).toMatchObject({
      name: "doctor",
      description: "look for what is wrong",
      arguments: ["file", "profile"],
      options: [
        { names: ["--level", "-l"], description: "which level", values: ["low", "high"] },
        { names: ["--deep", "--no-deep"], values: null },
        { names: ["--help", "-h"] },
      ],
    });
  });
});
