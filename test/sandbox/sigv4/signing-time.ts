import { incompleteSignature, signatureDoesNotMatch } from "../errors.ts";

const MINUTE_MS = 60_000;

/** `20260115T120000Z` */
function formatSigningTime(timeMs: number): string {
  return new Date(timeMs).toISOString().replace(/[-:]|\.\d{3}/g, "");
}

/**
 * Refuses a signature whose time is too far from the server's.
 * Both texts as STS gives them: https://github.com/aws/aws-cli/issues/6676,
 * https://github.com/QT-DevOps/DevOpsIssues/issues/989
 */
export function checkSigningTime(signed: string, now: number, skewMinutes: number): void {
  const signedAt = parseSigningTime(signed);
  const earliest = now - skewMinutes * MINUTE_MS;
  const latest = now + skewMinutes * MINUTE_MS;
  const server = formatSigningTime(now);
  if (signedAt < earliest) {
    throw signatureDoesNotMatch(
      `Signature expired: ${signed} is now earlier than ${formatSigningTime(earliest)} (${server} - ${skewMinutes} min.)`,
    );
  }
  if (signedAt > latest) {
    throw signatureDoesNotMatch(
      `Signature not yet current: ${signed} is still later than ${formatSigningTime(latest)} (${server} + ${skewMinutes} min.)`,
    );
  }
}

function parseSigningTime(text: string): number {
  const basic = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
  const time = Date.parse(text.replace(basic, "$1-$2-$3T$4:$5:$6Z"));
  if (!basic.test(text) || Number.isNaN(time)) {
    throw incompleteSignature(
      `Date must be in ISO-8601 'basic format'. Got '${text}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    );
  }
  return time;
}
