import { describe, expect, it } from 'vitest';
import { BtError } from '../../../../../src/domain/errors.ts';
import { boundArguments, readSignature } from '../../../../../runtime/objects/frame/signatures/signature.ts';
import { DEFINITIONS } from '../../../../pandas/definitions.ts';
import { DataFrame, pd, Series } from '../../../../pandas/tables.ts';

const read = (text: string, ...args: readonly unknown[]): unknown[] => boundArguments('m', readSignature(text), args);

describe('how a method reads its arguments', () => {
  it.each<[string, readonly unknown[], readonly unknown[]]>([
    ['a / b c', [1, 2, 3], [1, { b: 2, c: 3 }]],
    ['a / b c', [{ a: 1, c: 3 }], [1, { c: 3 }]],
    ['a / b c', [1, { c: 3 }], [1, { c: 3 }]],
    ['/ a b', [1], [{ a: 1 }]],
    ['/ a b', [undefined, undefined], []],
    ['a{} / b', [{ x: 1 }], [{ x: 1 }]],
    ['a{} / b', [{ b: 1 }], [undefined, { b: 1 }]],
    ['a{} / b', [{ x: 1 }, { b: 2 }], [{ x: 1 }, { b: 2 }]],
    ['a *', [1, 2, { x: 3 }], [1, 2, { x: 3 }]],
    ['/ a ~copy', [1, true], [{ a: 1 }]],
    ['/ a !b=false', [{ a: 1, b: false }], [{ a: 1 }]],
    ['/ a !b', [{ a: 1, b: null }], [{ a: 1 }]],
  ])('%s of %j', (text, args, expected) => {
    expect(read(text, ...args)).toEqual(expected);
  });

  it.each<[string, readonly unknown[], string]>([
    ['a', [1, 2], 'takes at most a.'],
    ['', [1], 'takes no arguments.'],
    ['a / periods', [1, { period: 2 }], "Did you mean 'periods'?"],
    ['a / b', [1, { a: 2 }], "got 'a' twice"],
    ['a !b=false', [1, true], 'b=True is not supported; only False is'],
    ['/ !b', [{ b: 1 }], "leave 'b' out"],
  ])('%s of %j is refused', (text, args, message) => {
    expect(() => read(text, ...args)).toThrow(message);
  });
});

describe('the definitions', () => {
  const refused = Object.entries(DEFINITIONS).flatMap(([type, methods]) =>
    Object.entries(methods).flatMap(([method, text]) =>
      readSignature(text)
        .parameters.filter(({ kind }) => kind === 'refused')
        .map(({ name }) => ({ call: `${type}.${method}({ ${name} })`, text, name })),
    ),
  );

  it('refuse what they do not implement, whatever it says', () => {
    expect(refused.length).toBeGreaterThan(300);
    for (const { text, name, call } of refused) {
      expect(() => read(text, { [name]: 'whatever' }), call).toThrow(BtError);
    }
  });

  it('leave every name that pandas does not have to the columns, but for ours that the page tells', () => {
    const names = [
      'rows',
      'names',
      'codes',
      'labels',
      'grouped',
      'numbers',
      'select',
      'part',
      'summary',
      'picked',
      'become',
    ];
    const table = pd.DataFrame(Object.fromEntries(['k', ...names].map((name) => [name, [1, 1]])));
    const groups = table.groupby('k');
    for (const name of names) {
      expect([...(table[name] ?? [])]).toEqual([1, 1]);
      expect([...(groups[name]?.sum() ?? [])]).toEqual([2]);
      expect(table.iloc(0)[name]).toBe(1);
    }
  });

  it('cover every method that a table, a Series, an index or a function of pd has', () => {
    const missing = (type: string, names: readonly string[]): string[] =>
      names.filter((name) => !Object.hasOwn(DEFINITIONS[type] ?? {}, name)).map((name) => `${type}.${name}`);
    const table = pd.DataFrame<'a'>({ a: [1] });
    const open = [
      ...missing('DataFrame', methodsOf(DataFrame.prototype, table)),
      ...missing('Series', methodsOf(Series.prototype, table.a)),
      ...missing('Index', methodsOf(pd.Index.prototype, table.index)),
      ...missing('groupby', methodsOf(Object.getPrototypeOf(table.groupby('a')) as object, table)),
      ...missing('rolling', methodsOf(Object.getPrototypeOf(table.rolling(1)) as object, table)),
      ...missing('ewm', methodsOf(Object.getPrototypeOf(table.ewm({ com: 1 })) as object, table)),
    ];
    expect(open.filter((name) => !INSIDE.has(name))).toEqual([]);
  });
});

/** Names of the methods of a class and those above it. */
function methodsOf(prototype: object, owner: object): string[] {
  const names = new Set<string>();
  for (let layer: unknown = prototype; typeof layer === 'object' && layer !== null;) {
    if (Object.getPrototypeOf(layer) === null || !Object.hasOwn(layer, 'constructor')) break;
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(layer))) {
      const given: unknown = property.get === undefined || property.set === undefined ? property.value : null;
      const method: unknown = given ?? (property.set === undefined ? null : Reflect.get(owner, name));
      if (typeof method === 'function' && name !== 'constructor') names.add(name);
    }
    layer = Object.getPrototypeOf(layer);
  }
  return [...names];
}

/** What the tables call of each other and strategies do not. */
const INSIDE: ReadonlySet<string> = new Set(
  ['labelAt', 'with', 'rowOf', 'rowsOf', 'calculated', 'compared', 'order', 'levelOf', 'asSeries', 'other'].map(
    (name) => `Index.${name}`,
  ),
);
