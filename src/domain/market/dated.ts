/** One row of a dated rule: in force from the start of `validFrom` (`YYYY-MM-DD`) until the next row. */
export interface Dated<T> {
  readonly validFrom: string;
  readonly value: T;
  /** Where the number comes from, in own words; [S] secondary source, [M] general knowledge, not checked against the rule's text. */
  readonly source: string;
}

/** The value in force on a day; null before the first row. Rows ascend by `validFrom`. */
export function valueOn<T>(rows: readonly Dated<T>[], day: string): T | null {
  return rows.findLast((row) => row.validFrom <= day)?.value ?? null;
}
