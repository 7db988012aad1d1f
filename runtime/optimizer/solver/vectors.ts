/** A square matrix, row by row. */
export interface Square {
  readonly size: number;
  readonly cells: Float64Array;
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

export function times({ size, cells }: Square, x: Float64Array): Float64Array {
  const out = new Float64Array(size);
  for (let i = 0; i < size; i += 1) {
    let sum = 0;
    for (let j = 0; j < size; j += 1) sum += (cells[i * size + j] ?? 0) * (x[j] ?? 0);
    out[i] = sum;
  }
  return out;
}

/** `a + factor * b`. */
export function plus(a: Float64Array, b: Float64Array, factor: number): Float64Array {
  return a.map((value, i) => value + factor * (b[i] ?? 0));
}

/** Adds `factor * x x'`. */
export function addOuter(to: Square, x: Float64Array, factor: number): void {
  // Most have a few numbers that are not 0.
  const places = Array.from(x.keys()).filter((i) => x[i] !== 0);
  for (const i of places) {
    const share = factor * (x[i] ?? 0);
    const row = i * to.size;
    for (const j of places) to.cells[row + j] = (to.cells[row + j] ?? 0) + share * (x[j] ?? 0);
  }
}

export function addMatrix(to: Square, other: Square, factor: number): void {
  for (let i = 0; i < to.cells.length; i += 1) to.cells[i] = (to.cells[i] ?? 0) + factor * (other.cells[i] ?? 0);
}

export function addDiagonal(to: Square, i: number, value: number): void {
  const place = i * to.size + i;
  to.cells[place] = (to.cells[place] ?? 0) + value;
}

export function zeros(size: number): Square {
  return { size, cells: new Float64Array(size * size) };
}

/** A way to solve `matrix * x = b` for a symmetric matrix that is positive definite, if need be after its diagonal is raised a little. */
export function solverOf(matrix: Square): (b: Float64Array) => Float64Array {
  const largest = matrix.cells.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (let ridge = 0; ; ridge = ridge === 0 ? largest * 1e-14 : ridge * 100) {
    const lower = cholesky(matrix, ridge);
    if (lower !== null) return (b) => substitute(lower, b);
    if (!(ridge <= largest)) throw new RangeError('a matrix that holds no finite numbers has no solution');
  }
}

/** The lower triangle L with L L' = matrix + ridge; null when there is none. */
function cholesky({ size, cells }: Square, ridge: number): Square | null {
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let rest = (cells[i * size + j] ?? 0) + (i === j ? ridge : 0);
      for (let k = 0; k < j; k += 1) rest -= (lower[i * size + k] ?? 0) * (lower[j * size + k] ?? 0);
      if (i !== j) lower[i * size + j] = rest / (lower[j * size + j] ?? 1);
      else if (rest > 0) lower[i * size + i] = Math.sqrt(rest);
      else return null;
    }
  }
  return { size, cells: lower };
}

function substitute({ size, cells }: Square, b: Float64Array): Float64Array {
  const x = b.slice();
  for (let i = 0; i < size; i += 1) {
    let rest = x[i] ?? 0;
    for (let j = 0; j < i; j += 1) rest -= (cells[i * size + j] ?? 0) * (x[j] ?? 0);
    x[i] = rest / (cells[i * size + i] ?? 1);
  }
  for (let i = size - 1; i >= 0; i -= 1) {
    let rest = x[i] ?? 0;
    for (let j = i + 1; j < size; j += 1) rest -= (cells[j * size + i] ?? 0) * (x[j] ?? 0);
    x[i] = rest / (cells[i * size + i] ?? 1);
  }
  return x;
}
