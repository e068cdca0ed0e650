import { broken, doubtful, fine, named, type Check, type Finding } from "../check.ts";
import type { FileReading, FilesFacts } from "../facts.ts";

const settingsElsewhere = "no settings of your own";

export function judgeFiles({ config, credentials, settings, notes }: FilesFacts): readonly Check[] {
  return [
    named("config-file", judgeShared(config)),
    named("credentials-file", judgeShared(credentials)),
    named("settings", settings === null ? fine(settingsElsewhere) : judgeSettings(settings)),
    ...notes.map((note) =>
      named("config-notes", doubtful(note, "Write it so that every program reads the same.")),
    ),
  ];
}

function judgeShared(file: FileReading): Finding {
  const { path, trouble, isThere, sections, hasSecrets } = file;
  if (trouble) return broken(trouble.message, trouble.hint);
  if (!isThere) return fine(`${path} does not exist`);
  const opened = judgeMode(file, hasSecrets);
  return opened ?? fine(`${path}, ${counted(sections, "profile")}`);
}

function judgeSettings(file: FileReading): Finding {
  const { path, trouble, isThere, sections } = file;
  if (trouble) return broken(trouble.message, trouble.hint);
  if (!isThere) return fine(`${settingsElsewhere} (${path})`);
  return judgeMode(file, false) ?? fine(`${path}, ${counted(sections, "profile")}`);
}

/** These files name programs that are run, so who may write them may run anything. */
function judgeMode({ path, facts }: FileReading, hasSecrets: boolean): Finding | null {
  if (facts?.isForeign === true) {
    return doubtful(
      `${path} belongs to somebody else, so no command in it is run`,
      `If what it says is yours: chown $(id -u) ${path}`,
    );
  }
  const mode = facts?.mode ?? 0;
  const cure = `chmod go-${hasSecrets ? "rwx" : "w"} ${path}`;
  if ((mode & 0o022) !== 0) return doubtful(`${path} can be written by others`, cure);
  if (!hasSecrets || (mode & 0o044) === 0) return null;
  return doubtful(`${path} has secret keys, and can be read by others`, cure);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
