import { BtError } from '../domain/errors.ts';
import { chinaText } from '../domain/time.ts';
import type { StateAnchor } from '../server/index.ts';

/** What a start was told about the market clock; null = not said. */
export interface ToldClock {
  /** `--at`, epoch ms. */
  readonly at: number | null;
  /** `--speed`. */
  readonly speed: number | 'max' | null;
}

/** How the market clock of a book runs from this start on. */
export interface BookClock {
  /** Market time (epoch ms) at the wall time `anchor`. */
  readonly start: number;
  readonly anchor: number;
  readonly speed: number | 'max';
  /** The `--at` that holds from now on; null = none was ever given. */
  readonly begun: number | null;
  /** What happens to the clock, for the log. */
  readonly note: string;
}

/**
 * The clock of a book that exists: it goes on where it would be now, or moves on to a later `--at`. The `--at` with which it began
 * is that of the same command run again. Throws BtError AT_IS_PAST (config) for an instant before what the book holds.
 */
export function bookClock(saved: StateAnchor, told: ToldClock, file: string, wallNow: number): BookClock {
  if (told.at !== null && told.at !== saved.begun) return movedOn(saved, told.at, told.speed, file, wallNow);
  const { market, wall, begun } = saved;
  const speed = told.speed ?? saved.speed;
  // A clock that jumps stood still while nothing ran.
  const now = speed === 'max' ? market : market + Math.max(0, wallNow - wall) * saved.speed;
  const note = `the market of ${file} goes on at ${chinaText(now)}`;
  if (speed === saved.speed) return { start: market, anchor: wall, speed, begun, note };
  const change = speed === 'max' ? '' : `, at x${speed} instead of x${saved.speed}`;
  return { start: now, anchor: wallNow, speed, begun, note: `${note}${change}` };
}

function movedOn(saved: StateAnchor, at: number, speed: ToldClock['speed'], file: string, wallNow: number): BookClock {
  if (at < saved.market) throw past(saved, at, file);
  const note = `the market of ${file} moves on from ${chinaText(saved.market)} to --at ${chinaText(at)}; what was due in between happens now`;
  return { start: at, anchor: wallNow, speed: speed ?? saved.speed, begun: at, note };
}

function past({ market, begun }: StateAnchor, at: number, file: string): BtError {
  const goOn = begun === null ? 'Leave --at out' : `Write --at '${chinaText(begun)}', the last it was given,`;
  return new BtError(
    'AT_IS_PAST',
    `--at ${chinaText(at)} is before ${chinaText(market)}, where the market of ${file} stands: what happened there cannot happen again. ${goOn} to go on from there, a later --at to move it on, or another --state to begin a new market.`,
    { fault: 'config' },
  );
}
