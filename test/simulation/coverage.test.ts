import { describe, expect, it } from 'vitest';
import { EVERYTHING } from './plan/axes.ts';
import { cellsOf, cellsText, cover, emptyCoverage } from './report/coverage.ts';
import { IMPOSSIBLE } from './report/impossible.ts';

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
