import type { Kubeconfig } from "../../../src/kubeconfig/kubeconfig.ts";
import { parseKubeconfig } from "../../../src/kubeconfig/parse.ts";

export function parse(text: string, shown = "~/.kube/config"): Kubeconfig {
  return parseKubeconfig({ path: shown, shown, text });
}

/** A kubeconfig as kops writes it, with the given users (YAML, one list item each). */
export function kubeconfigOf(...users: readonly string[]): string {
  return `apiVersion: v1
clusters:
- cluster:
    server: https://api.one.example.com
  name: one.example.com
contexts:
- context:
    cluster: one.example.com
    user: one.example.com
  name: one.example.com
current-context: one.example.com
kind: Config
preferences: {}
users:
${users.join("")}`;
}

/** A user as kops writes it. */
export function kopsUser(name = "one.example.com"): string {
  return `- name: ${name}
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1beta1
      args:
      - helpers
      - kubectl-auth
      - --cluster=${name}
      - --state=s3://clusters.example.com
      command: kops
      env: null
      provideClusterInfo: false
`;
}
