import { expect, test } from 'vitest';
import { markedDays, markedPoints } from '../../../src/status/equity.ts';

const points = [10, 20, 30, 40].map((at) => ({ at, total: at, cash: 0 }));
const first = (from: number): number | null => points.find(({ at }) => at >= from)?.at ?? null;
const shifts = (all: readonly { readonly at: number; readonly shift?: number | undefined }[]): unknown[] =>
  all.flatMap(({ at, shift }) => (shift === undefined ? [] : [[at, shift]]));

test('the first point after a change of what is seen bears what came in sight, and no other', () => {
  expect(shifts(markedPoints(points, [{ at: 25, shift: -500 }], first))).toEqual([[30, -500]]);
  expect(shifts(markedPoints(points, [], first))).toEqual([]);
});

test('changes without a point between them are one, and one that nothing follows is none', () => {
  const changes = [
    { at: 21, shift: 500 },
    { at: 29, shift: -200 },
    { at: 50, shift: 7 },
  ];
  expect(shifts(markedPoints(points, changes, first))).toEqual([[30, 300]]);
});

test('a change of a day that is not shown marks nothing of this one', () => {
  expect(shifts(markedPoints(points.slice(2), [{ at: 5, shift: 500 }], first))).toEqual([]);
});

test('of days it is the first that ends after the change, and never the first of all', () => {
  expect(shifts(markedDays(points, [{ at: 15, shift: 1 }]))).toEqual([[20, 1]]);
  expect(shifts(markedDays(points, [{ at: 5, shift: 1 }]))).toEqual([]);
  expect(markedDays([], [{ at: 5, shift: 1 }])).toEqual([]);
});
