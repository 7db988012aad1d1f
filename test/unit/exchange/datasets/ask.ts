import fc from 'fast-check';
import type { DataRequest } from '../../../../src/domain/data/datasets.ts';
import type { DataTable } from '../../../../src/domain/data/table.ts';
import { chinaInstant } from '../../../../src/domain/time.ts';
import { answerOf } from '../../../../src/exchange/datasets/index.ts';
import { Market } from '../../../../src/exchange/market.ts';

export const market = new Market(7);

/** What the paper market answered at `YYYY-MM-DD HH:MM[:SS]` in China. */
export function askAt(when: string, request: DataRequest): DataTable {
  return answerOf(market, request, at(when));
}

export function at(when: string): number {
  const [day = '', time = ''] = when.split(' ');
  return chinaInstant(day, time);
}

/** Rows as objects; a missing number is null. */
export function rowsOf({ rows, columns }: DataTable): Record<string, string | number | null>[] {
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(
      [...columns].map(([name, { values }]) => {
        const value = values[row] ?? null;
        return [name, typeof value === 'number' && Number.isNaN(value) ? null : value];
      }),
    ),
  );
}

/** Stocks of Shanghai's main board that are not delisted, familiar ones among them. */
export const anyStock = fc.oneof(
  fc.constantFrom('600519.XSHG', '600036.XSHG', '601318.XSHG'),
  fc
    .integer({ min: 600_100, max: 600_999 })
    .map((number) => `${number}.XSHG`)
    .filter((code) => market.instrument(code).lastIndex === null),
);

/** Some trading day of a year. */
export const anyDay = fc
  .integer({ min: 0, max: 200 })
  .map((back) => market.days.day(market.days.indexWithin(chinaInstant('2026-06-30', '00:00')) - back));
