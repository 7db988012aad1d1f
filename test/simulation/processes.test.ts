import { expect, it } from 'vitest';
import { runProcess } from './processes/run-process.ts';

it(
  'three worlds of real processes, killed with -9: no order is lost, none is doubled',
  { timeout: 240_000 },
  async () => {
    const results = await Promise.all([1, 2, 3].map(runProcess));
    for (const { violations, folder } of results)
      expect(violations, `ledger, book and logs are in ${folder}`).toEqual([]);
    const sum = (of: (result: (typeof results)[number]) => number): number =>
      results.reduce((total, result) => total + of(result), 0);
    expect(sum(({ kills }) => kills)).toBeGreaterThan(3);
    expect(sum(({ orders }) => orders)).toBeGreaterThan(0);
  },
);
