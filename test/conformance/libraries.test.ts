import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Stage } from './harness.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open({ now: '2026-07-06 10:03' });
});
afterAll(() => stage.close());

/** A library as the bundle of a strategy loads it. */
type Load = (name: string) => Promise<Record<string, (...values: readonly unknown[]) => never>>;

describe('the libraries on the paper market, through border and wire', () => {
  it('jqlib: an indicator is what its bars say; the turnover knows the shares in the market', async () => {
    const [mean, bars, turnover, volume] = await stage.run(async (jq) => {
      const load = Reflect.get(globalThis, Symbol.for('bt-live.library.v1')) as Load;
      const { MA, HSL } = await load('jqlib.technical_analysis');
      const codes = ['000001.XSHE', '600000.XSHG'];
      const values = MA?.(codes, '2026-07-03', 5) as never as { get(code: string): number };
      const now = HSL?.(codes, '2026-07-03', 5) as never as readonly { get(code: string): number }[];
      const closes = jq.get_price('600000.XSHG', { end_date: '2026-07-03', count: 5, fields: ['close', 'volume'] });
      const shares = jq.get_valuation('600000.XSHG', { end_date: '2026-07-03', count: 1, fields: ['circulating_cap'] });
      return [
        values.get('600000.XSHG'),
        closes.close.mean(),
        now[0]?.get('600000.XSHG') ?? NaN,
        closes.volume.at(-1) / shares.circulating_cap.at(-1) / 100,
      ];
    });
    expect(mean).toBeCloseTo(bars ?? NaN, 6);
    expect(turnover).toBeCloseTo(volume ?? NaN, 6);
  });

  it('alpha101 and alpha191: a formula is what its bars say, with index members and a benchmark', async () => {
    const [first, second, members, falling, bars] = await stage.run(async (jq) => {
      const load = Reflect.get(globalThis, Symbol.for('bt-live.library.v1')) as Load;
      const { alpha_101, alpha_056 } = await load('jqlib.alpha101');
      const { alpha_014, alpha_182 } = await load('jqlib.alpha191');
      type Told = { get(code: string): number; count(): number; length: number };
      const told = (value: unknown): Told => value as Told;
      const codes = ['000001.XSHE', '600000.XSHG'];
      const day = jq.get_price('600000.XSHG', {
        end_date: '2026-07-03',
        count: 6,
        fields: ['open', 'close', 'high', 'low'],
      });
      const at = (name: 'open' | 'close' | 'high' | 'low', i: number): number => day.col(name).at(i);
      const index = told(alpha_056?.('2026-07-03', '000300.XSHG'));
      return [
        told(alpha_101?.('2026-07-03', codes)).get('600000.XSHG'),
        told(alpha_014?.(codes, '2026-07-03')).get('600000.XSHG'),
        [index.length, index.count()],
        told(alpha_182?.(codes, '000300.XSHG', '2026-07-03')).get('000001.XSHE'),
        [
          (at('close', -1) - at('open', -1)) / (at('high', -1) - at('low', -1) + 0.001),
          at('close', -1) - at('close', 0),
        ],
      ] as const;
    });
    expect(first).toBeCloseTo(bars[0], 6);
    expect(second).toBeCloseTo(bars[1], 6);
    expect(members[0]).toBe(300);
    expect(members[1]).toBeGreaterThan(250);
    expect(falling * 20).toBeCloseTo(Math.round(falling * 20), 9);
  });

  it('neutralize: nothing is left of an industry, nor of the market value', async () => {
    const [left, size] = await stage.run((jq) => {
      const codes = jq.get_all_securities(['stock'], '2026-07-03').index.tolist().slice(0, 60).map(String);
      const table = jq.get_fundamentals(
        jq
          .query(jq.valuation.code, jq.valuation.pb_ratio, jq.valuation.market_cap)
          .filter(jq.valuation.code.in_(codes)),
        '2026-07-03',
      );
      const values = table.set_index('code');
      const rest = jq.neutralize(values.col('pb_ratio') as never, ['sw_l1', 'market_cap'], '2026-07-03') as never as {
        mul(other: unknown): { sum(): number };
        sum(): number;
        count(): number;
      };
      return [[rest.count(), rest.sum()], [rest.mul(values.col('market_cap')).sum()]];
    });
    expect(left?.[0]).toBeGreaterThan(50);
    expect(left?.[1]).toBeCloseTo(0, 6);
    expect(Math.abs(size?.[0] ?? NaN)).toBeLessThan(1e-3);
  });

  it('calc_factors: prices, figures, factors of the library and members of an index', async () => {
    const rows = await stage.run(async (jq) => {
      const load = Reflect.get(globalThis, Symbol.for('bt-live.library.v1')) as Load;
      const { Factor, calc_factors } = await load('jqfactor');
      const Base = Factor as unknown as new () => object;
      class Mixed extends Base {
        name = 'mixed';
        max_window = 3;
        dependencies = ['close', 'market_cap', 'total_assets', '000300.XSHG', 'VOL5'];
        calc(
          data: Record<string, { mean(): unknown; shape: readonly number[]; isnull(): { sum(): { sum(): number } } }>,
        ) {
          for (const name of this.dependencies) {
            const table = data[name];
            if (String(table?.shape) !== '3,2') throw new Error(`${name}: ${String(table?.shape)}`);
            if (table?.isnull().sum().sum() !== 0) throw new Error(`${name} has gaps`);
          }
          return data['close']?.mean();
        }
      }
      const codes = ['000001.XSHE', '600000.XSHG'];
      const tables = calc_factors?.(codes, [new Mixed()], '2026-07-01', '2026-07-02') as never as Record<
        string,
        { values: number[][] }
      >;
      const raw = jq.get_price('600000.XSHG', { end_date: '2026-07-02', count: 3, fields: ['close'], fq: 'post' });
      return [tables['mixed']?.values.at(-1)?.[1] ?? NaN, raw.close.mean()];
    });
    expect(rows[0]).toBeCloseTo(rows[1] ?? NaN, 6);
  });
});
