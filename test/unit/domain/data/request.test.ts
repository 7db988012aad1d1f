import { describe, expect, it } from 'vitest';
import { DATASETS } from '../../../../src/domain/data/datasets.ts';
import type { ParameterKind } from '../../../../src/domain/data/datasets.ts';
import type { QueryPlan } from '../../../../src/domain/data/query-plan.ts';
import { checkRequest } from '../../../../src/domain/data/request.ts';

const QUERY: QueryPlan = {
  select: [{ name: 'code', expression: { op: 'column', table: 'valuation', column: 'code' } }],
  filter: [{ op: 'in', arg: { op: 'column', table: 'valuation', column: 'code' }, values: ['000001.XSHE'] }],
  orderBy: [],
  groupBy: [],
  having: [],
  joins: [],
  distinct: false,
  limit: 5,
  offset: null,
};

const GOOD: Readonly<Record<string, unknown>> = {
  text: 'x',
  texts: ['x'],
  code: '000001.XSHE',
  codes: ['000001.XSHE'],
  day: '2026-07-06',
  days: ['2026-07-06'],
  time: 0,
  count: 3,
  flag: true,
  query: QUERY,
};
const BAD: readonly unknown[] = [undefined, Number.NaN, {}, 'x'.repeat(201), [3], '2026-7-6', '2026-02-30', -1];

const plain = (kind: ParameterKind): string => kind.replace('?', '');
const entries = Object.entries<{ readonly params: Readonly<Record<string, ParameterKind>> }>(DATASETS);

function params(dataset: (typeof entries)[number][1]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(dataset.params).map(([name, kind]) => [name, GOOD[plain(kind)]]));
}

describe('checkRequest', () => {
  it.each(entries)('takes %s with all its parameters, and with null where that is one', (dataset, definition) => {
    expect(checkRequest({ dataset, params: params(definition) })).toEqual({ dataset, params: params(definition) });
    const nulls = Object.entries(definition.params).map(([name, kind]) => [
      name,
      kind.endsWith('?') ? null : GOOD[plain(kind)],
    ]);
    expect(() => checkRequest({ dataset, params: Object.fromEntries(nulls) as unknown })).not.toThrow();
  });

  it.each(entries)('refuses each parameter of %s that does not fit, by its name', (dataset, definition) => {
    for (const name of Object.keys(definition.params)) {
      for (const value of BAD) {
        if (plain(definition.params[name] ?? 'text') === 'time' && value === -1) continue;
        const isText = ['text', 'code'].includes(plain(definition.params[name] ?? 'text'));
        if (isText && (value === '2026-7-6' || value === '2026-02-30')) continue;
        expect(() => checkRequest({ dataset, params: { ...params(definition), [name]: value } })).toThrow(name);
      }
    }
    expect(() => checkRequest({ dataset, params: { ...params(definition), surplus: 1 } })).toThrow('surplus');
  });

  it.each([null, 'securities', { dataset: 'nothing', params: {} }, { dataset: 'constructor', params: {} }])(
    'refuses %j, which is no question',
    (value) => {
      expect(() => checkRequest(value)).toThrow(expect.objectContaining({ code: 'BAD_DATA_REQUEST' }));
    },
  );

  it.each<[string, unknown]>([
    ['no select', { ...QUERY, select: [] }],
    ['an operator that is not known', { ...QUERY, filter: [{ op: 'eval', args: [] }] }],
    [
      'an operator with one argument for two',
      { ...QUERY, filter: [{ op: 'eq', args: [QUERY.select[0]?.expression] }] },
    ],
    ['a value that is a list', { ...QUERY, filter: [{ op: 'value', value: [] }] }],
    ['a function that is not known', { ...QUERY, filter: [{ op: 'function', name: 'sleep', args: [] }] }],
    ['a limit below 0', { ...QUERY, limit: -1 }],
    ['no distinct', { ...QUERY, distinct: null }],
    ['a join without a table', { ...QUERY, joins: [{ on: QUERY.select[0]?.expression }] }],
  ])('refuses a query with %s', (_what, query) => {
    const request = { dataset: 'query', params: { database: 'finance', query, day: null, period: null, days: null } };
    expect(() => checkRequest(request)).toThrow('query');
  });

  it('refuses an expression that a loop made too deep', () => {
    let deep: unknown = QUERY.select[0]?.expression;
    for (let i = 0; i < 300; i += 1) deep = { op: 'not', args: [deep] };
    const query = { ...QUERY, filter: [deep] };
    const request = { dataset: 'query', params: { database: 'finance', query, day: null, period: null, days: null } };
    expect(() => checkRequest(request)).toThrow('200 levels');
  });
});
