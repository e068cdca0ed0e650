import { cut } from "./film.ts";
import { columns, record } from "./record.ts";
import { renderSvg, themes } from "./svg.ts";

const words = {
  title: "A terminal session with kops-mfa",
  description:
    "kops-mfa env asks for the MFA code of jon, once, and shows nothing of what is typed. Then kops lists a cluster, kops-mfa status tells the role and the time left, kops-mfa use staging changes to another role without another code, and kops-mfa off takes the session out of the shell again.",
};

/** Records a session anew: the pictures of the README by their paths. */
export async function makePictures(): Promise<ReadonlyMap<string, string>> {
  const film = cut(await record());
  return new Map(
    (["dark", "light"] as const).map((name) => [
      `docs/session-${name}.svg`,
      renderSvg(film, themes[name], words, columns),
    ]),
  );
}
