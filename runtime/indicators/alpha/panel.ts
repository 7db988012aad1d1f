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

/** `f` of each day by itself. */
export function acrossSecurities(panel: Panel, f: (line: Float64Array) => Float64Array): Panel {
  return panel.map((line) => f(line));
}

/**
 * `f` of the last `days` values of each security, for each day that has so many before it: a panel shorter by `days - 1`. A window that
 * misses a value gives a missing one.
 */
export function windows(panels: readonly Panel[], days: number, f: (...values: Float64Array[]) => number): Panel {
  const [first = []] = panels;
  const rows = Math.max(0, first.length - days + 1);
  const lines = Array.from({ length: rows }, () => new Float64Array(first[0]?.length ?? 0));
  const values = panels.map(() => new Float64Array(days));
  for (let i = 0; i < (first[0]?.length ?? 0); i += 1) {
    lines.forEach((line, row) => {
      line[i] = fill(values, panels, row, i) ? f(...values) : Number.NaN;
    });
  }
  return lines;
}

/** Copies the windows of a security from a row on; false when a value is missing. */
function fill(values: readonly Float64Array[], panels: readonly Panel[], row: number, security: number): boolean {
  for (const [k, window] of values.entries()) {
    for (let day = 0; day < window.length; day += 1) {
      const value = panels[k]?.[row + day]?.[security] ?? Number.NaN;
      if (Number.isNaN(value)) return false;
      window[day] = value;
    }
  }
  return true;
}
