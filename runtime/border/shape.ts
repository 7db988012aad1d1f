/** What a value must be to cross the border, as a check that can say what is wrong. It holds for values that were cloned: plain data. */
export interface Shape<T> {
  /**
   * Null when the value fits, else where and how it does not: `request.quantity must be a number, was 'ten'`. What looks into
   * a value gives '' as the place and puts its own before the answer, so that texts are made for what is wrong only.
   */
  problem(value: unknown, where: string): string | null;
  /** Never there: the type of what fits. */
  readonly type?: T;
}

/** The type of what fits a shape. */
export type Shaped<S> = S extends Shape<infer T> ? T : never;

function plain<T>(what: string, fits: (value: unknown) => boolean): Shape<T> {
  return { problem: (value, where) => (fits(value) ? null : mismatch(where, what, value)) };
}

export const anything: Shape<unknown> = { problem: () => null };
export const nothing: Shape<void> = plain('nothing', (value) => value === undefined);
export const text: Shape<string> = plain('a text', (value) => typeof value === 'string');
export const flag: Shape<boolean> = plain('true or false', (value) => typeof value === 'boolean');
/** NaN and the infinities included. */
export const number: Shape<number> = plain('a number', (value) => typeof value === 'number');
export const finite: Shape<number> = plain('a finite number', (value) => Number.isFinite(value));
/** Numbers of one column. */
export const bytes: Shape<Uint8Array> = plain('bytes', (value) => value instanceof Uint8Array);
/** Named columns of a table. */
export const columns: Shape<ReadonlyMap<string, never>> = plain('a Map of columns', (value) => value instanceof Map);
export const column: Shape<Float64Array> = plain('a Float64Array', (value) => value instanceof Float64Array);

/** One of these words. */
export function word<const T extends string>(...words: readonly T[]): Shape<T> {
  const known: ReadonlySet<unknown> = new Set(words);
  return plain(`one of ${words.join(', ')}`, (value) => known.has(value));
}

export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return { problem: (value, where) => (value === null ? null : shape.problem(value, where)) };
}

/** It may be left out. */
export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  return { problem: (value, where) => (value === undefined ? null : shape.problem(value, where)) };
}

export function listOf<T>(shape: Shape<T>): Shape<readonly T[]> {
  return {
    problem(value, where) {
      if (!Array.isArray(value)) return mismatch(where, 'a list', value);
      for (let index = 0; index < value.length; index += 1) {
        const problem = shape.problem(value[index], '');
        if (problem !== null) return `${where}[${index}]${problem}`;
      }
      return null;
    },
  };
}

/** An object with values of one kind under any key. */
export function dictOf<T>(shape: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return {
    problem(value, where) {
      if (!isObject(value)) return mismatch(where, 'an object', value);
      for (const key of Object.keys(value)) {
        const problem = shape.problem(value[key], '');
        if (problem !== null) return `${where}.${key}${problem}`;
      }
      return null;
    },
  };
}

/** An object with at least these members; the compiler holds the list to the interface. */
export function record<T extends object>(members: { readonly [K in keyof T]-?: Shape<T[K]> }): Shape<T> {
  const shapes = Object.entries<Shape<unknown>>(members);
  return {
    problem(value, where) {
      if (!isObject(value)) return mismatch(where, 'an object', value);
      for (const [key, shape] of shapes) {
        const problem = shape.problem(value[key], '');
        if (problem !== null) return `${where}.${key}${problem}`;
      }
      return null;
    },
  };
}

/** Told apart by the word under one key. */
export function variants<K extends string, T extends { readonly [P in K]: string }>(
  key: K,
  shapes: { readonly [W in T[K]]: Shape<Extract<T, { readonly [P in K]: W }>> },
): Shape<T> {
  const byWord = new Map<unknown, Shape<unknown>>(Object.entries<Shape<unknown>>(shapes));
  const words = [...byWord.keys()].join(', ');
  return {
    problem(value, where) {
      if (!isObject(value)) return mismatch(where, 'an object', value);
      const shape = byWord.get(value[key]);
      return shape === undefined
        ? mismatch(`${where}.${key}`, `one of ${words}`, value[key])
        : shape.problem(value, where);
    },
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mismatch(where: string, what: string, value: unknown): string {
  return `${where} must be ${what}, was ${named(value)}`;
}

/** Never the value itself, which may be of any size. */
function named(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value.length > 40 ? 'a long text' : `'${value}'`;
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : typeof value;
}
