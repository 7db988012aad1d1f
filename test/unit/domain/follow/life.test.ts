import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advance, restOf, type SignalFact } from '../../../../src/domain/follow/life.ts';
import { newSignalRow } from '../../../../src/domain/follow/new-row.ts';
import type { SignalRow } from '../../../../src/domain/follow/row.ts';
import { AT, aSignal, rulesOf } from './rules.ts';

const RULES = rulesOf();
const row = (change: Partial<SignalRow> = {}): SignalRow => ({
  ...newSignalRow(aSignal(), { origin: 'source', refusal: null, orderableAt: AT, now: AT }),
  ...change,
});
const sized = (shares: number, quoteAt: number | null = AT + 10_000): SignalFact => ({
  kind: 'sized',
  asked: shares,
  wanted: shares,
  carry: 0,
  value: shares * 10,
  day: '2026-07-06',
  notes: [],
  quoteAt,
});
const over = (attempt: number, filled: number, how: 'requote' | 'unsent' | 'over' = 'over'): SignalFact => ({
  kind: 'order_ended',
  attempt,
  planned: 300,
  filled,
  how,
  reason: how === 'over' ? 'cancelled by hand' : null,
});

describe('a signal', () => {
  test('waits for its turn until it is too old, and says for what it waited', () => {
    const waits = advance(row(), [{ kind: 'later', until: AT + 5_000, why: 'trading waits' }], AT, RULES);
    expect(waits.effects).toEqual([{ kind: 'wake', at: AT + 5_000 }]);
    expect(advance(waits.row, [], AT + 5_000, RULES).effects[0]).toEqual({ kind: 'prepare' });
    const old = advance(waits.row, [], AT + 60_000, RULES);
    expect(old.row).toMatchObject({ phase: 'done', end: 'refused', code: 'EXPIRED' });
    expect(old.row.reason).toContain('trading waits');
  });

  test('counts its age from the opening that it was queued for', () => {
    const opens = AT + 7_200_000;
    const queued = advance(row(), [{ kind: 'later', until: opens, why: 'the opening', queued: true }], AT, RULES);
    expect(advance(queued.row, [], opens, RULES).effects[0]).toEqual({ kind: 'prepare' });
  });

  test('is ordered under a number, again under the next one, and only the number that is open is heard', () => {
    const first = advance(row(), [sized(300)], AT, RULES);
    expect(first.effects).toEqual([
      { kind: 'order', attempt: 1, shares: 300 },
      { kind: 'wake', at: AT + 10_000 },
    ]);
    const again = advance(first.row, [over(1, 100, 'requote')], AT + 11_000, RULES);
    expect(again.row).toMatchObject({ phase: 'waiting', filled: 100, requotes: 1 });
    const second = advance(again.row, [{ kind: 'ready', quoteAt: null }], AT + 11_000, RULES);
    expect(second.effects).toEqual([{ kind: 'order', attempt: 2, shares: 200 }]);
    expect(advance(second.row, [over(1, 300)], AT + 12_000, RULES).row).toBe(second.row);
    expect(
      advance(second.row, [{ ...over(2, 200), planned: 200 } as SignalFact], AT + 12_000, RULES).row,
    ).toMatchObject({
      end: 'filled',
      filled: 300,
      reason: null,
    });
  });

  test('whose order the plan cut asks for no more, and is partly filled', () => {
    const { row: ordered } = advance(row(), [sized(500)], AT, RULES);
    const cut = advance(ordered, [over(1, 300)], AT, RULES).row;
    expect(cut).toMatchObject({ end: 'partly_filled', filled: 300, wanted: 300, asked: 500 });
    expect(cut.reason).toContain('cash or holdings');
  });

  test('is not ordered again when its times are used up, or its time is', () => {
    const ordered = row({ phase: 'ordered', attempt: 3, requotes: 2, asked: 300, wanted: 300, firstOrderedAt: AT });
    expect(advance(ordered, [over(3, 0, 'requote')], AT, RULES).row).toMatchObject({
      end: 'refused',
      code: 'UNFILLED',
    });
    const late = { ...ordered, requotes: 0 };
    expect(advance(late, [over(3, 100, 'requote')], AT + 120_000, RULES).row).toMatchObject({ end: 'partly_filled' });
  });

  test('whose quote came when it was too old already is not ordered', () => {
    expect(advance(row(), [sized(300)], AT + 60_000, RULES).row).toMatchObject({ end: 'refused', code: 'EXPIRED' });
    const rest = row({ attempt: 1, asked: 300, wanted: 300, firstOrderedAt: AT });
    const late = advance(rest, [{ kind: 'ready', quoteAt: null }], AT + 120_000, RULES).row;
    expect(late).toMatchObject({ end: 'refused', code: 'EXPIRED', attempt: 1 });
  });

  test('gives back what it did not buy of the value of its day', () => {
    const { row: ordered } = advance(row(), [sized(300)], AT, RULES);
    expect(advance(ordered, [over(1, 100)], AT, RULES).row.value).toBe(1_000);
  });
});

const anyFact: fc.Arbitrary<SignalFact> = fc.oneof(
  fc.record({
    kind: fc.constant('later' as const),
    until: fc.nat(100_000).map((ms) => AT + ms),
    why: fc.constant('x'),
  }),
  fc.integer({ min: 1, max: 1_000 }).map((shares) => sized(shares)),
  fc.constant<SignalFact>({ kind: 'ready', quoteAt: null }),
  fc.constant<SignalFact>({ kind: 'refused', code: 'X', reason: 'x' }),
  fc.constant<SignalFact>({ kind: 'nothing', reason: 'x', carry: 0 }),
  fc.constant<SignalFact>({ kind: 'overtaken', reason: 'x' }),
  fc.constant<SignalFact>({ kind: 'left', quoteAt: AT + 20_000 }),
  fc.record({
    kind: fc.constant('order_ended' as const),
    attempt: fc.integer({ min: 1, max: 4 }),
    planned: fc.option(fc.nat(1_000)),
    filled: fc.constant(0),
    how: fc.constantFrom('requote' as const, 'unsent' as const, 'over' as const),
    reason: fc.option(fc.constant('x')),
  }),
);

test('whatever becomes known, a signal ends once, never asks for more than is left, and says the same when asked again', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyFact, fc.nat(30_000), fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 30 }),
      (steps) => {
        let [current, now] = [row(), AT];
        for (const [drawn, ms, part] of steps) {
          now += ms;
          // No order fills more than it asked for.
          const fact = drawn.kind === 'order_ended' ? { ...drawn, filled: Math.floor(restOf(current) * part) } : drawn;
          const before = current;
          const { row: next, effects } = advance(before, [fact], now, RULES);
          current = next;
          if (before.phase === 'done') expect(next).toBe(before);
          expect(next.phase === 'done').toBe(next.end !== null);
          expect(next.phase === 'done').toBe(next.endedAt !== null);
          expect(next.filled).toBeGreaterThanOrEqual(before.filled);
          expect(next.filled).toBeLessThanOrEqual(next.asked ?? 0);
          expect(next.attempt - before.attempt).toBeGreaterThanOrEqual(0);
          expect(next.requotes).toBeLessThanOrEqual(RULES.requote.times);
          for (const effect of effects)
            if (effect.kind === 'order') expect(effect.shares + next.filled).toBeLessThanOrEqual(next.asked ?? 0);
          const again = advance(next, [], now, RULES);
          expect(again.row).toEqual(next);
          expect(again.effects).toEqual(effects.filter(({ kind }) => kind !== 'finish'));
        }
        expect(advance(current, [], now + 86_400_000, RULES).row.phase === 'waiting').toBe(false);
      },
    ),
    { numRuns: 500 },
  );
});
