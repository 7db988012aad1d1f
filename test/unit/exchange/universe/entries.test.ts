import { describe, expect, it } from 'vitest';
import { boardOf } from '../../../../src/domain/market/board.ts';
import { exchangeCalendar } from '../../../../src/domain/market/calendar.ts';
import { isStOn, nameOn } from '../../../../src/exchange/instrument.ts';
import { listingOf, usualSecurities } from '../../../../src/exchange/listing.ts';
import { Market } from '../../../../src/exchange/market.ts';
import { entries } from '../../../../src/exchange/universe/entries.ts';

const { stocks, funds, indices, others } = entries();
const all = [...stocks, ...funds, ...indices, ...others];
const market = new Market(7);
const TODAY = market.days.indexWithin(Date.parse('2026-07-06T00:00:00+08:00'));

describe('the list of securities', () => {
  it('has five thousand living stocks, nine hundred funds and a hundred indices, the familiar ones among them', () => {
    const living = stocks.filter((one) => one.startIndex <= TODAY && (one.lastIndex ?? TODAY) >= TODAY);
    expect(living.length).toBeGreaterThan(4900);
    expect(living.length).toBeLessThan(5200);
    expect(funds.length).toBeGreaterThan(850);
    expect(indices.length).toBeGreaterThan(100);
    const codes = new Set(all.map(({ security }) => security));
    expect(codes.size).toBe(all.length);
    expect(usualSecurities().filter((code) => !codes.has(code))).toEqual([]);
  });

  it('says of each the same with and without its instrument', () => {
    for (const list of ['stocks', 'funds', 'indices', 'others'] as const) {
      const listed = new Market(11).listed(list);
      const made = new Market(11)[list]();
      expect(listed.length).toBe(made.length);
      for (const [at, one] of listed.entries()) expect(made[at]).toMatchObject(one);
    }
  });

  it('puts each on the board that its code says, and gives each kind the size it has in earnest', () => {
    for (const { security, board } of all) expect(board, security).toBe(boardOf(security));
    const count = (board: string): number => stocks.filter((one) => one.board === board).length;
    expect(['main', 'chinext', 'star', 'bse'].map((board) => Math.round(count(board) / 100))).toEqual([31, 13, 6, 3]);
  });

  it('no two have one name, and no company the name of a familiar one', () => {
    for (const list of [stocks, funds]) expect(new Set(list.map((one) => one.displayName)).size).toBe(list.length);
    // What is left of a name under risk warning is still its own.
    const invented = stocks.filter(({ security }) => listingOf(security) === null);
    expect(new Set(invented.map((one) => one.displayName.slice(0, 2))).size).toBe(invented.length);
    for (const { displayName, name } of invented)
      expect([displayName, name]).toEqual([expect.stringMatching(/^.{4}$/u), expect.stringMatching(/^[A-Z]{4}$/u)]);
  });

  it('was listed on trading days from 1990 to 2026, and some are delisted after years', () => {
    const calendar = exchangeCalendar();
    const invented = [...stocks, ...funds].filter(({ security }) => listingOf(security) === null);
    for (const { startDate } of invented) expect(calendar.isTradingDay(startDate), startDate).toBe(true);
    const years = new Set(stocks.map(({ startDate }) => startDate.slice(0, 4)));
    expect([...years].toSorted()).toEqual(Array.from({ length: 36 }, (_, n) => String(1991 + n)));
    const gone = stocks.filter(({ lastIndex }) => lastIndex !== null);
    expect(gone.length).toBeGreaterThan(150);
    for (const { startIndex, lastIndex } of gone) expect(lastIndex).toBeGreaterThan(startIndex + 400);
  });

  it('is the same for every seed, but its risk warnings are not', () => {
    const [one, other] = [market, new Market(8)].map((each) => each.stocks());
    const facts = ['security', 'displayName', 'startDate', 'lastIndex'] as const;
    for (const name of facts) expect(one?.map((each) => each[name])).toEqual(other?.map((each) => each[name]));
    expect(one?.map((each) => each.warnings.length)).not.toEqual(other?.map((each) => each.warnings.length));
  });
});

describe('risk warnings', () => {
  it('say the same in the name, on every day, until the last days of what is delisted', () => {
    for (const stock of market.stocks()) {
      const { displayName, lastIndex, warnings } = stock;
      const edges = warnings.flatMap(({ from, to }) => [from - 1, from, to, to + 1]);
      for (const index of [...edges, TODAY, 1000, 3000]) {
        const name = nameOn(stock, index);
        const leaves = lastIndex !== null && index > lastIndex - 15;
        expect(name.includes('退')).toBe(leaves);
        if (!leaves) expect(name.includes('ST'), `${name} ${displayName}`).toBe(isStOn(stock, index));
      }
    }
  });

  it('are over one stock of thirty, and never over one with a familiar name', () => {
    const warned = market.stocks().filter((stock) => isStOn(stock, TODAY));
    expect(warned.length).toBeGreaterThan(100);
    expect(warned.length).toBeLessThan(300);
    expect(warned.filter(({ security }) => listingOf(security) !== null)).toEqual([]);
  });
});
