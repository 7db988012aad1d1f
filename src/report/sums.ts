/** Null as soon as one of them is not known: a sum of the others would look like the whole. */
export function sumKnown(values: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const value of values) {
    if (value === null) return null;
    sum += value;
  }
  return sum;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
