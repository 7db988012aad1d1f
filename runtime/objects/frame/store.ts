import { badOperator } from './errors.ts';

/** Where a Series keeps its cells. Whoever reads it shares the storage: it is copied before the next write. */
export const COLUMN = Symbol('column');
/** Where a DataFrame keeps its columns, by position. */
export const DATA = Symbol('columns');

/** How a table answers a name that is none of its members. */
export const READ = Symbol('read');
export const WRITE = Symbol('write');

interface Guest {
  [READ](key: string): unknown;
  [WRITE](key: string, value: unknown): void;
}

/** Names that JavaScript, promises, loggers, test tools and luxon look for on any object. */
const PROBES =
  /^(?:then|toJSON|constructor|inspect|nodeType|tagName|asymmetricMatch|isLuxon\w+|valueOf|\$\$typeof|@@.*|__.*)$/;

/**
 * Stands at the end of the prototype chain of DataFrame and Series, so that only names that are no member reach it:
 * `df.close`, `df['ma5'] = …`, `row.code`. One for all tables; members run at full speed (docs/decisions.md has the figures).
 */
const door = new Proxy(Object.create(null) as object, {
  get(_target, key, receiver: Guest) {
    return typeof key === 'symbol' || PROBES.test(key) ? undefined : receiver[READ](key);
  },
  set(_target, key, value, receiver: Guest) {
    if (typeof key === 'symbol') return Reflect.defineProperty(receiver, key, { value, configurable: true });
    receiver[WRITE](key, value);
    return true;
  },
  has(_target, key) {
    if (typeof key === 'symbol' || PROBES.test(key)) return false;
    throw badOperator(
      `'${key}' in table is not possible: write df.columns.includes('${key}') or s.index.includes('${key}').`,
    );
  },
});

/** A class whose instances answer any name through READ and WRITE. */
function Door(): void {}
Door.prototype = door;
export const NamedCells = Door as unknown as abstract new () => object; // a constructor without a body
