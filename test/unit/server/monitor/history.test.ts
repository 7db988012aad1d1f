import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { GatewayPosition } from '../../../../src/domain/gateway.ts';
import { chinaInstant } from '../../../../src/domain/time.ts';
import { openHistory, readHistoryFile } from '../../../../src/server/monitor/history-file.ts';
import type { AccountPicture, HistoryQuery } from '../../../../src/server/monitor/types.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';

const [GOLD, BANK] = ['518880.XSHG', '600000.XSHG'];

function holding(security: string, amount = 100): GatewayPosition {
  const money = { avgCost: 10, lastPrice: 11, marketValue: amount * 11 };
  return { security, name: '黄金ETF', amount, closeableAmount: 0, frozenAmount: null, ...money };
}

function picture(
  day: string,
  time: string,
  held: readonly string[],
  more: Partial<AccountPicture> = {},
): AccountPicture {
  const cash = { availableCash: 1000, transferableCash: 1000, frozenCash: null, marketValue: null };
  const totals = { accountId: '1', ...cash, totalValue: 2100 };
  return { account: 'main', at: chinaInstant(day, time), totals, positions: held.map((one) => holding(one)), ...more };
}

const ALL: HistoryQuery = { account: 'main', from: 0, to: 9e15, every: 'minute', limit: 1000 };

describe('what is kept', () => {
  test('comes back as it was, what is not known as not known', () => {
    const history = openHistory(null);
    history.keep(picture('2026-07-06', '10:00', [GOLD, BANK]));
    const { accounts, holdings, gaps } = history.read(ALL);
    expect(accounts).toEqual([
      {
        at: chinaInstant('2026-07-06', '10:00'),
        availableCash: 1000,
        frozenCash: null,
        marketValue: null,
        totalValue: 2100,
        profit: 200,
        holdings: 2,
      },
    ]);
    expect(holdings[0]).toMatchObject({ security: GOLD, name: '黄金ETF', profit: 100, profitRate: 0.1, lastPrice: 11 });
    expect(gaps).toEqual([]);
  });

  test('is asked for by account, time, number of rows and end of day', () => {
    const history = openHistory(null);
    for (const time of ['10:00', '10:01', '15:00']) history.keep(picture('2026-07-06', time, []));
    history.keep(picture('2026-07-07', '09:31', []));
    history.keep(picture('2026-07-06', '10:00', [], { account: 'other' }));
    const times = (query: Partial<HistoryQuery>): number[] =>
      history.read({ ...ALL, ...query }).accounts.map(({ at }) => at - chinaInstant('2026-07-06', '10:00'));
    expect(times({})).toEqual([0, 60_000, 18_000_000, 84_660_000]);
    expect(times({ limit: 2 })).toEqual([18_000_000, 84_660_000]);
    expect(times({ every: 'day' })).toEqual([18_000_000, 84_660_000]);
    expect(times({ to: chinaInstant('2026-07-06', '10:00') })).toEqual([0]);
    expect(times({ account: 'nobody' })).toEqual([]);
    expect(history.accounts()).toEqual(['main', 'other']);
  });

  test('a minute that was not told is a gap, never a row of zeros', () => {
    const history = openHistory(null);
    history.keep(picture('2026-07-06', '10:00', []));
    history.keepGap({ account: 'main', at: chinaInstant('2026-07-06', '10:01'), why: 'the terminal is away' });
    const { accounts, gaps } = history.read(ALL);
    expect(accounts).toHaveLength(1);
    expect(gaps).toEqual([{ account: 'main', at: chinaInstant('2026-07-06', '10:01'), why: 'the terminal is away' }]);
  });

  test('goes when it is old', () => {
    const history = openHistory(null);
    history.keep(picture('2026-07-03', '10:00', [GOLD]));
    history.keep(picture('2026-07-06', '10:00', [GOLD]));
    history.forget('2026-07-06');
    const { accounts, holdings } = history.read(ALL);
    expect([accounts.length, holdings.length]).toEqual([1, 1]);
    history.forget('2030-01-01');
    expect(history.read(ALL).accounts).toHaveLength(1);
  });
});

describe('days held', () => {
  const held = (pictures: readonly AccountPicture[], day: string) => {
    const history = openHistory(null);
    for (const one of pictures) history.keep(one);
    return history.held('main', GOLD, day);
  };

  test('counts trading days from the day it was first seen', () => {
    const bought = [picture('2026-07-02', '15:00', []), picture('2026-07-03', '10:00', [GOLD])];
    expect(held(bought, '2026-07-03')).toEqual({ days: 0, atLeast: false });
    // Friday to Tuesday.
    expect(held(bought, '2026-07-07')).toEqual({ days: 2, atLeast: false });
    expect(held([], '2026-07-07')).toBeNull();
  });

  test('is "at least" where it may have been bought unseen', () => {
    expect(held([picture('2026-07-03', '10:00', [GOLD])], '2026-07-06')).toEqual({ days: 1, atLeast: true });
    const noon = [picture('2026-07-02', '11:00', []), picture('2026-07-03', '10:00', [GOLD])];
    expect(held(noon, '2026-07-03')?.atLeast).toBe(true);
    const weekOff = [picture('2026-06-26', '15:00', []), picture('2026-07-03', '10:00', [GOLD])];
    expect(held(weekOff, '2026-07-03')?.atLeast).toBe(true);
  });

  test('begins anew after a sale, also one of the row that stays with amount 0', () => {
    const sold = { positions: [holding(GOLD, 0)] };
    const pictures = [
      picture('2026-07-02', '10:00', [GOLD]),
      picture('2026-07-03', '15:00', [], sold),
      picture('2026-07-06', '10:00', [GOLD]),
    ];
    expect(held(pictures, '2026-07-06')).toEqual({ days: 0, atLeast: false });
    expect(held(pictures.slice(0, 2), '2026-07-06')).toBeNull();
  });
});

describe('the file', () => {
  test('is read while it is written, and goes on after a restart', () => {
    const path = join(temporaryFolder('history'), 'new', 'history.db');
    const first = openHistory(path);
    first.keep(picture('2026-07-06', '10:00', [GOLD]));
    const reader = readHistoryFile(path);
    expect(reader.read(ALL).accounts).toHaveLength(1);
    reader.close();
    first.close();
    const second = openHistory(path);
    second.keep(picture('2026-07-06', '10:01', [GOLD]));
    expect(second.read(ALL).accounts).toHaveLength(2);
    second.close();
  });

  test('that is not there, or of a newer version, is refused by name', () => {
    const path = join(temporaryFolder('history'), 'history.db');
    expect(() => readHistoryFile(path)).toThrow(
      `The history of accounts ${path} cannot be used (there is no such file)`,
    );
    const database = new DatabaseSync(path);
    database.exec('PRAGMA user_version = 99');
    database.close();
    expect(() => readHistoryFile(path)).toThrow('it is of schema 99');
    expect(() => openHistory(path)).toThrow('a newer version of bt wrote it');
  });
});
