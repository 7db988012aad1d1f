type Side = 'a' | 'b';
type Level = 1 | 2 | 3 | 4 | 5;

/** Volume and price of each level of both sides of the order book, `a1_v` … `b5_p`. */
export type DepthField = `${Side}${Level}_${'v' | 'p'}`;

const LEVELS: readonly Level[] = [1, 2, 3, 4, 5];

/** In JoinQuant's order: volumes of asks, their prices, then bids. */
export const DEPTH_FIELDS: readonly DepthField[] = (['a', 'b'] as const).flatMap((side) =>
  (['v', 'p'] as const).flatMap((what) => LEVELS.map((level): DepthField => `${side}${level}_${what}`)),
);
