/** Whether a version of Node is in a range like `^20.17.0 || >=22.9.0`: of what npm understands these two, and `*`. */
export function isInRange(version: string, range: string): boolean {
  const is = parts(version);
  return range.split("||").some((one) => {
    const [, sign, bound] = /^(\^|>=)(\d+\.\d+\.\d+)$/.exec(one.trim()) ?? [];
    if (bound === undefined) return one.trim() === "*";
    const isSameMajor = is[0] === parts(bound)[0];
    return isAtLeast(is, parts(bound)) && (sign === ">=" || isSameMajor);
  });
}

function parts(version: string): readonly number[] {
  return (/^\d+\.\d+\.\d+/.exec(version)?.[0] ?? "0.0.0").split(".").map(Number);
}

function isAtLeast(version: readonly number[], bound: readonly number[]): boolean {
  for (const [index, least] of bound.entries()) {
    const part = version[index] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}
