import type { Files, OpenedFile } from "../../context/files.ts";
import { ConfigError } from "../../errors.ts";
import { shortenHome } from "../../paths.ts";
import { describeErrno, errnoOf } from "./errno.ts";
import { fileFacts } from "./stat-file.ts";
import { lockHolder } from "./lock.ts";
import { replaceLocked } from "./edit-locked-file.ts";
import { changeFile, refuseUnchangeable } from "./edit-file.ts";
import { openFile } from "./open-file.ts";
import { writeOutput } from "./output-file.ts";
import { openVault, untidied } from "./secret-store.ts";

export function realFiles(home: string | null): Files {
  const open = (path: string) => openNamed(path, home);
  return {
    read: (path) => open(path)?.text ?? null,
    open,
    look: fileFacts,
    lockHolder,
    writePrivate: (path, text) => writeOutput(path, text, home),
    replaceLocked: (path, before, after) =>
      replaceLocked(path, before, after, shortenHome(path, home)),
    refuseUnchangeable: (path) => refuseUnchangeable(path, shortenHome(path, home)),
    change: (path, before, after) => changeFile(path, before, after, shortenHome(path, home)),
    vault: (directory) => openVault(directory, shortenHome(directory, home)),
    foreignVault: (directory) => openVault(directory, shortenHome(directory, home), untidied),
  };
}

function openNamed(path: string, home: string | null): OpenedFile | null {
  try {
    return openFile(path);
  } catch (cause) {
    if (errnoOf(cause) === "ENOENT") return null;
    throw new ConfigError(`${shortenHome(path, home)}: cannot be read (${describeErrno(cause)})`, {
      hint: "Make the file readable for you (chmod u+r), or name another.",
      cause,
    });
  }
}
