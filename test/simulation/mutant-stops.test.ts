import { describe, expect, it, vi } from 'vitest';
import type * as Stop from '../../src/domain/order/stop.ts';
import { FORGETS_TRIGGERS } from './mutants/forgets-triggers.ts';
import { huntFor, SEEDS_TO_CATCH } from './mutants/hunt.ts';
import type { Mutant } from './mutants/mutant.ts';
import type { Scope } from './plan/axes.ts';
import type { Plan } from './plan/types.ts';

// In this file alone the module that knows when a price is met has a second nature.
const planted = vi.hoisted((): { what: 'nothing' | 'any' | 'never' } => ({ what: 'nothing' }));
vi.mock('../../src/domain/order/stop.ts', async (original) => {
  const real = await original<typeof Stop>();
  const isMet: typeof real.isMet = (...inputs) =>
    planted.what === 'nothing' ? real.isMet(...inputs) : planted.what === 'any';
  return { ...real, isMet };
});

const withModule = (name: string, what: 'any' | 'never'): Mutant => ({
  name,
  switch: (on) => {
    planted.what = on ? what : 'nothing';
  },
});

const SCOPE: Scope = { axes: new Set(['stops', 'days', 'hours']), laws: new Set(['stops', 'ends']) };
const hasStops = ({ calls }: Plan): boolean => calls.some((call) => call.kind === 'order' && call.stop !== undefined);

describe(`a fault planted in the stops is caught within ${SEEDS_TO_CATCH} seeds`, () => {
  it.each([
    { mutant: withModule('any price triggers', 'any'), complaint: /which does not meet its/ },
    { mutant: withModule('no price triggers', 'never'), complaint: /was not triggered although its price is there/ },
    { mutant: FORGETS_TRIGGERS, complaint: /was triggered .* and then (was not|again)/ },
  ])('$mutant.name', { timeout: 120_000 }, async ({ mutant, complaint }) => {
    const caught = await huntFor(mutant, { scope: SCOPE, worlds: hasStops, complaint });
    expect(caught?.violations.join('\n')).toMatch(complaint);
  });
});
