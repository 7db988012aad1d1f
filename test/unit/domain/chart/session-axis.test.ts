import fc from 'fast-check';
import { expect, test } from 'vitest';
import { piecesOf, sessionPlace, timeOfPlace } from '../../../../src/domain/chart/session-axis.ts';
import { chinaInstant } from '../../../../src/domain/time.ts';

const MINUTE = 60_000;
const DAY = '2026-07-06';
const at = (time: string): number => chinaInstant(DAY, time);
const point = (time: string, more: { readonly shift?: number } = {}) => ({ at: at(time), total: 1, ...more });
const timesOf = (pieces: readonly (readonly { readonly at: number }[])[]): number[][] =>
  pieces.map((piece) => piece.map((each) => each.at));

test('minutes stand apart by the time between them, and lunch takes no room', () => {
  expect(sessionPlace(at('09:31')) - sessionPlace(at('09:30'))).toBe(MINUTE);
  expect(sessionPlace(at('13:00'))).toBe(sessionPlace(at('11:30')));
  expect(sessionPlace(at('12:10'))).toBe(sessionPlace(at('11:30')));
  expect(sessionPlace(at('14:00')) - sessionPlace(at('11:00'))).toBe(90 * MINUTE);
  expect(sessionPlace(chinaInstant('2026-07-07', '10:00'))).toBe(sessionPlace(at('10:00')));
});

test('a place is a time of the session again', () => {
  const minutes = fc.oneof(fc.integer({ min: 9 * 60, max: 690 }), fc.integer({ min: 781, max: 930 }));
  fc.assert(
    fc.property(minutes, (minute) => {
      expect(timeOfPlace(sessionPlace(chinaInstant(DAY, '00:00') + minute * MINUTE))).toBe(minute * MINUTE);
    }),
  );
});

test('a curve is interrupted where nothing is known for long, not by lunch, and where something else is counted', () => {
  const points = [point('11:28'), point('11:29'), point('13:00'), point('13:01'), point('13:30'), point('13:31')];
  expect(timesOf(piecesOf(points, sessionPlace))).toEqual([
    ['11:28', '11:29', '13:00', '13:01'].map(at),
    ['13:30', '13:31'].map(at),
  ]);
  const changed = [point('10:00'), point('10:01', { shift: 500 }), point('10:02')];
  expect(timesOf(piecesOf(changed, sessionPlace))).toEqual([[at('10:00')], ['10:01', '10:02'].map(at)]);
  expect(piecesOf([], sessionPlace)).toEqual([]);
});
