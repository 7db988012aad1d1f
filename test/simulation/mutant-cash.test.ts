import { describe, expect, it, vi } from 'vitest';
import type * as Projection from '../../src/domain/order/projection.ts';
import { huntFor, SEEDS_TO_CATCH } from './mutants/hunt.ts';

// In this file alone cash is released that the reading did not hold; `generous` is set to work for one of two runs of a seed.
const planted = vi.hoisted(() => ({ on: false }));
vi.mock('../../src/domain/order/projection.ts', async (original) => {
  const real = await original<typeof Projection>();
  const { generous } = await import('./mutants/releases-cash.ts');
  const mutated = generous(real.project);
  const project: typeof real.project = (inputs) => (planted.on ? mutated(inputs) : real.project(inputs));
  return { ...real, project };
});

describe(`a fault planted in the program is caught within ${SEEDS_TO_CATCH} seeds`, () => {
  it('cash released that the reading did not hold', { timeout: 120_000 }, async () => {
    const scope = { axes: new Set([]), laws: new Set(['view'] as const) };
    const complaint = /the strategy is shown .* of cash/;
    const mutant = {
      name: 'cash released that the reading did not hold',
      switch: (on: boolean) => {
        planted.on = on;
      },
    };
    expect((await huntFor(mutant, { scope, complaint }))?.violations.join('\n')).toMatch(complaint);
  });
});
