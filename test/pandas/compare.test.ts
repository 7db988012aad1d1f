import { describe, expect, it } from 'vitest';
import { difference } from './compare.ts';
import type { Tagged } from './value.ts';

const series = (data: readonly Tagged[], dtype = 'float64', name: string | null = 'v'): Tagged => ({
  $series: { data, dtype, name, index: { labels: data.map((_, i) => i), dtype: 'int64', name: null } },
});

describe('the comparison with pandas', () => {
  it.each<[string, Tagged, Tagged]>([
    ['NaN', { $n: 'NaN' }, { $n: 'NaN' }],
    ['last digits', 0.1 + 0.2, 0.3],
    ['last digits of large numbers', 1e15, 1e15 + 1],
    ['whole tables', series([1, { $n: 'NaN' }]), series([1, { $n: 'NaN' }])],
    ['whole and decimal spelling', 1, 1.0],
    ['a number and its text as a key', { $dict: [[1, 2]] }, { $dict: [['1', 2]] }],
  ])('takes as the same: %s', (_, expected, got) => {
    expect(difference(expected, got)).toBeNull();
  });

  it.each<[string, Tagged, Tagged]>([
    ['NaN and null', { $n: 'NaN' }, null],
    ['NaN and a number', { $n: 'NaN' }, 0],
    ['the two infinities', { $n: 'inf' }, { $n: '-inf' }],
    ['the ninth digit', 1, 1 + 1e-9],
    ['a number and its text', 1, '1'],
    ['a boolean and a number', true, 1],
    ['a list and a table', [1], series([1])],
    ['a longer list', [1, 2], [1]],
    ['a shorter list', [1], [1, 2]],
    ['the keys of a dict', { $dict: [['a', 1]] }, { $dict: [['b', 1]] }],
    ['the values of a dict', { $dict: [['a', 1]] }, { $dict: [['a', 2]] }],
    [
      'a longer dict',
      { $dict: [['a', 1]] },
      {
        $dict: [
          ['a', 1],
          ['b', 2],
        ],
      },
    ],
    ['a value', series([1, 2]), series([1, 3])],
    ['a type', series([1, 2]), series([1, 2], 'int64')],
    ['a name', series([1, 2]), series([1, 2], 'float64', null)],
    ['a text', 'a\nb', 'a\nb '],
    ['a time', { $t: '2026-07-01 00:00:00' }, { $t: '2026-07-01 09:31:00' }],
  ])('tells apart: %s', (_, expected, got) => {
    expect(difference(expected, got)).not.toBeNull();
  });
});
