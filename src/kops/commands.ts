/**
 * What kops calls its commands, with a line about each: `kops --help`. None of our own commands may have one of these names, since
 * `kops-mfa COMMAND` runs kops.
 */
export const kopsCommands = {
  completion: "generate the completion script of kops",
  create: "create a cluster or an instance group",
  delete: "delete clusters, instance groups, instances, secrets",
  distrust: "distrust keypairs",
  edit: "edit clusters and other resources",
  export: "export the kubeconfig of a cluster",
  get: "list clusters and other resources",
  help: "help of kops",
  promote: "promote a resource",
  reconcile: "bring a cluster in line with its specification",
  replace: "replace cluster resources",
  "rolling-update": "replace the machines of a cluster, one after another",
  toolbox: "less common commands of kops",
  trust: "trust keypairs",
  update: "update a cluster",
  upgrade: "upgrade a cluster to the recommended version",
  validate: "tell whether a cluster is healthy",
  version: "the version of kops",
} as const satisfies Readonly<Record<string, string>>;

/** Those that kops does not list, or had once: cmd/kops/root.go. */
const unlistedCommands = [
  ...["helpers", "gen-cli-docs", "__complete", "__completeNoDesc"],
  ...["set", "unset", "import", "convert"],
];

/** Whether kops knows the word as a command. */
export function isKopsCommand(word: string): boolean {
  return Object.hasOwn(kopsCommands, word) || unlistedCommands.includes(word);
}
