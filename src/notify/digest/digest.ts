/** A trading day in figures. Money in CNY; null = not known. */
export interface Digest {
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly orders: {
    readonly asked: number;
    readonly filled: number;
    readonly partly: number;
    readonly refused: number;
    readonly open: number;
    readonly unknown: number;
  };
  readonly fills: {
    readonly count: number;
    readonly bought: number;
    readonly sold: number;
    readonly fees: number | null;
  };
  readonly totalValue: number | null;
  readonly cash: number | null;
  /** Change of the account's whole value, deposits included, since `since`. */
  readonly profit: { readonly money: number; readonly share: number | null; readonly since: string } | null;
  readonly positions: readonly DigestPosition[];
  /** Whole values at the ends of days, oldest first, with this day's: a curve. */
  readonly values: readonly { readonly day: string; readonly value: number }[];
  /** What is not as it should be: unknown fates, alarms that stand, changes from outside, tasks that did not run. */
  readonly differences: readonly string[];
}

export interface DigestPosition {
  readonly security: string;
  readonly name: string | null;
  readonly amount: number;
  readonly value: number | null;
  /** (price − cost) / cost; null where either is not known. */
  readonly gain: number | null;
}
