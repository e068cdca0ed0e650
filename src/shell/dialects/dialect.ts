import type { EnvironmentChange } from "../change.ts";
import { checkedName, checkedValue } from "./variable.ts";

/** What a shell evaluates, as text. */
export interface Dialect<Name extends string = string> {
  readonly name: Name;
  /** Other names that `--shell` takes and that a process of this kind may have. */
  readonly aliases: readonly string[];
  /**
   * The change as whole lines, which print nothing and leave the status 0 behind; or, in a shell that would not let one of
   * the variables be changed, change none and fail as {@link fail} does, with the reason on standard error. Throws a
   * KopsMfaError, which names the variable, for a name that is not a plain identifier and for a value that cannot be carried.
   */
  render(change: EnvironmentChange): string;
  /** Makes the evaluation fail without ending an interactive shell: its status is not 0, or it throws. */
  readonly fail: string;
  /** The line that a person types to evaluate the output of `command` (`kops-mfa env …`) in this shell. */
  evaluate(command: string): string;
}

/** A dialect in which each variable has a line of its own. */
export interface LineDialect<Name extends string = string> extends Dialect<Name> {
  /** Assigns and exports one variable. */
  set(name: string, value: string): string;
  /** Removes one variable; quiet when it is not there. */
  unset(name: string): string;
}

/** What {@link byLine} makes a dialect of. */
interface Lines<Name extends string> extends Omit<LineDialect<Name>, "render"> {
  /**
   * Puts a test in front of the lines, so that a shell that would refuse one of them refuses all of them: it prints one
   * line per culprit on standard error and leaves a status that is not 0. Not needed in a shell that refuses none.
   */
  readonly guard?: (change: EnvironmentChange, text: string) => string;
}

/** The dialect that these lines make; names and values are checked here, before the lines are asked for. */
export function byLine<Name extends string>({
  guard = (_, text) => text,
  ...lines
}: Lines<Name>): LineDialect<Name> {
  const set = (name: string, value: string): string =>
    lines.set(checkedName(name), checkedValue(name, value));
  const unset = (name: string): string => lines.unset(checkedName(name));
  return {
    ...lines,
    set,
    unset,
    render: (change) => {
      const text = [
        ...change.unset.map(unset),
        ...change.set.map(([name, value]) => set(name, value)),
      ].join("");
      return guard(change, text);
    },
  };
}
