import { describe, expect, it } from 'vitest';
import { ANY_ACCOUNT } from './mutants/any-account.ts';
import { CANCELS_ONCE } from './mutants/cancels-once.ts';
import { EVERY_DAY_TRADES } from './mutants/every-day-trades.ts';
import { FORGETS_PARKED } from './mutants/forgets-parked.ts';
import { FORGETS_WAITS } from './mutants/forgets-waits.ts';
import { LAST_ROW_WINS } from './mutants/last-row-wins.ts';
import { NEVER_ROLLS } from './mutants/never-rolls.ts';
import { COMMITS_LATE } from './mutants/commits-late.ts';
import { EMPTIES_POSITIONS } from './mutants/empties-positions.ts';
import { FREEZES_VIEW } from './mutants/freezes-view.ts';
import { GIVES_UP_EARLY } from './mutants/gives-up-early.ts';
import { hunt, huntFor, MOMENTS, SEEDS_TO_CATCH } from './mutants/hunt.ts';
import { KEEPS_YESTERDAY } from './mutants/keeps-yesterday.ts';
import { MERGES_FILLS } from './mutants/merges-fills.ts';
import { RESENDS } from './mutants/resends.ts';
import { SENDS_UNSETTLED } from './mutants/sends-unsettled.ts';
import { TIMEOUT_REJECTS } from './mutants/timeout-rejects.ts';
import type { Scope } from './plan/axes.ts';
import { runSeed } from './run-seed.ts';

describe(`a fault planted in the program is caught within ${SEEDS_TO_CATCH} seeds`, () => {
  it.each([
    { mutant: RESENDS, complaint: /orders bear the mark|is 2 orders at the exchange|and its answer names/ },
    { mutant: TIMEOUT_REJECTS, complaint: /given up turns up|rejected in the ledger/ },
    { mutant: MERGES_FILLS, complaint: /fills of .* in the ledger/ },
    { mutant: EMPTIES_POSITIONS, complaint: /the strategy is shown 0 / },
    { mutant: COMMITS_LATE, complaint: /not_sent in the ledger|given up turns up/ },
    { mutant: SENDS_UNSETTLED, complaint: /not_sent in the ledger|given up turns up|is not in the ledger/ },
  ])('$mutant.name', { timeout: 120_000 }, async ({ mutant, complaint }) => {
    const caught = await hunt(mutant);
    expect(caught?.violations.join('\n')).toMatch(complaint);
    // The fault, and not the seed, is to blame.
    expect((await runSeed(caught?.seed ?? 0, { scope: MOMENTS })).violations).toEqual([]);
  });

  it.each([
    {
      mutant: FREEZES_VIEW,
      axes: ['others'],
      laws: ['view'],
      kinds: ['busy'],
      complaint: /the strategy is shown/,
    },
    {
      mutant: GIVES_UP_EARLY,
      axes: [],
      laws: ['ends'],
      kinds: ['moment'],
      complaint: /is cancelled after .* of trading/,
    },
    { mutant: KEEPS_YESTERDAY, axes: ['days'], laws: ['ends'], kinds: ['days'], complaint: /although its day is over/ },
    {
      mutant: FORGETS_PARKED,
      axes: ['hours', 'days'],
      laws: ['ends'],
      kinds: ['hours'],
      complaint: /was not sent although its window/,
    },
    {
      mutant: FORGETS_WAITS,
      axes: ['hours', 'days'],
      laws: ['ends'],
      kinds: ['hours', 'days'],
      complaint: /although its wait of/,
    },
    {
      mutant: CANCELS_ONCE,
      axes: ['hours'],
      laws: ['ends'],
      kinds: ['hours'],
      complaint: /although the strategy cancelled it/,
    },
    { mutant: NEVER_ROLLS, axes: ['days'], laws: ['memory'], kinds: ['days'], complaint: /the engine keeps/ },
    {
      mutant: ANY_ACCOUNT,
      axes: ['gateway'],
      laws: [],
      kinds: ['moment'],
      complaint: /the gateway shows another account|is shown 0/,
    },
    {
      mutant: EVERY_DAY_TRADES,
      axes: ['hours', 'days'],
      laws: ['ends'],
      kinds: ['hours'],
      complaint: /was sent while no exchange takes orders/,
    },
    {
      mutant: LAST_ROW_WINS,
      axes: ['rows'],
      laws: ['view'],
      kinds: ['moment'],
      complaint: /are shown|is shown|gate is closed/,
    },
  ] as const)('$mutant.name', { timeout: 120_000 }, async ({ mutant, axes, laws, kinds, complaint }) => {
    const scope: Scope = { axes: new Set(axes), laws: new Set(laws) };
    const caught = await huntFor(mutant, {
      scope,
      worlds: ({ kind }) => kinds.some((each) => each === kind),
      complaint,
    });
    expect(caught?.violations.join('\n')).toMatch(complaint);
  });
});
