import { chinaText } from '../domain/time.ts';
import type { LiveOptions } from './live-options.ts';
import type { Trading } from './trading.ts';

/** Reads the account as it is at the end of a run; false, and said, when it could not be read any more. `within` bounds the wait. */
export async function readLast(
  { clock, log }: Pick<LiveOptions, 'clock' | 'log'>,
  { tracker, reader, account }: Pick<Trading, 'tracker' | 'reader' | 'account'>,
  within: (work: Promise<unknown>) => Promise<void>,
): Promise<boolean> {
  const asked = clock.now();
  await within(tracker.readNow().then(() => reader.refresh()));
  const asOf = account.view()?.asOf ?? null;
  if (asOf !== null && asOf >= asked) return true;
  const since = asOf === null ? 'the start' : chinaText(asOf);
  log.warning(`The account could not be read at the end: what is shown is of ${since}, with own fills known since.`);
  return false;
}
