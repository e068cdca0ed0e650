/** What happens to an environment: the names are removed first, then the variables are set, both in order. */
export interface EnvironmentChange {
  readonly unset: readonly string[];
  readonly set: readonly (readonly [name: string, value: string])[];
}
