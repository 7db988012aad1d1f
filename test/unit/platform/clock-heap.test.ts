import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ClockHeap } from '../../../src/platform/clock-heap.ts';

describe('ClockHeap', () => {
  test('runs what is due by instant, then by order of arrival, and nothing that was cancelled', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ instant: fc.integer({ min: 0, max: 20 }), cancel: fc.boolean() })),
        (entries) => {
          const heap = new ClockHeap();
          const ran: number[] = [];
          const timers = entries.map(({ instant }, index) => heap.push(instant, () => ran.push(index)));
          entries.forEach(({ cancel }, index) => {
            if (cancel) timers[index]?.cancel();
          });
          heap.runDue(10);
          const expected = entries
            .map(({ instant, cancel }, index) => ({ instant, cancel, index }))
            .filter(({ instant, cancel }) => !cancel && instant <= 10)
            .sort((a, b) => (a.instant === b.instant ? a.index - b.index : a.instant - b.instant))
            .map(({ index }) => index);
          expect(ran).toEqual(expected);
          const left = entries.filter(({ instant, cancel }) => !cancel && instant > 10).map(({ instant }) => instant);
          expect(heap.next()).toBe(left.length === 0 ? null : Math.min(...left));
        },
      ),
    );
  });

  test('what a callback adds waits for the next call, so a callback that re-arms itself cannot starve the loop', () => {
    const heap = new ClockHeap();
    let runs = 0;
    const again = (): void => {
      runs += 1;
      heap.push(1, again);
    };
    heap.push(1, again);
    heap.runDue(5);
    expect(runs).toBe(1);
    heap.runDue(5);
    expect(runs).toBe(2);
  });

  test('a callback may cancel another that is due at the same instant', () => {
    const heap = new ClockHeap();
    const ran: string[] = [];
    heap.push(1, () => {
      ran.push('first');
      second.cancel();
    });
    const second = heap.push(1, () => ran.push('second'));
    heap.runDue(1);
    expect(ran).toEqual(['first']);
    expect(heap.next()).toBeNull();
  });

  test('when a callback throws, the rest stays due', () => {
    const heap = new ClockHeap();
    const ran: string[] = [];
    heap.push(1, () => {
      throw new Error('boom');
    });
    heap.push(1, () => ran.push('second'));
    expect(() => heap.runDue(1)).toThrow('boom');
    heap.runDue(1);
    expect(ran).toEqual(['second']);
  });

  test('sweeps out cancelled entries and keeps the order of the others', () => {
    const heap = new ClockHeap();
    const ran: number[] = [];
    const timers = Array.from({ length: 500 }, (_, index) =>
      heap.push((index * 7919) % 500, () => ran.push((index * 7919) % 500)),
    );
    timers.forEach((timer, index) => {
      if (index % 5 !== 0) timer.cancel();
    });
    heap.runDue(500);
    expect(ran).toHaveLength(100);
    expect(ran).toEqual([...ran].sort((a, b) => a - b));
  });

  test('refuses an instant that is no number', () => {
    expect(() => new ClockHeap().push(Number.NaN, () => {})).toThrow(RangeError);
  });
});
