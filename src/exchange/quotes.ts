import type { SessionPhase } from '../domain/market/session.ts';
import { sessionPhase } from '../domain/market/session.ts';
import { yuan } from './data.ts';
import type { DaySession } from './day-session.ts';
import { closeOf, DAY_CLOSE, MORNING_CLOSE, NO_TICK, OPENING_CALL, OPENING_MATCH, TICK } from './grid.ts';
import { isStOn, nameOn } from './instrument.ts';
import type { Market, Moment } from './market.ts';
import type { Book, Level } from './order-book.ts';
import type { BookLevel, ExchangeTick } from './types.ts';

const EMPTY: Book = { bids: [], asks: [] };

/** The quote of a security at an instant. Before 09:25 it still shows the last price of the day before. */
export function quoteAt(market: Market, security: string, now: number): ExchangeTick {
  const moment = market.moment(now);
  const instrument = market.instrument(security);
  const session = market.session(instrument, moment.index);
  const { shape } = session;
  const price = (ticks: number): number => yuan(ticks * instrument.tickMills);
  const started = moment.tick !== NO_TICK && !shape.paused;
  const running = started ? session.running(moment.tick) : null;
  const { bids, asks } = bookOf(session, moment, now);
  const rows = (levels: readonly Level[]): BookLevel[] =>
    levels.map(({ price: ticks, volume }) => ({ price: price(ticks), volume }));
  return {
    quote: {
      security: instrument.security,
      time: quoteTime(market, moment, now, instrument.security),
      lastPrice: price(running?.last ?? shape.preClose),
      preClose: price(shape.preClose),
      dayOpen: started ? price(shape.open) : null,
      highLimit: shape.highLimit === null ? null : price(shape.highLimit),
      lowLimit: shape.lowLimit === null ? null : price(shape.lowLimit),
      bid1: bids[0] === undefined ? null : price(bids[0].price),
      ask1: asks[0] === undefined ? null : price(asks[0].price),
      volume: (running?.lots ?? 0) * 100,
      paused: shape.paused,
      isSt: isStOn(instrument, moment.index),
      name: nameOn(instrument, moment.index),
    },
    dayHigh: running === null ? null : price(running.high),
    dayLow: running === null ? null : price(running.low),
    money: yuan((running?.lotTicks ?? 0) * 100 * instrument.tickMills),
    bids: rows(bids),
    asks: rows(asks),
  };
}

const BOOK_PHASES: ReadonlySet<SessionPhase> = new Set<SessionPhase>(['pre_open', 'morning', 'lunch', 'afternoon']);

/** The book shows from the opening match to the closing call; through lunch it stands still. */
function bookOf(session: DaySession, { time, tick }: Moment, now: number): Book {
  const { tradable, security } = session.shape.instrument;
  const shown = time < closeOf(security) && tradable && BOOK_PHASES.has(sessionPhase(now, security));
  return shown ? session.book(tick) : EMPTY;
}

/** Time of the reading as the feed stamps it: every 3 s while the market is open, else when it last was. */
function quoteTime({ days }: Market, { index, time }: Moment, now: number, security: string): number {
  if (time < OPENING_CALL) return days.midnight(Math.max(0, index - 1)) + DAY_CLOSE;
  const midnight = days.midnight(index);
  if (time >= closeOf(security)) return midnight + closeOf(security);
  const phase = sessionPhase(now, security);
  if (phase === 'pre_open') return midnight + OPENING_MATCH;
  return midnight + (phase === 'lunch' ? MORNING_CLOSE : Math.floor(time / TICK) * TICK);
}
