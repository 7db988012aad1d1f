import { describe, expect, it, vi } from 'vitest';
import type * as Projection from '../../src/domain/order/projection.ts';
import { huntFor, SEEDS_TO_CATCH } from './mutants/hunt.ts';

// In this file alone an owner may sell out of what others hold; `hasty` is set to work for one of two runs of a seed.
const planted = vi.hoisted(() => ({ on: false }));
vi.mock('../../src/domain/order/projection.ts', async (original) => {
  const real = await original<typeof Projection>();
  const { hasty } = await import('./mutants/sells-today.ts');
  const mutated = hasty(real.project);
  const project: typeof real.project = (inputs) => (planted.on ? mutated(inputs) : real.project(inputs));
  return { ...real, project };
});

describe(`a fault planted in the program is caught within ${SEEDS_TO_CATCH} seeds`, () => {
  it('what was bought today is sold out of what others hold', { timeout: 120_000 }, async () => {
    const scope = { axes: new Set([]), laws: new Set([]) };
    const complaint = /as closeable; before today it bought/;
    const mutant = {
      name: 'what was bought today is sold out of what others hold',
      switch: (on: boolean) => {
        planted.on = on;
      },
    };
    const caught = await huntFor(mutant, { scope, worlds: ({ positions }) => positions === 'own', complaint });
    expect(caught?.violations.join('\n')).toMatch(complaint);
  });
});
