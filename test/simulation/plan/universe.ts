/** What is traded in the worlds, with what the account holds at the beginning. */
export const UNIVERSE: readonly { readonly security: string; readonly held: number }[] = [
  { security: '518880.XSHG', held: 20_000 },
  { security: '000001.XSHE', held: 5_030 },
  { security: '600000.XSHG', held: 0 },
  // Market orders above 50,000 are split here.
  { security: '688001.XSHG', held: 120_150 },
];

export const SECURITIES: readonly string[] = UNIVERSE.map(({ security }) => security);

/** What only other people trade. */
export const ELSEWHERE: readonly string[] = ['601318.XSHG', '159915.XSHE', '000858.XSHE'];
