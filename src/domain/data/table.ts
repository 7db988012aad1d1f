/**
 * A column of an answer. Numbers: NaN = missing; `int` is only a promise that they are whole. `flag`: 1, 0, NaN = not known.
 * `day`: midnight in China, `time`: an instant, both epoch ms. Texts: null = missing.
 */
export type DataColumn =
  | { readonly kind: 'float' | 'int' | 'flag' | 'day' | 'time'; readonly values: Float64Array }
  | { readonly kind: 'text'; readonly values: readonly (string | null)[] };

export type DataKind = DataColumn['kind'];

/** An answer, column by column in the order of its names; all columns have `rows` values. */
export interface DataTable {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, DataColumn>;
}

/** The table of these columns, which must be of one length. */
export function tableOf(columns: Readonly<Record<string, DataColumn>>): DataTable {
  const entries = Object.entries(columns);
  const rows = entries[0]?.[1].values.length ?? 0;
  for (const [name, { values }] of entries)
    if (values.length !== rows) throw new RangeError(`column ${name} has ${values.length} values, not ${rows}`);
  return { rows, columns: new Map(entries) };
}

export function numbers(kind: Exclude<DataKind, 'text'>, values: Iterable<number>): DataColumn {
  return { kind, values: values instanceof Float64Array ? values : Float64Array.from(values) };
}

export function texts(values: Iterable<string | null>): DataColumn {
  return { kind: 'text', values: Array.isArray(values) ? values : [...values] };
}

/** The texts of a column that must be there and hold texts. */
export function textsOf(table: DataTable, name: string): readonly (string | null)[] {
  const column = table.columns.get(name);
  if (column?.kind === 'text') return column.values;
  throw new TypeError(`there is no text column ${name}`);
}

/** The numbers of a column that must be there and hold numbers. */
export function numbersOf(table: DataTable, name: string): Float64Array {
  const column = table.columns.get(name);
  if (column !== undefined && column.kind !== 'text') return column.values;
  throw new TypeError(`there is no number column ${name}`);
}

/** Chosen rows, in the order given. */
export function takeRows(table: DataTable, rows: readonly number[] | Int32Array): DataTable {
  const columns = new Map<string, DataColumn>();
  for (const [name, column] of table.columns) columns.set(name, takeValues(column, rows));
  return { rows: rows.length, columns };
}

/** Chosen values, in the order given; a row that is not there is missing. */
export function takeValues(column: DataColumn, rows: readonly number[] | Int32Array): DataColumn {
  if (column.kind === 'text') {
    const values: (string | null)[] = Array.from(rows, (row) => column.values[row] ?? null);
    return { kind: 'text', values };
  }
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i += 1) values[i] = column.values[rows[i] ?? -1] ?? Number.NaN;
  return { kind: column.kind, values };
}

/** Tables one under the other; all have the columns of the first. */
export function concatTables(tables: readonly DataTable[]): DataTable {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const columns = new Map<string, DataColumn>();
  for (const [name, { kind }] of tables[0]?.columns ?? []) {
    const parts = tables.flatMap((table) => table.columns.get(name) ?? []);
    columns.set(name, kind === 'text' ? texts(parts.flatMap(textValues)) : numbers(kind, numbersUnder(parts, rows)));
  }
  return { rows, columns };
}

function textValues(column: DataColumn): readonly (string | null)[] {
  return column.kind === 'text' ? column.values : [];
}

function numbersUnder(parts: readonly DataColumn[], rows: number): Float64Array {
  const values = new Float64Array(rows);
  let at = 0;
  for (const part of parts) {
    if (part.kind !== 'text') values.set(part.values, at);
    at += part.values.length;
  }
  return values;
}
