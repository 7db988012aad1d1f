import { describe, expect, it } from 'vitest';
import { evaluateDays as inSteps } from '../../../../../src/domain/data/query/evaluate-days.ts';
import { plainPlan } from '../../../../../src/domain/data/query-plan.ts';
import type { QueryPlan } from '../../../../../src/domain/data/query-plan.ts';
import { numbers, tableOf, texts } from '../../../../../src/domain/data/table.ts';
import { finished } from '../../../../../src/domain/steps.ts';
import { chinaInstant } from '../../../../../src/domain/time.ts';

function plan(table: string, ...columns: readonly string[]): QueryPlan {
  return plainPlan(columns.map((column) => ({ name: column, expression: { op: 'column', table, column } })));
}

const evaluateDays = (...asked: Parameters<typeof inSteps>) => finished(inSteps(...asked));

describe('evaluateDays', () => {
  const days = ['2026-07-02', '2026-07-03'].map((day) => chinaInstant(day, '00:00'));
  const load = (at: number) => () =>
    tableOf({
      code: texts(['A', 'B']),
      day: numbers('day', [0, 0]),
      pe_ratio: numbers('float', [at + 2, Number.NaN]),
    });

  it('puts the answers of days one under the other, with the day that was asked for and the code', () => {
    const table = evaluateDays(plan('valuation', 'pe_ratio', 'day'), days, load);
    expect([...table.columns.keys()]).toEqual(['day', 'code', 'pe_ratio']);
    expect([...(table.columns.get('day')?.values ?? [])]).toEqual(days.flatMap((day) => [day, day]));
    expect(table.columns.get('code')?.values).toEqual(['A', 'B', 'A', 'B']);
    expect([...(table.columns.get('pe_ratio')?.values ?? [])]).toEqual([2, Number.NaN, 3, Number.NaN]);
  });

  it('limits each day', () => {
    const table = evaluateDays({ ...plan('valuation', 'pe_ratio'), limit: 1 }, days, load);
    expect(table.columns.get('code')?.values).toEqual(['A', 'A']);
  });

  it('has the same columns without days', () => {
    const { rows, columns } = evaluateDays(plan('income', 'statDate', 'net_profit'), [], load);
    expect([rows, Array.from(columns, ([name, { kind }]) => [name, kind])]).toEqual([
      0,
      [
        ['day', 'day'],
        ['code', 'text'],
        ['statDate', 'day'],
        ['net_profit', 'float'],
      ],
    ]);
  });

  it('refuses what is about no securities', () => {
    expect(() => evaluateDays(plan('MAC_CPI_MONTH', 'cpi_month'), [], load)).toThrow('table of securities');
  });
});
