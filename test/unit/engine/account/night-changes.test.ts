import { describe, expect, it } from 'vitest';
import { chinaInstant } from '../../../../src/domain/time.ts';
import { nightChanges, type NightChange } from '../../../../src/engine/account/night-changes.ts';

const A = '000001.XSHE';
const FRIDAY = chinaInstant('2026-07-03', '15:00:00');

/** What a night made of `from` shares of which `own` are ours, now `to`. */
function night(
  from: number,
  to: number,
  own: number,
  change: { readAt?: number; traded?: boolean } = {},
): readonly NightChange[] {
  const { readAt = FRIDAY, traded = false } = change;
  const position = { name: null, closeableAmount: to, avgCost: null, lastPrice: 10, marketValue: null };
  return nightChanges({
    day: '2026-07-06',
    lastTradingDay: '2026-07-03',
    known: new Map([[A, { security: A, amount: from, readAt, since: 0, transacted: null }]]),
    positions: [{ ...position, security: A, amount: to }],
    isTraded: () => traded,
    owned: new Map([[A, own]]),
  });
}

describe('a holding that a night has changed', () => {
  it.each([
    ['10 for 10, half of it ours', 2000, 4000, 1000, 1000],
    ['3 for 10, all of it ours', 1000, 1300, 1000, 300],
    ['3 for 10, some of it ours: the part of a share that comes of it is not', 1000, 1300, 333, 99],
    ['a reverse split of 2 to 1', 2000, 1000, 500, -250],
    ['some of it gone, all of it ours: a transfer', 1000, 850, 1000, -150],
    ['more than we thought is ours: as much as there is', 1000, 2000, 1500, 500],
  ])('%s', (_, from, to, own, more) => {
    expect(night(from, to, own)).toEqual([{ day: '2026-07-06', security: A, from, to, own: more }]);
  });

  it.each([
    ['nothing has changed', night(1000, 1000, 500)],
    ['none of it is ours', night(1000, 2000, 0)],
    ['it was traded', night(1000, 2000, 500, { traded: true })],
    [
      'it was read after the day had opened: that was no night',
      night(1000, 2000, 500, { readAt: chinaInstant('2026-07-06', '09:15:00') }),
    ],
    ['a part is ours, and no bonus makes that of it: somebody else’s business', night(1000, 1234, 500)],
    ['there was none of it', night(0, 1000, 500)],
  ])('is not ours when %s', (_, changes) => {
    expect(changes).toEqual([]);
  });

  it('is ours also when it was read in that night, before the counter had booked it', () => {
    expect(night(1000, 2000, 500, { readAt: chinaInstant('2026-07-06', '09:14:59') })).toHaveLength(1);
  });

  it.each([
    ['before the close of the last trading day', chinaInstant('2026-07-03', '14:59:59')],
    ['a trading day earlier', chinaInstant('2026-07-02', '15:05:00')],
  ])('is anybody’s when it was last read %s: others may have traded since', (_, readAt) => {
    expect(night(1000, 2000, 500, { readAt })).toMatchObject([{ from: 1000, to: 2000, own: null }]);
  });

  it('one that nobody knew of is no change', () => {
    const position = { name: null, closeableAmount: 1, avgCost: null, lastPrice: 10, marketValue: null };
    const days = { day: '2026-07-06', lastTradingDay: '2026-07-03' };
    const inputs = { ...days, known: new Map(), isTraded: () => false, owned: new Map([[A, 100]]) };
    expect(nightChanges({ ...inputs, positions: [{ ...position, security: A, amount: 100 }] })).toEqual([]);
  });
});
