import { describe, expect, test } from 'vitest';
import { chinaInstant } from '../../../../src/domain/time.ts';
import { Tick } from '../../../../runtime/objects/tick.ts';
import { quote } from '../fake-host.ts';
import { codeOf } from '../helpers.ts';

const LEVELS = ['a', 'b'].flatMap((side) =>
  [1, 2, 3, 4, 5].flatMap((level) => [`${side}${level}_p`, `${side}${level}_v`]),
);

describe('Tick', () => {
  const full = quote('000001.XSHE', { time: chinaInstant('2026-07-06', '09:35:03') });

  test('shows a quote under JoinQuant’s names', () => {
    const tick = new Tick(full);
    expect([tick.code, tick.current, tick.open, tick.volume]).toEqual(['000001.XSHE', 10.5, 10.1, 1_000_000]);
    expect([tick.a1_p, tick.b1_p]).toEqual([10.5, 10.49]);
    expect(tick.datetime?.strftime('%F %T')).toBe('2026-07-06 09:35:03');
    expect(String(tick)).toBe(
      "Tick({'code': '000001.XSHE', 'datetime': '2026-07-06 09:35:03', 'current': 10.5, 'open': 10.1, 'volume': 1000000, 'a1_p': 10.5, 'b1_p': 10.49})",
    );
  });

  test('what no quote holds is there, and NaN', () => {
    const tick = new Tick(full);
    const unknown = ['high', 'low', 'money', 'position', ...LEVELS.filter((name) => !/^[ab]1_p$/u.test(name))];
    for (const name of unknown) expect([name, Reflect.get(tick, name)]).toEqual([name, Number.NaN]);
    expect(unknown).toHaveLength(22);
  });

  test('what this quote lacks is NaN, never 0; its time null', () => {
    const tick = new Tick(
      quote('000001.XSHE', { lastPrice: null, dayOpen: null, volume: null, ask1: null, bid1: null }),
    );
    expect([tick.current, tick.open, tick.volume, tick.a1_p, tick.b1_p]).toEqual(Array(5).fill(Number.NaN));
    expect(tick.datetime).toBeNull();
    expect(tick.current > 0 || tick.current <= 0).toBe(false);
  });

  test.each(['current', 'a1_p', 'b5_v', 'code'])('%s cannot be assigned', (name) => {
    const tick = new Tick(full) as unknown as Record<string, unknown>;
    expect(codeOf(() => void (tick[name] = 1)).code).toBe('READ_ONLY');
  });
});
