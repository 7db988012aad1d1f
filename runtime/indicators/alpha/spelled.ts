/** Names for more than a series: `adv20` (the mean volume of 20 days) is the only one with a number in it. */
export const SPELLED: Readonly<Record<string, string>> = {
  returns: 'close / delay(close, 1) - 1',
  dtm: 'open <= delay(open, 1) ? 0 : max(high - open, open - delay(open, 1))',
  dbm: 'open >= delay(open, 1) ? 0 : max(open - low, open - delay(open, 1))',
  tr: 'max(max(high - low, abs(high - delay(close, 1))), abs(low - delay(close, 1)))',
  hd: 'high - delay(high, 1)',
  ld: 'delay(low, 1) - low',
};
