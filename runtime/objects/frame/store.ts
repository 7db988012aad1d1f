import { PROBES } from '../probes.ts';
import { badOperator } from './errors.ts';

/** Where a Series keeps its cells. Whoever reads it shares the storage: it is copied before the next write. */
export const COLUMN = Symbol('column');
/** Where a DataFrame keeps its columns, by position. */
export const DATA = Symbol('columns');

/*
 * What the tables call of each other. Names would win over columns and rows of the same name (`df.rows`, `groupby(k).codes`);
 * symbols cannot.
 */
export const ROWS = Symbol('rows');
export const WITH_COLUMN = Symbol('withColumn');
export const BECOME = Symbol('become');
export const PICKED = Symbol('picked');
export const MAP_NUMBERS = Symbol('mapNumbers');
export const NUMBERS = Symbol('numbers');
export const COLUMN_AT = Symbol('columnAt');
export const COLUMNS_AT = Symbol('columnsAt');
export const MAP_COLUMNS = Symbol('mapColumns');
export const EACH_SERIES = Symbol('eachSeries');
export const NUMERIC = Symbol('numeric');
export const REDUCED = Symbol('reduced');
export const RESULT_COLUMN = Symbol('resultColumn');
export const ACROSS_ROWS = Symbol('acrossRows');
export const SELECT = Symbol('select');
export const OVER = Symbol('over');
export const PART = Symbol('part');
export const SELECTED_ROWS = Symbol('selectedRows');
export const VALUE_COLUMNS = Symbol('valueColumns');
export const SUMMARY = Symbol('summary');
export const LIKE_ROWS = Symbol('likeRows');
export const KEPT_ROWS = Symbol('keptRows');
export const GROUPED = Symbol('grouped');
export const CODES = Symbol('codes');
export const LABELS = Symbol('labels');
export const GROUP_ROWS = Symbol('rowsOfGroups');
export const NAMES = Symbol('names');

/** How a table answers a name that is none of its members. */
export const READ = Symbol('read');
export const WRITE = Symbol('write');

interface Guest {
  [READ](key: string): unknown;
  [WRITE](key: string, value: unknown): void;
}

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
