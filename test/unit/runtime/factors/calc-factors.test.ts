import { describe, expect, test } from 'vitest';
import type { Series } from 'jqdata';
import { calc_factors, Factor } from '../../../../runtime/libraries/jqfactor.ts';
import type { FactorData } from '../../../../runtime/factors/factor.ts';
import { numbers, tableOf, texts } from '../../../../src/domain/data/table.ts';
import { bindFake, block } from '../fake-host.ts';
import type { FakeHost } from '../fake-host.ts';
import { codeOf, untyped } from '../helpers.ts';

const A = '000001.XSHE';
const B = '600000.XSHG';
const DAYS = ['2026-06-29', '2026-06-30', '2026-07-01', '2026-07-02', '2026-07-03'];
const at = (day: string): number => Date.parse(`${day}T00:00:00+08:00`);

/** A halves its price by a bonus on 07-02; B does not trade on 07-01. */
function market(): FakeHost {
  const host = bindFake();
  host.days = DAYS;
  host.tradeDays = (start, end, count) => {
    const known = DAYS.filter((day) => (start === null || day >= start) && (end === null || day <= end));
    return count === null ? known : known.slice(-count);
  };
  host.bars = (security, { start, skipPaused, adjust }) => {
    const paused = security === B && skipPaused;
    const days = DAYS.filter((day) => at(day) >= (start ?? 0) && !(paused && day === '2026-07-01'));
    const close = security === A ? [10, 11, 12, 6.5, 7] : [20, 21, 21, 22, 23];
    const of = (values: readonly number[]): number[] => days.map((day) => values[DAYS.indexOf(day)] ?? NaN);
    // As gateways answer: the factor is that of the adjustment that was asked for.
    const factors = security === A && adjust === 'post' ? [1, 1, 1, 2, 2] : [1, 1, 1, 1, 1];
    return block(security, days, {
      close: of(close.map((price, i) => price * (factors[i] ?? NaN))),
      factor: of(factors),
    });
  };
  return host;
}

class Mean extends Factor {
  override readonly name = 'mean';
  override readonly max_window = 2;
  override readonly dependencies = ['close'];
  override calc(data: FactorData): Series {
    return data['close']?.mean() as Series;
  }
}

describe('calc_factors', () => {
  test('calls calc for each day with the window that ends there, adjusted from the first day of all', () => {
    market();
    const table = calc_factors([A, B], [new Mean()], '2026-07-01', '2026-07-03')['mean'];
    expect(table?.index.tolist().map((day) => String(day).slice(0, 10))).toEqual(DAYS.slice(2));
    expect(table?.values).toEqual([
      [11.5, 21],
      [12.5, 21.5],
      [13.5, 22.5],
    ]);
  });

  test('as prices looked on the day; without days that were paused, rows numbered', () => {
    market();
    const options = { start_date: '2026-07-02', end_date: '2026-07-02' };
    const real = calc_factors([A], [new Mean()], { ...options, use_real_price: true })['mean'];
    expect(real?.values).toEqual([[6.25]]);
    class Rows extends Mean {
      override calc(data: FactorData): Series {
        expect(data['close']?.index.tolist()).toEqual([0, 1]);
        return super.calc(data);
      }
    }
    const skipped = calc_factors([B], [new Rows()], { ...options, skip_paused: true })['mean'];
    expect(skipped?.values).toEqual([[21.5]]);
  });

  test('figures, membership and other securities come by name', () => {
    const host = market();
    host.table = (request) => {
      if (request.dataset === 'index_members') return tableOf({ code: texts([B]) });
      const days = request.dataset === 'query' ? (request.params.days ?? []) : [];
      const rows = days.flatMap((day) => [A, B].map((code) => [day, code] as const));
      return tableOf({
        day: numbers(
          'day',
          rows.map(([day]) => at(day)),
        ),
        code: texts(rows.map(([, code]) => code)),
        value: numbers(
          'float',
          rows.map(([, code]) => (code === A ? 100 : 200)),
        ),
      });
    };
    class Mixed extends Factor {
      override readonly name = 'mixed';
      override readonly dependencies = ['market_cap', '000300.XSHG'];
      override calc(data: FactorData): Series {
        expect(String(this._current_date)).toBe('2026-07-03');
        const index = this._get_extra_data({ securities: ['000300.XSHG'], fields: ['close'] });
        const points = index['close']?.iat(0, 0) ?? NaN;
        return data['market_cap']?.mean().mul(data['000300.XSHG']?.mean()).add(points) as Series;
      }
    }
    const table = calc_factors([A, B], [new Mixed()], '2026-07-03', '2026-07-03')['mixed'];
    expect(table?.values).toEqual([[23, 223]]);
  });

  test('a day that is not over, a result that is no Series, and what is no factor are refused', () => {
    market();
    class Wrong extends Mean {
      override calc(data: FactorData): Series {
        return data['close'] as unknown as Series;
      }
    }
    const day = '2026-07-03';
    expect(codeOf(() => calc_factors([A], [new Mean()], day, '2026-07-06')).message).toContain('before today');
    expect(codeOf(() => calc_factors([A], [new Wrong()], day, day)).message).toContain('.mean()');
    expect(codeOf(() => untyped(calc_factors)([A], [Mean], day, day)).message).toContain('new MyFactor()');
    expect(codeOf(() => new Mean()._get_extra_data(A, ['close'])).code).toBe('WRONG_PHASE');
  });
});
