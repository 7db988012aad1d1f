import { expect, test } from 'vitest';
import { instanceToShow, isStale, NOTHING, withLines } from '../../../../src/page/client/state/page-state.ts';

const one = (instance: string, running: boolean) => {
  return { instance, name: instance, broker: '', endpoint: '', clock: 'wall', running, problem: null };
};

test('the instance that is shown is the one that was chosen, else one that runs, else the first', () => {
  const all = [one('a', false), one('b', true), one('c', true)];
  expect(instanceToShow(all, 'c')).toBe('c');
  expect(instanceToShow(all, 'gone')).toBe('b');
  expect(instanceToShow([one('a', false)], null)).toBe('a');
  expect(instanceToShow([], 'a')).toBeNull();
});

test('figures are of before as soon as the server is lost, or cannot read them', () => {
  expect(isStale({ link: 'live', trouble: null })).toBe(false);
  expect(isStale({ link: 'lost', trouble: null })).toBe(true);
  expect(isStale({ link: 'connecting', trouble: null })).toBe(true);
  expect(isStale({ link: 'live', trouble: { code: 'X', text: '' } })).toBe(true);
});

test('of the log the last two thousand lines are kept', () => {
  const lines = Array.from({ length: 1_500 }, (_, n) => ({
    n,
    market: '',
    level: 'info' as const,
    source: '',
    text: '',
  }));
  const state = withLines(withLines(NOTHING, lines), lines);
  expect(state.log).toHaveLength(2_000);
  expect(state.log[0]?.n).toBe(1_000);
});
