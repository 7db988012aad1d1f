/** The tags of cases.json; README.md explains them. */
export type Tagged =
  | null
  | string
  | boolean
  | number
  | readonly Tagged[]
  | { readonly $n: 'NaN' | 'inf' | '-inf' }
  | { readonly $t: string }
  | { readonly $dict: readonly (readonly [Tagged, Tagged])[] }
  | { readonly $index: TaggedIndex }
  | { readonly $series: TaggedSeries }
  | { readonly $df: TaggedFrame }
  | { readonly $error: true };

export type TaggedIndex =
  | { readonly labels: readonly Tagged[]; readonly dtype: string; readonly name: Tagged }
  | { readonly tuples: readonly (readonly Tagged[])[]; readonly names: readonly Tagged[] };

export interface TaggedSeries {
  readonly data: readonly Tagged[];
  readonly dtype: string;
  readonly name: Tagged;
  readonly index: TaggedIndex;
}

export interface TaggedFrame {
  readonly columns: TaggedIndex;
  readonly index: TaggedIndex;
  /** Column by column. */
  readonly data: readonly (readonly Tagged[])[];
  readonly dtypes: readonly string[];
}

export interface Case {
  readonly id: string;
  readonly inputs: readonly string[];
  readonly ours: string;
  readonly pandas: string;
  readonly result: Tagged;
  /** Options without which pandas gives something else: `DataFrame sum axis`. */
  readonly proves?: readonly string[];
}

export interface Document {
  readonly pandas: string;
  readonly numpy: string;
  /** pandas' arguments of the methods that we have too, in order; `=` behind those that may be left out. */
  readonly arguments: Readonly<Record<string, readonly string[]>>;
  readonly inputs: Readonly<Record<string, Tagged>>;
  readonly cases: readonly Case[];
}
