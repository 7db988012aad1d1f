import { describe, expect, it } from 'vitest';
import { EVERYTHING, IN_FORCE, STREAMED } from './plan/axes.ts';
import { cellsOf, cellsText, cover, coverageTable, emptyCoverage } from './report/coverage.ts';
import { IMPOSSIBLE } from './report/impossible.ts';
import { runSeed } from './run-seed.ts';

describe('a cell of the coverage table', () => {
  it('is empty with a reason or without one', () => {
    const { reasoned, open, refuted } = cellsOf(emptyCoverage(), EVERYTHING);
    expect(new Set(reasoned.keys())).toEqual(new Set(IMPOSSIBLE.map(({ why }) => why)));
    expect([...reasoned.values()].flat()).toEqual(
      expect.arrayContaining(['refusal × lunch', 'night × no trading day']),
    );
    expect(open).toContain('refusal × morning');
    expect(refuted).toEqual([]);
    const count = [...reasoned.values()].flat().length;
    expect(cellsText({ reasoned, open, refuted })).toContain(
      `Empty with reason ${count}, empty without reason ${open.length}.`,
    );
  });

  it('that is filled is in neither list, and refutes a reason that it has', () => {
    const coverage = emptyCoverage();
    cover(coverage, [{ kind: 'refusal', states: ['planned'], phase: 'lunch' }]);
    const cells = cellsOf(coverage, EVERYTHING);
    expect([...cells.reasoned.values()].flat()).not.toContain('refusal × lunch');
    expect(cells.open).not.toContain('refusal × planned');
    expect(cells.refuted).toEqual(['refusal × lunch']);
    expect(cellsText(cells)).toContain('Filled although there is a reason why not: refusal × lunch');
  });
});

describe('the axis stream', () => {
  const PUSHES = ['push order', 'push trade', 'push again', 'push stale', 'push other-account'];

  it('has its rows in the table, and only where it is', () => {
    const without = { ...IN_FORCE, axes: new Set([...IN_FORCE.axes].filter((axis) => axis !== 'stream')) };
    for (const kind of PUSHES) {
      expect(coverageTable(emptyCoverage(), STREAMED)).toContain(`\n${kind} `);
      expect(coverageTable(emptyCoverage(), without)).not.toContain(`\n${kind} `);
    }
  });

  it('does not ask for faults that its worlds cannot have', () => {
    expect(coverageTable(emptyCoverage(), STREAMED)).not.toContain('\nstub ');
    expect(coverageTable(emptyCoverage(), IN_FORCE)).toContain('\nstub ');
  });

  it('counts what was pushed, whether new, again, older or of another account', { timeout: 120_000 }, async () => {
    const missing = new Set(PUSHES);
    for (let seed = 1; missing.size > 0 && seed <= 60; seed += 1) {
      const { strikes } = await runSeed(seed, { scope: STREAMED });
      for (const { kind } of strikes) missing.delete(kind);
    }
    expect([...missing]).toEqual([]);
  });
});
