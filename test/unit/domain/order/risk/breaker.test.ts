import { describe, expect, it } from 'vitest';
import { afterFact, BREAKER_AT_REST, kindOf, type BreakerFact } from '../../../../../src/domain/order/risk/breaker.ts';

const limits = { breakerRejections: 3, breakerCancels: 2 };
const run = (facts: readonly (readonly [number, BreakerFact])[]): boolean[] => {
  let state = BREAKER_AT_REST;
  return facts.map(([at, fact]) => {
    const next = afterFact(state, fact, at, limits);
    ({ state } = next);
    return next.denial !== null;
  });
};
const rejected = (reason: string): readonly [number, BreakerFact] => [0, { kind: 'rejected', reason }];

describe('the breaker', () => {
  it('trips at the third rejection of one kind in a row, whatever its numbers', () => {
    expect(run([rejected('needs 100.50'), rejected('needs 7'), rejected('needs 1,000')])).toEqual([false, false, true]);
  });

  it('does not for other kinds in between, nor after an order that was taken', () => {
    expect(run([rejected('a'), rejected('b'), rejected('a'), rejected('a')])).toEqual([false, false, false, false]);
    expect(run([rejected('a'), rejected('a'), [0, { kind: 'accepted' }], rejected('a')])).not.toContain(true);
  });

  it('trips when more cancels than allowed come within a minute', () => {
    const cancel = (at: number): readonly [number, BreakerFact] => [at, { kind: 'cancel' }];
    expect(run([cancel(0), cancel(1_000), cancel(59_000)])).toEqual([false, false, true]);
    expect(run([cancel(0), cancel(1_000), cancel(60_500)])).toEqual([false, false, false]);
  });

  it('knows a kind without codes, prices and amounts', () => {
    expect(kindOf('600000 needs  1,000.5')).toBe(kindOf('000001 needs 7'));
  });
});
