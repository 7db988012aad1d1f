import type { Columns } from '../../src/domain/data/catalogue/column.ts';
import { catalogueColumn } from '../../src/domain/data/catalogue/index.ts';
import { readOnlyError } from '../objects/guard.ts';
import { Column } from './column.ts';
import type { KindOf } from './column.ts';

/** A table of JoinQuant's to write queries with: `valuation.market_cap`. The type of a column says its kind, unit and meaning. */
export type QueryTable<C extends Columns = Columns> = {
  readonly [N in keyof C & string]: Column<KindOf<C[N][0]>, N, C[N]>;
};

const NAMES = new WeakMap<object, string>();

/** The name of a table object; null for anything else. */
export function tableName(value: unknown): string | null {
  return typeof value === 'object' && value !== null ? (NAMES.get(value) ?? null) : null;
}

/** A name that JavaScript, promises, loggers and test tools look for on any object. */
export function isProbe(key: string): boolean {
  return PROBES.has(key);
}

const PROBES: ReadonlySet<string> = new Set([
  'then',
  'toJSON',
  'constructor',
  'inspect',
  'nodeType',
  'asymmetricMatch',
  '$$typeof',
  'isLuxonDateTime',
]);

/** The object of a table. Reading a column that it does not have throws UNKNOWN_COLUMN with the near one. */
export function queryTable<C extends Columns>(name: string, columns: C): QueryTable<C> {
  const made = new Map<string, Column>();
  const read = (column: string): Column => {
    const known = made.get(column);
    if (known !== undefined) return known;
    catalogueColumn(name, column);
    const fresh = new Column({ op: 'column', table: name, column }, column);
    made.set(column, fresh);
    return fresh;
  };
  const refuse = (_target: object, key: string | symbol): never => {
    throw readOnlyError(name, String(key));
  };
  const has = (key: string | symbol): boolean => typeof key === 'string' && Object.hasOwn(columns, key);
  const table = new Proxy(
    {},
    {
      get(_target, key) {
        if (!has(key) && (key === 'toString' || key === Symbol.toPrimitive)) return () => name;
        if (typeof key === 'symbol' || (!has(key) && isProbe(key))) return undefined;
        return read(key);
      },
      has: (_target, key) => has(key),
      ownKeys: () => Object.keys(columns),
      getOwnPropertyDescriptor: (_target, key) =>
        has(key) ? { value: read(String(key)), enumerable: true, configurable: true, writable: false } : undefined,
      set: refuse,
      defineProperty: refuse,
      deleteProperty: refuse,
    },
  );
  NAMES.set(table, name);
  return table as QueryTable<C>; // the proxy answers the columns of the catalogue
}

/** The objects of several tables, by name. */
export type QueryTables<T extends Readonly<Record<string, { readonly columns: Columns }>>> = {
  readonly [N in keyof T]: QueryTable<T[N]['columns']>;
};
