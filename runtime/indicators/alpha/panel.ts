/** A line for each day, oldest first, in it a value for each security; NaN = missing. */
export type Panel = readonly Float64Array[];

/** A new panel of the values of each cell. */
export function cells(panels: readonly Panel[], f: (...values: number[]) => number): Panel {
  const [a = [], b, c] = panels;
  return a.map((line, row) =>
    line.map((value, i) => {
      if (b === undefined) return f(value);
      const other = b[row]?.[i] ?? Number.NaN;
      return c === undefined ? f(value, other) : f(value, other, c[row]?.[i] ?? Number.NaN);
    }),
  );
}

/** The last days of a panel; what lies before its first day is missing. */
export function lastRows(panel: Panel, rows: number, securities: number): Panel {
  const gaps = Math.max(0, rows - panel.length);
  return [...Array.from({ length: gaps }, () => new Float64Array(securities).fill(Number.NaN)), ...panel.slice(-rows)];
}

/** `f` of each day by itself. */
export function acrossSecurities(panel: Panel, f: (line: Float64Array) => Float64Array): Panel {
  return panel.map((line) => f(line));
}

/** `f` of all days of each security by itself. */
export function alongDays(panel: Panel, f: (values: Float64Array) => Float64Array): Panel {
  const lines = panel.map((line) => new Float64Array(line.length));
  const securities = panel[0]?.length ?? 0;
  for (let i = 0; i < securities; i += 1) {
    const values = f(Float64Array.from(panel, (line) => line[i] ?? Number.NaN));
    lines.forEach((line, row) => {
      line[i] = values[row] ?? Number.NaN;
    });
  }
  return lines;
}

/**
 * `f` of the last `days` values of each security, for each day that has so many before it: a panel shorter by `days - 1`. A window that
 * misses a value gives a missing one; an infinity is none, as in pandas' windows.
 */
export function windows(panels: readonly Panel[], days: number, f: (...values: Float64Array[]) => number): Panel {
  const [first = []] = panels;
  const rows = Math.max(0, first.length - days + 1);
  const securities = first[0]?.length ?? 0;
  const lines = Array.from({ length: rows }, () => new Float64Array(securities));
  const columns = panels.map(() => new Float64Array(first.length));
  const values = panels.map(() => new Float64Array(days));
  for (let i = 0; i < securities; i += 1) {
    columns.forEach((column, k) => gather(panels[k] ?? [], i, column));
    // The last day that has no value lies before the window, or the window has none.
    let missing = lastGap(columns, days - 1);
    lines.forEach((line, row) => {
      if (hasGap(columns, row + days - 1)) missing = row + days - 1;
      if (missing < row) columns.forEach((column, k) => copy(column, row, values[k]));
      line[i] = missing < row ? f(...values) : Number.NaN;
    });
  }
  return lines;
}

/** All days of a security. */
function gather(panel: Panel, security: number, column: Float64Array): void {
  for (let day = 0; day < column.length; day += 1) column[day] = panel[day]?.[security] ?? Number.NaN;
}

function copy(column: Float64Array, from: number, values: Float64Array | undefined): void {
  if (values === undefined) return;
  for (let day = 0; day < values.length; day += 1) values[day] = column[from + day] ?? Number.NaN;
}

function hasGap(columns: readonly Float64Array[], day: number): boolean {
  return columns.some((column) => !Number.isFinite(column[day] ?? Number.NaN));
}

/** The last of the first `count` days on which one has no value; -1 for none. */
function lastGap(columns: readonly Float64Array[], count: number): number {
  for (let day = count - 1; day >= 0; day -= 1) if (hasGap(columns, day)) return day;
  return -1;
}
