import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { runServerHistory } from '../../../src/cli/server-history-run.ts';
import { chinaInstant } from '../../../src/domain/time.ts';
import { openHistory } from '../../../src/server/index.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

let path = '';
let said = '';
beforeEach(() => {
  path = join(temporaryFolder('history'), 'history.db');
  said = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text, ...rest: unknown[]) => {
    said += String(text);
    for (const done of rest) if (typeof done === 'function') (done as () => void)();
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

function write(accounts: readonly string[] = ['main']): void {
  const history = openHistory(path);
  const money = { availableCash: 1000, transferableCash: null, frozenCash: 0, marketValue: 1100, totalValue: 2100 };
  const shares = {
    amount: 100,
    closeableAmount: 100,
    frozenAmount: null,
    avgCost: 10,
    lastPrice: 11,
    marketValue: 1100,
  };
  for (const account of accounts) {
    for (const [day, time] of [
      ['2026-07-06', '10:00'],
      ['2026-07-06', '15:00'],
      ['2026-07-07', '10:00'],
    ] as const) {
      const positions = [{ security: '600000.XSHG', name: '浦发银行', ...shares }];
      history.keep({ account, at: chinaInstant(day, time), totals: { accountId: '1', ...money }, positions });
    }
    history.keepGap({ account, at: chinaInstant('2026-07-07', '10:01'), why: 'the terminal is away' });
  }
  history.close();
}

describe('bt server history', () => {
  test('shows the last day, and which minutes are missing', async () => {
    write();
    await runServerHistory({ history: path });
    expect(said).toContain('account main, each minute');
    expect(said).toContain('2026-07-07 10:00:00');
    expect(said).not.toContain('2026-07-06');
    expect(said).toContain('missing 2026-07-07 10:01:00: the terminal is away');
  });

  test('shows days, with holdings where they are asked for', async () => {
    write();
    await runServerHistory({ history: path, every: 'day', positions: true });
    expect(said).toContain('2026-07-06 15:00:00');
    expect(said).not.toContain('2026-07-06 10:00:00');
    expect(said).toMatch(/浦发银行.*10\.00 %.*≥ 1/u);
  });

  test('gives JSON of the time asked for', async () => {
    write();
    await runServerHistory({ history: path, start: '2026-07-06', end: '2026-07-06 12:00', json: true });
    expect(JSON.parse(said)).toMatchObject({
      account_key: 'main',
      rows: [{ time: '2026-07-06 10:00:00', profit: 100, positions: [{ security: '600000.XSHG', profit_rate: 0.1 }] }],
      gaps: [],
    });
  });

  test.each([
    [{}, '--history is missing'],
    [{ account: 'x' }, '--account x: name one of a, b'],
    [{ history: true }, '--account is missing: name one of a, b'],
    [{ account: 'a', start: 'soon' }, '--start is "soon": write a day or a time of China'],
  ])('of %j is refused with a line', async (flags: Record<string, unknown>, message) => {
    write(['a', 'b']);
    await expect(runServerHistory(Object.keys(flags).length === 0 ? {} : { ...flags, history: path })).rejects.toThrow(
      message,
    );
  });

  test('of a file without a row says so', async () => {
    openHistory(path).close();
    await expect(runServerHistory({ history: path })).rejects.toThrow('nothing was kept yet');
  });
});
