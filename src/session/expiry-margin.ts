/**
 * A session counts as over this long before it is, in milliseconds, so that what starts with it does not fail at once. It is the
 * window of the JavaScript SDK: EXPIRATION_MS in @smithy/core, memoizeIdentityProvider.
 */
export const expiryMarginMs = 5 * 60_000;
