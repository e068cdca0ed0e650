/**
 * The commands of kops whose argument is a cluster, with their aliases: kubernetes/kops 1.36, cmd/kops, each use of `clusterNameArgs…`
 * (root.go:232) and `get clusters` (get_cluster.go:98).
 */
const clusterCommands: ReadonlySet<string> = new Set([
  ...["create cluster", "create sshpublickey", "delete cluster", "delete sshpublickey"],
  ...["edit cluster", "export kubeconfig", "export kubecfg", "reconcile cluster"],
  ...["get all", "get assets", "get cluster", "get clusters", "get instances"],
  ...["get sshpublickeys", "get sshpublickey", "get ssh", "rolling-update cluster"],
  ...["toolbox dump", "toolbox template", "update cluster", "upgrade cluster", "validate cluster"],
]);

/** The same, of three words. */
const clusterSecrets: ReadonlySet<string> = new Set([
  ...["ciliumpassword", "dockerconfig", "encryptionconfig", "sshpublickey"],
]);

/** The flags of kops without a value: each `BoolVar` or `NoOptDefVal` in cmd/kops, and those of klog. Any other flag takes the next argument. */
const switches: ReadonlySet<string> = new Set([
  ...["-h", "--help", "-y", "--yes", "--all", "--allow-kops-downgrade", "--associate-public-ip"],
  ...["--auth-plugin", "--bastion", "--build-host", "--cloud-resources", "--cloudonly", "--copy"],
  ...["--create-kube-config", "--disable-subnet-tags", "--distrusted", "--dry-run", "--edit"],
  ...["--encrypt-etcd-storage", "--external", "--fail-on-drain-error", "--fail-on-missing"],
  ...["--fail-on-validate-error", "--force", "--format-yaml", "--full"],
  ...["--ignore-kubelet-version-skew", "--interactive", "--internal", "--ipv6", "--k8s-resources"],
  ...["--os-kubelet-ignore-az", "--os-octavia", "--primary", "--prune", "--reconcile", "--server"],
  ...["--short", "--surge", "--unregister", "--logtostderr", "--alsologtostderr"],
  ...["--skip_headers", "--skip_log_headers", "--add_dir_header", "--one_output"],
]);

/**
 * Whether a command line of kops names its cluster as an argument. kops refuses that beside KOPS_CLUSTER_NAME, which it takes as the
 * default of --name (cmd/kops/root.go:165). An unknown flag counts as one with a value, so that no value passes for a cluster.
 */
export function namesCluster(words: readonly string[]): boolean {
  const [verb = "", object = "", ...rest] = argumentsOf(words);
  if (clusterCommands.has(`${verb} ${object}`)) return rest.length > 0;
  if (verb !== "create" || object !== "secret") return false;
  const [kind = "", ...names] = rest;
  // `create secret sshpublickey admin` is an older form (create_secret.go:40).
  const clusters = kind === "sshpublickey" && names[0] === "admin" ? names.slice(1) : names;
  return clusterSecrets.has(kind) && clusters.length > 0;
}

/** The words that are neither flags nor their values. */
function argumentsOf(words: readonly string[]): readonly string[] {
  const found: string[] = [];
  const left = [...words];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (word === "--") return [...found, ...left];
    if (!word.startsWith("-") || word === "-") found.push(word);
    else if (takesNext(word, found[0])) left.shift();
  }
  return found;
}

/** Some flags differ by command: `-i` is --interactive or --ssh-public-key, and only reconcile has an --admin that takes a value. */
function takesNext(flag: string, verb: string | undefined): boolean {
  if (flag.includes("=") || switches.has(flag) || /^-[A-Za-z]./.test(flag)) return false;
  if (flag === "--admin") return verb === "reconcile";
  return !(flag === "-i" && verb === "rolling-update");
}
