import { describe, expect, it } from 'vitest';
import { parseUnit } from '../../../../src/engine/data/unit.ts';

describe('parseUnit', () => {
  it.each([
    ['1d', '1d', 1],
    ['daily', '1d', 1],
    ['5d', '1d', 5],
    ['1m', '1m', 1],
    ['minute', '1m', 1],
    ['60m', '1m', 60],
    ['240m', '1m', 240],
    ['1000d', '1d', 1000],
  ] as const)('%s is %s × %i', (text, base, size) => {
    expect(parseUnit(text)).toEqual({ base, size, period: null });
  });

  it('1w and 1M are the weeks and months of the calendar', () => {
    expect(parseUnit('1w')).toMatchObject({ base: '1d', period: 'week' });
    expect(parseUnit('1M')).toMatchObject({ base: '1d', period: 'month' });
  });

  it.each(['', 'd', '0d', '05m', '-1d', '1.5d', '10000d', '2w', '1D', '5 m', ' 1d', '1d\n', 'weekly'])(
    "'%s' is no unit, and the author is told what is",
    (text) => {
      expect(() => parseUnit(text)).toThrow(expect.objectContaining({ code: 'BAD_UNIT', fault: 'strategy' }));
      expect(() => parseUnit(text)).toThrow(/Write 1d, 5d, 1m, 5m/);
    },
  );
});
