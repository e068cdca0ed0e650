/** What happens to an environment: the names are removed first, then the variables are set, both in order. */
export interface EnvironmentChange {
  readonly unset: readonly string[];
  readonly set: readonly (readonly [name: string, value: string])[];
  /**
   * Those of `unset` that would override what is set if an older value came to light: the change is refused in a shell
   * that cannot remove them.
   */
  readonly conflicting?: readonly string[];
}
