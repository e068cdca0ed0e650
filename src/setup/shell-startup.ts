import type { Context } from "../context.ts";
import { shortenHome } from "../paths.ts";
import type { ShellName } from "../shell/dialects/registry.ts";
import { loadsIntegration, startupOf, withIntegration, type Startup } from "../shell/startup.ts";
import type { Asker } from "./asker.ts";
import { readYesNo } from "./readings.ts";

interface Offering {
  readonly app: Pick<Context, "files" | "terminal" | "children" | "env" | "platform" | "home">;
  readonly asker: Asker;
  /** What the command line says; undefined where the person is to be asked. */
  readonly wanted: boolean | undefined;
}

/** Offers to write the line that loads the integration into the shell's start-up file, unless it is there. Throws {@link KopsMfaError}. */
export async function offerStartup(offering: Offering, shell: ShellName | null): Promise<void> {
  const { files, terminal, platform, home, env, children } = offering.app;
  const startup = shell === null ? null : startupOf(shell);
  if (offering.wanted === false) return;
  if (!startup) {
    if (offering.wanted) terminal.note(`there is no integration for ${shell ?? "this shell"}`);
    return;
  }
  const path = home === null ? null : startup.file({ env, platform, home });
  const text = path === null ? null : files.read(path);
  if (loadsIntegration(text ?? "")) return;
  if (children.find("kops-mfa").how !== "found") {
    terminal.note("kops-mfa is not on your PATH, so no start-up file of a shell can load it yet");
  } else if (path === null) {
    terminal.note(`${explain(startup.name)} ${startup.line}`);
  } else await offerFile(offering, startup, { path, text });
}

interface StartupFile {
  readonly path: string;
  readonly text: string | null;
}

async function offerFile(
  { app: { files, terminal, home }, asker, wanted }: Offering,
  startup: Startup,
  { path, text }: StartupFile,
): Promise<void> {
  const shown = shortenHome(path, home);
  // Somebody's start-up file is theirs: Enter leaves it alone.
  const question = {
    option: "--shell-startup",
    about: [explain(shown), `  ${startup.line}`],
    prompt: "Add it?",
    fallback: { shown: "y/N", value: false },
    read: readYesNo,
  };
  if (!(wanted ?? (await asker.ask(question)))) return;
  files.refuseUnchangeable(path);
  const copy = files.change(path, text, withIntegration(text ?? "", startup));
  const was = copy === null ? "" : `; as it was: ${shortenHome(copy, home)}`;
  terminal.note(`${shown}: line added${was}`);
}

function explain(file: string): string {
  return `With this line in ${file}, \`kops-mfa use PROFILE\` changes the shell it is typed in:`;
}
