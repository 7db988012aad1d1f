/*
 * Least squares by orthogonal columns (Gram-Schmidt, twice for precision): a column that the ones before it explain is left out,
 * as for dummies of industries beside a constant. Columns and values are of one length and finite.
 */

/** What remains of `y` when all that the columns explain is taken away. */
export function residuals(columns: readonly Float64Array[], y: Float64Array): Float64Array {
  const left = y.slice();
  for (const { axis } of orthogonal(columns)) remove(left, axis);
  return left;
}

/** The factors of the columns in the best sum of them; 0 for a column that the ones before it explain. */
export function coefficients(columns: readonly Float64Array[], y: Float64Array): number[] {
  const basis = orthogonal(columns);
  const left = y.slice();
  const shares = basis.map(({ axis }) => remove(left, axis));
  const factors = columns.map(() => 0);
  for (let k = basis.length - 1; k >= 0; k -= 1) {
    const one = basis[k];
    if (one === undefined) continue;
    const known = basis
      .slice(k + 1)
      .reduce((sum, { place }) => sum + (one.onto(place) ?? 0) * (factors[place] ?? 0), 0);
    factors[one.place] = ((shares[k] ?? 0) - known) / one.length;
  }
  return factors;
}

/** How many columns there are that no others explain. */
export function rankOf(columns: readonly Float64Array[]): number {
  return orthogonal(columns).length;
}

interface Axis {
  readonly place: number;
  /** Of length one. */
  readonly axis: Float64Array;
  readonly length: number;
  /** How far another column goes along this axis. */
  readonly onto: (place: number) => number;
}

const NOTHING = 1e-10;

function orthogonal(columns: readonly Float64Array[]): Axis[] {
  const basis: Axis[] = [];
  columns.forEach((column, place) => {
    const axis = column.slice();
    const whole = Math.sqrt(dot(axis, axis));
    for (let pass = 0; pass < 2; pass += 1) for (const one of basis) remove(axis, one.axis);
    const length = Math.sqrt(dot(axis, axis));
    if (!(length > NOTHING * whole)) return;
    for (let i = 0; i < axis.length; i += 1) axis[i] = (axis[i] ?? 0) / length;
    basis.push({ place, axis, length, onto: (other) => dot(axis, columns[other] ?? axis) });
  });
  return basis;
}

/** Takes away what lies along an axis of length one, and tells how much it was. */
function remove(values: Float64Array, axis: Float64Array): number {
  const share = dot(values, axis);
  for (let i = 0; i < values.length; i += 1) values[i] = (values[i] ?? 0) - share * (axis[i] ?? 0);
  return share;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
