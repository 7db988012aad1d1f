import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogueColumn } from '../../../../../src/domain/data/catalogue/index.ts';
import { evaluate } from '../../../../../src/domain/data/query/evaluate.ts';
import type { LoadTable } from '../../../../../src/domain/data/query/evaluate.ts';
import type { Expression, QueryPlan } from '../../../../../src/domain/data/query-plan.ts';
import { numbers, texts } from '../../../../../src/domain/data/table.ts';
import type { DataColumn } from '../../../../../src/domain/data/table.ts';
import { chinaInstant } from '../../../../../src/domain/time.ts';
import { naive } from './naive.ts';
import type { Cell, Row, World } from './naive.ts';

const CODES = ['000001.XSHE', '000002.XSHE', '600000.XSHG', '600519.XSHG', '688001.XSHG'];
const DAYS = ['2026-04-28', '2026-04-29', '2026-04-30'];
const NUMBER_COLUMNS = ['valuation.market_cap', 'valuation.pe_ratio', 'income.net_profit', 'STK_XR_XD.bonus_ratio_rmb'];
const TEXT_COLUMNS = ['valuation.code', 'income.code', 'STK_XR_XD.bonus_type'];
const DAY_COLUMNS = ['income.pubDate', 'STK_XR_XD.a_xr_date', 'valuation.day'];

// Whole numbers: sums do not depend on the order in which they are made.
const number = fc.option(fc.integer({ min: -4, max: 4 }), { nil: null });
const word = fc.option(fc.constantFrom('yearly', 'Half', 'h%lf', ''), { nil: null });
const day = fc.option(
  fc.constantFrom(...DAYS).map((text) => chinaInstant(text, '00:00')),
  { nil: null },
);
const code = fc.constantFrom(...CODES);

const world: fc.Arbitrary<World> = fc.record({
  valuation: fc.array(fc.record({ code, market_cap: number, pe_ratio: number, day }), { maxLength: 8 }),
  income: fc.array(fc.record({ code, net_profit: number, pubDate: day }), { maxLength: 8 }),
  STK_XR_XD: fc.array(fc.record({ code, bonus_type: word, bonus_ratio_rmb: number, a_xr_date: day }), { maxLength: 8 }),
});

const column = (names: readonly string[]): fc.Arbitrary<Expression> =>
  fc.constantFrom(...names).map((name) => {
    const [table = '', own = ''] = name.split('.');
    return { op: 'column', table, column: own };
  });
const value = (of: fc.Arbitrary<Cell>): fc.Arbitrary<Expression> => of.map((one) => ({ op: 'value', value: one }));
const two = (a: fc.Arbitrary<Expression>, b = a): fc.Arbitrary<readonly Expression[]> => fc.tuple(a, b);
const someNumbers = value(fc.integer({ min: -4, max: 4 }));

function numeric(depth: number): fc.Arbitrary<Expression> {
  const leaf = fc.oneof(column(NUMBER_COLUMNS), column(NUMBER_COLUMNS), value(number));
  if (depth === 0) return leaf;
  const inner = numeric(depth - 1);
  return fc.oneof(
    leaf,
    fc.record({ op: fc.constantFrom('add' as const, 'sub', 'mul', 'div'), args: two(inner) }),
    fc.record({ op: fc.constant('neg' as const), args: fc.tuple(inner) }),
    fc.record({ op: fc.constant('function' as const), name: fc.constant('abs' as const), args: fc.tuple(inner) }),
  );
}

const comparison = fc.constantFrom('eq' as const, 'ne', 'lt', 'le', 'gt', 'ge');
function condition(depth: number): fc.Arbitrary<Expression> {
  const texts_ = column(TEXT_COLUMNS);
  const days = column(DAY_COLUMNS);
  const leaf: fc.Arbitrary<Expression> = fc.oneof(
    fc.record({ op: comparison, args: two(numeric(1)) }),
    fc.record({ op: comparison, args: two(texts_, fc.oneof(texts_, value(fc.constantFrom(...CODES, 'half')))) }),
    fc.record({ op: comparison, args: two(days, fc.oneof(days, value(fc.constantFrom(...DAYS)))) }),
    fc.record({ op: comparison, args: two(value(fc.constantFrom(...DAYS)), days) }),
    fc.record({
      op: fc.constant('like' as const),
      args: two(texts_, value(fc.constantFrom('6%', '%xshe', 'h_lf', '%0%1%', ''))),
    }),
    fc.record({ op: fc.constant('is_null' as const), args: fc.tuple(numeric(1)) }),
    fc.record({
      op: fc.constant('in' as const),
      arg: texts_,
      values: fc.array(fc.option(code, { nil: null }), { maxLength: 3 }),
    }),
    fc.record({ op: fc.constant('in' as const), arg: numeric(0), values: fc.array(number, { maxLength: 3 }) }),
    fc.record({
      op: fc.constant('in' as const),
      arg: days,
      values: fc.array(fc.constantFrom(...DAYS), { maxLength: 2 }),
    }),
  );
  if (depth === 0) return leaf;
  const inner = condition(depth - 1);
  return fc.oneof(
    leaf,
    fc.record({ op: fc.constantFrom('and' as const, 'or'), args: fc.array(inner, { minLength: 1, maxLength: 3 }) }),
    fc.record({ op: fc.constant('not' as const), args: fc.tuple(inner) }),
  );
}

const anything = fc.oneof(numeric(2), column(TEXT_COLUMNS), column(DAY_COLUMNS), condition(1));
const aggregate: fc.Arbitrary<Expression> = fc.oneof(
  fc.record({
    op: fc.constant('function' as const),
    name: fc.constantFrom('sum' as const, 'avg'),
    args: fc.tuple(numeric(1)),
  }),
  fc.record({
    op: fc.constant('function' as const),
    name: fc.constantFrom('min' as const, 'max', 'count', 'count_distinct'),
    args: fc.tuple(anything),
  }),
);
const onCode: Expression = {
  op: 'eq',
  args: [
    { op: 'column', table: 'valuation', column: 'code' },
    { op: 'column', table: 'STK_XR_XD', column: 'code' },
  ],
};
const join = fc.record({
  table: fc.constant('STK_XR_XD'),
  on: fc.oneof(
    fc.constant(onCode),
    condition(0).map((extra): Expression => ({ op: 'and', args: [onCode, extra] })),
    condition(1),
  ),
  outer: fc.boolean(),
});

const named = (list: readonly Expression[]): QueryPlan['select'] =>
  list.map((expression, i) => ({ name: `c${i}`, expression }));
const ordering = (of: fc.Arbitrary<Expression>): fc.Arbitrary<QueryPlan['orderBy']> =>
  fc.array(fc.record({ expression: of, descending: fc.boolean() }), { maxLength: 2 });
const bound = fc.option(fc.integer({ min: 0, max: 6 }), { nil: null });
/** Every plan names valuation.code, which is where the tables of the join hang. */
const anchor: Expression = { op: 'column', table: 'valuation', column: 'code' };

function plans(shown: fc.Arbitrary<Expression>, groups: fc.Arbitrary<readonly Expression[]>): fc.Arbitrary<QueryPlan> {
  return fc.record({
    select: fc.array(shown, { maxLength: 4 }).map((list) => named([anchor, ...list])),
    filter: fc.array(condition(2), { maxLength: 2 }),
    orderBy: ordering(shown),
    groupBy: groups,
    having: fc.array(fc.record({ op: comparison, args: two(shownNumber(shown), someNumbers) }), { maxLength: 1 }),
    joins: fc.oneof(fc.constant([]), fc.tuple(join)),
    distinct: fc.boolean(),
    limit: bound,
    offset: bound,
  });
}

function shownNumber(shown: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> {
  return shown === aggregate
    ? fc.record({ op: fc.constant('function' as const), name: fc.constant('sum' as const), args: fc.tuple(numeric(0)) })
    : numeric(1);
}

/** Only what was asked for is brought, so that a wrong wish of the evaluator's shows. */
function loader(from: World): LoadTable {
  return (table, columns, codes, ranges) => {
    const rows = (from[table] ?? []).filter((row) => codes === null || codes.includes(String(row['code'])));
    const kept = rows.filter((row) =>
      [...ranges].every(([name, { from: least, to: most }]) => {
        const own = row[name];
        return own === null || own === undefined || (Number(own) >= least && Number(own) <= most);
      }),
    );
    return { rows: kept.length, columns: new Map(columns.map((name) => [name, columnOf(table, name, kept)])) };
  };
}

function columnOf(table: string, name: string, rows: readonly Row[]): DataColumn {
  const [kind] = catalogueColumn(table, name);
  const cells = rows.map((row) => row[name] ?? null);
  if (kind === 'text') return texts(cells.map((cell) => (cell === null ? null : String(cell))));
  return numbers(
    kind,
    cells.map((cell) => (cell === null ? Number.NaN : Number(cell))),
  );
}

function answer(plan: QueryPlan, from: World): readonly Row[] {
  const table = evaluate(plan, loader(from));
  return Array.from({ length: table.rows }, (_, row) =>
    Object.fromEntries(
      Array.from(table.columns, ([name, { values }]): [string, Cell] => {
        const cell = values[row] ?? null;
        return [name, Number.isNaN(cell) ? null : cell === 0 ? 0 : cell];
      }),
    ),
  );
}

/** The naive rows without −0. */
const plain = (rows: readonly Row[]): Row[] =>
  rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cell === 0 ? 0 : cell])));

describe('evaluate gives what a look at each row gives', () => {
  it('for rows', () => {
    fc.assert(
      fc.property(plans(anything, fc.constant([])), world, (plan, from) => {
        expect(answer(plan, from)).toEqual(plain(naive(plan, from)));
      }),
      { numRuns: 1500 },
    );
  });

  it('for groups and aggregates', () => {
    const groups = fc.array(fc.oneof(column(TEXT_COLUMNS), column(DAY_COLUMNS), numeric(0)), { maxLength: 2 });
    fc.assert(
      fc.property(plans(aggregate, groups), world, (plan, from) => {
        expect(answer(plan, from)).toEqual(plain(naive(plan, from)));
      }),
      { numRuns: 1500 },
    );
  });
});
