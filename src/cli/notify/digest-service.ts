import { join } from 'node:path';
import { errorMessage } from '../../domain/errors.ts';
import type { TradingCalendar } from '../../domain/market/calendar.ts';
import { chinaDay } from '../../domain/time.ts';
import { armDaily } from '../../engine/gate/daily-readings.ts';
import type { RunListener, RunView } from '../../engine/run-view.ts';
import { digestText } from '../../notify/digest/text.ts';
import type { Notifier } from '../../notify/notifier.ts';
import type { Clock } from '../../platform/clock.ts';
import { comparedWith, dayDigest, DIGEST_TIME, isOfPart, wholeValue } from './day-digest.ts';
import { DayTally } from './day-tally.ts';
import { ValueBook } from './value-book.ts';

export interface DigestOptions {
  readonly notifier: Notifier;
  readonly clock: Clock;
  readonly calendar: TradingCalendar;
  readonly stateFolder: string;
  readonly amounts: boolean;
  readonly onTrouble: (text: string) => void;
}

/** Tells each trading day at 15:05 what it came to. */
export function tellDigests(run: RunView, options: DigestOptions): RunListener {
  const { notifier, clock, amounts, onTrouble } = options;
  const tally = new DayTally();
  const book = new ValueBook(join(options.stateFolder, 'day-values.json'));
  /** The first value that this run has seen. */
  let first: number | null = null;
  const unsubscribe = run.events.on((event) => {
    tally.hear(event, clock.now());
    const account = first === null && event.kind === 'account' ? run.account() : null;
    if (account !== null) first = wholeValue(account);
  });
  const tell = async (): Promise<void> => {
    try {
      await run.fresh();
      const now = clock.now();
      const day = chinaDay(now);
      const account = run.account();
      const isOfNow = isOfPart(run.seenSince());
      const { before, isOther } = comparedWith(book.before(day), isOfNow, first);
      const all = account === null ? [] : book.keep({ day, value: wholeValue(account) });
      const told = tally.of(now);
      const [orders, trades, values] = [run.orders(), run.trades(day), all.filter(isOfNow)];
      const digest = dayDigest({ day, account, orders, trades, before, values, ...told, isOther });
      const text = digestText(digest, amounts);
      notifier.tell({
        kind: 'digest',
        level: 'info',
        time: now,
        title: `Day ${day}`,
        text,
        key: `digest ${day}`,
        digest,
      });
    } catch (error) {
      onTrouble(`The digest of the day could not be made: ${errorMessage(error)}`);
    }
  };
  const endDays = armDaily(DIGEST_TIME, options, tell);
  return { endDays, end: unsubscribe };
}
