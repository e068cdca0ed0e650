import type { Environment } from "../environment/environment.ts";
import type { Files } from "../context/files.ts";
import { ConfigError } from "../errors.ts";
import { expandedPath, shortenHome } from "../paths.ts";
import type { Kubeconfig } from "./kubeconfig.ts";
import { parseKubeconfig } from "./parse.ts";

interface Place {
  readonly files: Pick<Files, "read">;
  readonly env: Environment;
  readonly platform: string;
  readonly home: string | null;
}

/**
 * The kubeconfig files, where kubectl looks for them: the one that is named, else those of KUBECONFIG, else `~/.kube/config`;
 * of those that KUBECONFIG lists some may not exist. Throws {@link ConfigError} when there is none, or one cannot be read.
 * Source: kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig
 */
export function readKubeconfigs(place: Place, named: string | undefined): readonly Kubeconfig[] {
  const paths = named === undefined ? kubeconfigPaths(place) : [expandedPath(named, place.home)];
  const found = paths.flatMap((path) => {
    const text = place.files.read(path);
    if (text === null) return [];
    return [parseKubeconfig({ path, shown: shortenHome(path, place.home), text })];
  });
  if (found.length > 0) return found;
  const shown = paths.map((path) => shortenHome(path, place.home)).join(" or ");
  throw new ConfigError(
    shown === ""
      ? "there is no kubeconfig: no home directory (HOME), and KUBECONFIG names none"
      : `there is no kubeconfig: ${shown} does not exist`,
    { hint: "`kops export kubeconfig` writes one." },
  );
}

function kubeconfigPaths({ env, platform, home }: Place): readonly string[] {
  const listed = (env["KUBECONFIG"] ?? "").split(platform === "win32" ? ";" : ":");
  const paths = [...new Set(listed.filter((path) => path !== ""))];
  const literal = paths.find((path) => path.startsWith("~"));
  if (literal !== undefined) throw notExpanded(literal);
  if (paths.length > 0) return paths;
  return home === null ? [] : [`${home}/.kube/config`];
}

/** kubectl would take it for a name in the working directory: client-go, tools/clientcmd/loader.go, NewDefaultClientConfigLoadingRules. */
function notExpanded(path: string): ConfigError {
  return new ConfigError(`KUBECONFIG: kubectl does not expand the ~ in "${path}"`, {
    hint: "Set KUBECONFIG to the whole path, such as $HOME/.kube/config in a shell.",
  });
}
