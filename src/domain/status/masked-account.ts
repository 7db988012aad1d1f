/** Digits of an account's number that are shown. */
const SHOWN_DIGITS = 4;

/** `****1234`: enough to tell accounts apart, too little to name one. */
export function maskedAccount(number: string): string {
  return number.length <= SHOWN_DIGITS ? '****' : `****${number.slice(-SHOWN_DIGITS)}`;
}
