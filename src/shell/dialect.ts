/**
 * What a shell evaluates, as text. Every method returns whole lines, each ended with `;` and a line feed,
 * so that they survive both `eval "$(…)"` and the unquoted `eval $(…)`, and each leaves the status 0 behind.
 * All of them throw a KopsMfaError for a name that is not a plain identifier.
 */
export interface Dialect<Name extends string = string> {
  readonly name: Name;
  /** Other names that `--shell` takes and that a process of this kind may have. */
  readonly aliases: readonly string[];
  /** Assigns and exports one variable; throws a KopsMfaError for a value that no environment can carry. */
  set(name: string, value: string): string;
  /** Removes one variable; quiet when it is not there. */
  unset(name: string): string;
  /** Makes the evaluation fail without ending an interactive shell: its status is not 0, or it throws. */
  readonly fail: string;
  /** The line that a person types to evaluate the output of `command` (`kops-mfa env …`) in this shell. */
  evaluate(command: string): string;
}
