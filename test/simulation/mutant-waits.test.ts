import { describe, expect, it, vi } from 'vitest';
import type * as TradingHours from '../../src/domain/market/trading-hours.ts';
import type * as OrderWait from '../../src/engine/orders/order-wait.ts';
import { huntFor, SEEDS_TO_CATCH } from './mutants/hunt.ts';

// In this file alone two modules that reckon with waits have a second nature; `what` names the one that is on.
const planted = vi.hoisted((): { what: 'nothing' | 'endless' | 'clock' } => ({ what: 'nothing' }));
vi.mock('../../src/engine/orders/order-wait.ts', async (original) => {
  const real = await original<typeof OrderWait>();
  const { endless } = await import('./mutants/waits-endlessly.ts');
  const mutated = endless(real.waitForBook);
  const waitForBook: typeof real.waitForBook = (...inputs) =>
    planted.what === 'endless' ? mutated(...inputs) : real.waitForBook(...inputs);
  return { ...real, waitForBook };
});
vi.mock('../../src/domain/market/trading-hours.ts', async (original) => {
  const real = await original<typeof TradingHours>();
  const { byTheClock } = await import('./mutants/waits-by-the-clock.ts');
  const continuousTimeAfter: typeof real.continuousTimeAfter = (...inputs) =>
    planted.what === 'clock' ? byTheClock(...inputs) : real.continuousTimeAfter(...inputs);
  return { ...real, continuousTimeAfter };
});

describe(`a fault planted in the program is caught within ${SEEDS_TO_CATCH} seeds`, () => {
  it.each([
    {
      name: 'the end of a wait is not told to the call',
      what: 'endless',
      axes: [],
      laws: ['calls'],
      kind: 'moment',
      complaint: /has not returned/,
    },
    {
      name: 'an order that waits for continuous trading is given up at once',
      what: 'clock',
      axes: ['hours'],
      laws: ['ends'],
      kind: 'hours',
      complaint: /is cancelled after .* of trading/,
    },
  ] as const)('$name', { timeout: 120_000 }, async ({ name, what, axes, laws, kind, complaint }) => {
    const mutant = {
      name,
      switch: (on: boolean) => {
        planted.what = on ? what : 'nothing';
      },
    };
    const scope = { axes: new Set(axes), laws: new Set(laws) };
    const caught = await huntFor(mutant, { scope, worlds: (plan) => plan.kind === kind, complaint });
    expect(caught?.violations.join('\n')).toMatch(complaint);
  });
});
