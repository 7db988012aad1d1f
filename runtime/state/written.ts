const WORTH_KEEPING = 16;

/** Texts of lists and objects as they were last written, so that what is unchanged is seen and not written again. */
export type TextCache = WeakMap<object, Written>;

/** `copy`: the members, where all are plain (as doubles, where all are numbers), else their texts. */
export interface Written {
  readonly copy: readonly unknown[] | Float64Array;
  readonly plain: boolean;
  readonly text: string;
}

/** What JSON writes as it is. */
export function isPlain(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  return typeof value === 'string' || typeof value === 'boolean' || value === null;
}

/** Empty places are not: `every` would pass over them. */
export function isAllPlain(items: readonly unknown[]): boolean {
  for (let index = 0; index < items.length; index += 1) if (!isPlain(items[index])) return false;
  return true;
}

export function isSame(copy: Written['copy'], now: readonly unknown[]): boolean {
  if (copy.length !== now.length) return false;
  if (copy instanceof Float64Array) return areSame(copy, now);
  for (let index = 0; index < copy.length; index += 1) {
    const value = now[index];
    // No copy holds -0, which is tagged and equals 0.
    if (copy[index] !== value || Object.is(value, -0)) return false;
  }
  return true;
}

/** Prices and the like are most of what is large: in a loop of their own they take half the time. */
function areSame(copy: Float64Array, now: readonly unknown[]): boolean {
  for (let index = 0; index < copy.length; index += 1) {
    const value = now[index];
    if (copy[index] !== value || (value === 0 && Object.is(value, -0))) return false;
  }
  return true;
}

/** As it was, for `isSame`. */
export function copyOf(plain: readonly unknown[]): Written['copy'] {
  return plain.every((item) => typeof item === 'number') ? Float64Array.from(plain) : [...plain];
}

/** Small ones are written faster than they are looked up. */
export function isWorthKeeping({ copy }: Written): boolean {
  return copy.length >= WORTH_KEEPING;
}
