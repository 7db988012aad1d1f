import type { TableData } from './table-data.ts';

type Columns = Readonly<Record<string, Float64Array | readonly string[]>>;

/** The verbs of a table over bare typed arrays, as one would write them for this very table. */
export function plainBuild(data: TableData): Columns {
  return Object.fromEntries(
    Object.entries(data).map(([name, column]: [string, Float64Array | readonly string[]]) => [name, column.slice()]),
  );
}

/** A table of its own: writing to it leaves the first one as it is. */
export function plainSelect({ open, close }: TableData): Columns {
  return { open: open.slice(), close: close.slice() };
}

export function plainSort(data: TableData): Columns {
  const { close } = data;
  const order = Uint32Array.from(close.keys());
  order.sort((a, b) => (close[a] ?? 0) - (close[b] ?? 0));
  return taken(data, order);
}

export function plainFilter(data: TableData): Columns {
  const rows: number[] = [];
  for (let i = 0; i < data.close.length; i += 1) if ((data.close[i] ?? 0) > 0.5) rows.push(i);
  return taken(data, Uint32Array.from(rows));
}

export function plainGroupMean({ code, open, high, low, close, volume, day }: TableData): Columns {
  const { groups, size } = numbered(code);
  const means = [open, high, low, close, volume, day].map((column) => {
    const sums = new Float64Array(size);
    const counts = new Float64Array(size);
    for (let i = 0; i < column.length; i += 1) {
      const group = groups[i] ?? 0;
      sums[group] = (sums[group] ?? 0) + (column[i] ?? 0);
      counts[group] = (counts[group] ?? 0) + 1;
    }
    return sums.map((sum, group) => sum / (counts[group] ?? 0));
  });
  return Object.fromEntries(means.map((mean, i) => [String(i), mean]));
}

/** With a running sum, as is usual; ours adds only, so that no error builds up. */
export function plainRollingMean(values: Float64Array, size: number): Float64Array {
  const out = new Float64Array(values.length).fill(Number.NaN);
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) {
    sum += values[i] ?? 0;
    if (i >= size) sum -= values[i - size] ?? 0;
    if (i >= size - 1) out[i] = sum / size;
  }
  return out;
}

export function plainPivot({ day, code, close }: TableData): Columns {
  const columns = numbered(code);
  const days = new Map<number, number>();
  for (const one of day) if (!days.has(one)) days.set(one, days.size);
  const wide = Array.from({ length: columns.size }, () => new Float64Array(days.size).fill(Number.NaN));
  for (let i = 0; i < close.length; i += 1) {
    const column = wide[columns.groups[i] ?? 0];
    if (column !== undefined) column[days.get(day[i] ?? 0) ?? 0] = close[i] ?? 0;
  }
  return Object.fromEntries(wide.map((column, i) => [String(i), column]));
}

export function plainMerge(
  data: TableData,
  right: { readonly code: readonly string[]; readonly cap: Float64Array },
): Columns {
  const rows = new Map(right.code.map((code, i): [string, number] => [code, i]));
  const cap = new Float64Array(data.code.length);
  for (let i = 0; i < cap.length; i += 1) cap[i] = right.cap[rows.get(data.code[i] ?? '') ?? -1] ?? Number.NaN;
  return { ...plainBuild(data), cap };
}

function numbered(texts: readonly string[]): { readonly groups: Int32Array; readonly size: number } {
  const seen = new Map<string, number>();
  const groups = new Int32Array(texts.length);
  for (let i = 0; i < texts.length; i += 1) {
    const text = texts[i] ?? '';
    const known = seen.get(text);
    if (known === undefined) seen.set(text, seen.size);
    groups[i] = known ?? seen.size - 1;
  }
  return { groups, size: seen.size };
}

function taken(data: TableData, rows: Uint32Array): Columns {
  return Object.fromEntries(
    Object.entries(data).map(([name, column]: [string, Float64Array | readonly string[]]) => {
      if (!(column instanceof Float64Array)) return [name, Array.from(rows, (row) => column[row] ?? '')];
      const out = new Float64Array(rows.length);
      for (let i = 0; i < out.length; i += 1) out[i] = column[rows[i] ?? 0] ?? 0;
      return [name, out];
    }),
  );
}
