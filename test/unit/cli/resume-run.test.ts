import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runResume } from '../../../src/cli/kill-run.ts';
import { chinaInstant } from '../../../src/domain/time.ts';
import { Ledger } from '../../../src/ledger/ledger.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const at = chinaInstant('2026-07-06', '10:00:00');
let folder = '';
beforeEach(() => {
  folder = temporaryFolder('resume-run');
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** From when losses are reckoned after a resume while nothing runs; `until`: the day of the last value. */
async function countsFrom(until: string): Promise<number | null> {
  const before = Ledger.open(folder);
  before.risk.stop({ rule: 'daily_loss', stops: 'buying', at, day: '2026-07-06', text: 'lost.' });
  before.risk.stop({ rule: 'pause', stops: 'all', at, day: null, text: 'lunch.' });
  before.risk.keepEquity({ at: chinaInstant(until, '10:01:00'), total: 100, cash: 100 });
  before.close();
  await runResume(null, { state: folder, reason: 'looked at' });
  const after = Ledger.open(folder);
  try {
    expect(after.risk.stops()).toEqual([]);
    return after.risk.equityCountsFrom();
  } finally {
    after.close();
  }
}

describe('bt resume while nothing runs', () => {
  it('begins the reckoning of losses anew when a loss has stopped orders', async () => {
    expect(await countsFrom('2026-07-06')).toBeGreaterThan(0);
  });

  it('leaves it as it is when the loss was of a day that is over', async () => {
    expect(await countsFrom('2026-07-07')).toBeNull();
  });
});
