import { describe, expect, test, vi } from 'vitest';
import * as format from '../../../../src/page/client/format.ts';

describe('figures', () => {
  test('that are not known are a dash, and never 0', () => {
    const { money, signed, signedPercent, percent, price, count, timeOfDay, timeOn, duration } = format;
    const read = [money, signed, signedPercent, percent, price, count, timeOfDay, duration].map((write) => write(null));
    expect([...read, timeOn(null, '2026-07-06')]).toEqual(Array.from({ length: 9 }, () => '—'));
  });

  test('that are 0 are 0', () => {
    expect([format.money(0), format.signed(0), format.percent(0), format.price(0), format.count(0)]).toEqual([
      '0.00',
      '0.00',
      '0.00%',
      '0.00',
      '0',
    ]);
    expect([format.signed(-0.001), format.trend(0), format.trend(null)]).toEqual(['0.00', '', '']);
  });

  test.each<[string, string]>([
    [format.money(1_052_340.5), '1,052,340.50'],
    [format.signed(8_214.6), '+8,214.60'],
    [format.signed(-80), '−80.00'],
    [format.signedPercent(-8), '−8.00%'],
    [format.price(14.2668), '14.2668'],
    [format.price(1680), '1680.00'],
    [format.count(12_300), '12,300'],
    [format.duration(8), '8 ms'],
    [format.duration(2_340), '2.3 s'],
    [format.duration(83_000), '1 min 23 s'],
    [format.megabytes(1_482_752), '1.4 MB'],
  ])('%s', (text, wanted) => {
    expect(text).toBe(wanted);
  });

  test('times are those of Shanghai, with their day where it is another one', () => {
    const ms = Date.parse('2026-07-06T09:31:05.042+08:00');
    expect(format.moment(ms)).toBe('2026-07-06 09:31:05');
    expect(format.timeOn(ms, '2026-07-06')).toBe('09:31:05');
    expect(format.exactTimeOn(ms, '2026-07-06')).toBe('09:31:05.042');
    expect(format.timeOn(ms, '2026-07-07')).toBe('07-06 09:31:05');
  });

  test('an age is told in what fits', () => {
    vi.stubGlobal('matchMedia', () => ({ matches: false }));
    expect([-5, 4_999, 119_000, 130_000, 7_300_000].map((ms) => format.age(ms))).toEqual([
      '0 s',
      '4 s',
      '119 s',
      '2 min',
      '2 h',
    ]);
    vi.unstubAllGlobals();
  });
});
