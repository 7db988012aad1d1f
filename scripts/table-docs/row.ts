/** One line of docs/tables.md: which members it tells of, how pandas and we write it, and what to know. */
export interface DocRow {
  /** `DataFrame` → member names; both classes of a shared member are written `DataFrame Series`. */
  readonly of: string;
  readonly members: string;
  readonly pandas: string;
  readonly ours: string;
  /** What differs or must be known; empty when the two lines say it all. */
  readonly en?: string;
  readonly zh?: string;
}

export interface DocSection {
  readonly en: string;
  readonly zh: string;
  readonly introEn?: string;
  readonly introZh?: string;
  readonly rows: readonly DocRow[];
}

/** Shorthand of a row. */
export function row(of: string, members: string, pandas: string, ours: string, en = '', zh = ''): DocRow {
  return { of, members, pandas, ours, en, zh };
}
