/** A number that a function takes beside its series. */
export interface Option {
  readonly name: string;
  readonly fallback: number;
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}

const LONGEST = 100_000;

/** A count of bars, by the name that TA-Lib's Python gives it. */
export function period<const N extends string>(name: N, fallback: number, min = 2): Option & { readonly name: N } {
  return { name, fallback, min, max: LONGEST, whole: true };
}

/** One of MA_Type. */
export function maType<const N extends string>(name: N): Option & { readonly name: N } {
  return { name, fallback: 0, min: 0, max: 8, whole: true };
}

export function factor<const N extends string>(
  name: N,
  fallback: number,
  min = -3e37,
  max = 3e37,
): Option & { readonly name: N } {
  return { name, fallback, min, max, whole: false };
}
