import { describe, expect, it } from 'vitest';
import { FORGETS_COUNTS } from './mutants/forgets-counts.ts';
import { FORGETS_KILL } from './mutants/forgets-kill.ts';
import { huntFor, SEEDS_TO_CATCH } from './mutants/hunt.ts';
import { LOOKS_EACH_SECOND } from './mutants/looks-each-second.ts';
import type { Scope } from './plan/axes.ts';
import type { Plan } from './plan/types.ts';

const SCOPE: Scope = { axes: new Set(['operator', 'days', 'hours']), laws: new Set(['stopped']) };
const isOperated = ({ operator }: Plan): boolean => operator.length > 0;
const isLimited = ({ maxDailyOrders }: Plan): boolean => maxDailyOrders !== null;

describe(`a fault planted in kill switch and limits is caught within ${SEEDS_TO_CATCH} seeds`, () => {
  it.each([
    { mutant: FORGETS_KILL, worlds: isOperated, complaint: /is placed after the .* was acknowledged/ },
    { mutant: LOOKS_EACH_SECOND, worlds: isOperated, complaint: /is placed after the .* was acknowledged/ },
    { mutant: FORGETS_COUNTS, worlds: isLimited, complaint: /orders are placed on .*, \d are allowed/ },
  ])('$mutant.name', { timeout: 120_000 }, async ({ mutant, worlds, complaint }) => {
    const caught = await huntFor(mutant, { scope: SCOPE, worlds, complaint });
    expect(caught?.violations.join('\n')).toMatch(complaint);
  });
});
