import { describe, expect, it } from 'vitest';
import { valueOn } from '../../../../src/domain/market/dated.ts';

describe('valueOn', () => {
  const rows = [
    { validFrom: '2020-01-01', value: 1, source: 'first' },
    { validFrom: '2022-06-01', value: 2, source: 'second' },
  ];

  it.each([
    ['2019-12-31', null],
    ['2020-01-01', 1],
    ['2022-05-31', 1],
    ['2022-06-01', 2],
    ['9999-12-31', 2],
  ])('%s: %s', (day, value) => {
    expect(valueOn(rows, day)).toBe(value);
  });

  it('is null for an empty table', () => {
    expect(valueOn([], '2026-01-01')).toBeNull();
  });
});
