import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { date } from 'jqdata';
import { numbers, tableOf, texts } from '../../../../../src/domain/data/table.ts';
import { chinaInstant } from '../../../../../src/domain/time.ts';
import { indicatorSpecs } from '../../../../../runtime/indicators/technical/define.ts';
import * as ta from '../../../../../runtime/indicators/technical/index.ts';
import { codeOf, untyped } from '../../helpers.ts';
import { marketOf, wander } from './market.ts';

const A = '000001.XSHE';
const B = '600000.XSHG';
const bars = wander(700, 3);

describe('what an indicator asks for', () => {
  test('one request for the whole list, its bars and no more', () => {
    const host = marketOf({ [A]: bars, [B]: wander(700, 4) });
    const values = ta.MA([A, B, A], '2026-07-03', 20);
    expect(values.keys()).toEqual([A, B]);
    expect(host.asked).toHaveLength(1);
    expect(host.asked[0]).toMatchObject({
      securities: [A, B],
      unit: '1d',
      count: 20,
      fields: ['close'],
      skipPaused: true,
      includeToday: true,
      adjust: 'pre',
    });
  });

  test('a day means its close, an instant itself, and midnight the evening before', () => {
    const host = marketOf({ [A]: bars });
    ta.MA(A, '2026-07-02');
    ta.MA(A, date(2026, 7, 2));
    ta.MA(A, '2026-07-02 10:30:00');
    ta.MA(A, DateTime.fromISO('2026-07-02T00:00:00+08:00'), { include_now: false });
    ta.MA(A, '2030-01-01');
    const at = (day: string, time: string): number => chinaInstant(day, time);
    expect(host.asked.map(({ end }) => end)).toEqual([
      at('2026-07-02', '15:00'),
      at('2026-07-02', '15:00'),
      at('2026-07-02', '10:30'),
      at('2026-07-02', '00:00') - 1,
      host.context.logicalTime, // nothing of the future
    ]);
    expect(host.asked[3]?.includeToday).toBe(false);
  });

  test('prices as of another day come from raw prices and the factor of that day', () => {
    const halved = { ...bars, factor: (bars['factor'] ?? []).map((_, i) => (i < 690 ? 1 : 2)) };
    const host = marketOf({ [A]: halved });
    const mean = ((bars.close.at(-1) ?? NaN) + (bars.close.at(-2) ?? NaN)) / 2;
    host.bars = ((answer) => (security, request) => {
      if (request.count === 1) return { security, time: Float64Array.of(0), columns: { factor: Float64Array.of(1) } };
      return answer(security, request);
    })(host.bars);
    expect(ta.MA(A, '2026-07-03', 2, { fq_ref_date: '2010-01-04' }).get(A)).toBeCloseTo(mean * 2, 9);
    expect(host.asked.map(({ adjust }) => adjust)).toEqual(['none', 'none']);
    ta.MA(A, '2026-07-03', 2, { fq_ref_date: '2026-07-06' });
    expect(host.asked[2]).toMatchObject({ adjust: 'pre', fields: ['close'] });
  });

  test('a security without bars has NaN, one with too few as well, and an empty list no question', () => {
    const host = marketOf({ [A]: { close: [10, 11] } });
    expect(ta.MA([A, B], '2026-07-03', 5).values()).toEqual([NaN, NaN]);
    expect(ta.MA([], '2026-07-03').length).toBe(0);
    expect(host.asked).toHaveLength(1);
  });

  test('the turnover needs the shares in the market of each day', () => {
    const host = marketOf({ [A]: bars });
    host.table = (request) => {
      expect(request).toMatchObject({ dataset: 'query', params: { database: 'fundamentals' } });
      const { days, query } = request.dataset === 'query' ? request.params : { days: null, query: null };
      const shares = query?.select.find(
        ({ expression }) => expression.op === 'column' && expression.column === 'circulating_cap',
      );
      return tableOf({
        day: numbers(
          'day',
          (days ?? []).map((day) => chinaInstant(day, '00:00')),
        ),
        code: texts((days ?? []).map(() => A)),
        [shares?.name ?? 'none']: numbers(
          'float',
          (days ?? []).map(() => 5000),
        ),
      });
    };
    const [now, mean] = ta.HSL(A, '2026-07-03', 5);
    const percent = (bars['volume'] ?? []).slice(-5).map((volume) => volume / 5000 / 100);
    expect(now.get(A)).toBeCloseTo(percent.at(-1) ?? NaN, 9);
    expect(mean.get(A)).toBeCloseTo(percent.reduce((a, b) => a + b, 0) / 5, 9);
    expect(ta.CYF(A, '2026-07-03').get(A)).toBeGreaterThan(0);
  });

  test('the volume ratio compares minutes with minutes', () => {
    const host = marketOf({ [A]: { volume: [2400, 2400, 2400, 2400, 2400, 100] } });
    host.context = { ...host.context, logicalTime: chinaInstant('2026-07-03', '09:40') };
    expect(ta.LB(A, '2026-07-03 09:40:00').get(A)).toBeCloseTo(1, 9);
    expect(ta.LB(A, '2026-07-02').get(A)).toBeNaN();
  });
});

describe('every indicator', () => {
  test.each(indicatorSpecs().map((spec) => [spec.name, spec] as const))(
    '%s gives a finite number for each result on a market that moves',
    (name, { index, outputs }) => {
      marketOf({ [A]: bars, [B]: wander(700, 5) });
      const call = untyped(Reflect.get(ta, name));
      const answer = index ? call(B, A, '2026-07-03') : call(A, '2026-07-03');
      const dicts = (outputs.length === 1 ? [answer] : answer) as readonly { get(code: string): number | null }[];
      expect(dicts).toHaveLength(outputs.length);
      // What JAX, TBP_STD and CFJT show depends on the side the price is on: the other side's lines are gaps there.
      const shown = dicts.filter((dict) => Number.isFinite(dict.get(A) ?? NaN)).length;
      expect(shown).toBeGreaterThanOrEqual(/^(?:JAX|TBP_STD|CFJT)$/.test(name) ? outputs.length - 2 : outputs.length);
    },
  );

  test('takes its numbers by position and by name, and refuses others', () => {
    marketOf({ [A]: bars });
    expect(ta.KDJ(A, '2026-07-03', 9, 3, 3)[0].get(A)).toBe(ta.KDJ(A, '2026-07-03', { N: 9 })[0].get(A));
    expect(codeOf(() => untyped(ta.KDJ)(A, '2026-07-03', { n: 9 })).message).toContain("no argument 'n'");
    expect(codeOf(() => ta.MA(A, '2026-07-03', 0)).message).toContain('at least 1');
    expect(codeOf(() => untyped(ta.MA)(A)).message).toContain("'check_date'");
    expect(codeOf(() => ta.CCL('IF2609.CCFX')).code).toBe('UNSUPPORTED');
  });
});
