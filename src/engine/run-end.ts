import { BtError } from '../domain/errors.ts';
import { whenAborted } from '../platform/timers.ts';
import type { HookEnd } from './hook-end.ts';
import type { LiveOptions } from './live-options.ts';
import type { Scheduler } from './time/scheduler.ts';
import type { Trading } from './trading.ts';

/** Why a run ends that could go on: a person (or the system) says so, or its `until` has come. The reason of its stop signal. */
export type EndCause = 'stopped' | 'until';

/**
 * The options with one signal for every way in which a run is told to end: whoever waits for anything waits for it too, so that each
 * way holds in every state. What is due just when `until` comes is run before that is told (`lastTurn`). `release` ends the watch.
 */
export function withOneEnd<T extends Pick<LiveOptions, 'clock' | 'until' | 'stop'>>(
  options: T,
): { readonly options: T; readonly release: () => void } {
  const { clock, until, stop } = options;
  const end = new AbortController();
  const unhear = whenAborted(stop, () => end.abort('stopped' satisfies EndCause));
  const lastTurn: NonNullable<LiveOptions['lastTurn']> = { take: null };
  const come = (): void => {
    const tell = (): void => end.abort('until' satisfies EndCause);
    const work = lastTurn.take?.() ?? null;
    if (work === null) tell();
    else void work.finally(tell);
  };
  const timer = until === null ? null : clock.at(until, come);
  return {
    options: { ...options, stop: end.signal, lastTurn },
    release: () => {
      timer?.cancel();
      unhear();
    },
  };
}

/** The work, or STOPPED as soon as the run is told to end; the work is not ended by it. `before`: what had not been reached. */
export async function unlessEnded<T>(stop: AbortSignal, before: string, work: Promise<T>): Promise<T> {
  const told = Promise.withResolvers<never>();
  const unhear = whenAborted(stop, () => told.reject(stoppedEarly(stop, before)));
  try {
    return await Promise.race([work, told.promise]);
  } finally {
    unhear();
  }
}

/** The run was told to end before it began. */
export function stoppedEarly(stop: AbortSignal, before: string): BtError {
  const told = stop.reason === 'until' ? '--until came' : 'Stopped';
  return new BtError('STOPPED', `${told} before ${before}; nothing was traded.`, { fault: 'network' });
}

export interface EndParts {
  readonly options: Pick<LiveOptions, 'stop' | 'until' | 'lastTurn' | 'log'>;
  readonly strategy: { readonly isBusy: boolean };
  readonly scheduler: Pick<Scheduler, 'runLast'>;
  readonly ends: Pick<HookEnd, 'grace' | 'afterGrace'>;
  readonly end: () => void;
}

/** Told to end: what runs is finished, nothing more begins. What is due just when `until` comes is run before that. */
export function armEnd({ options: { stop, until, lastTurn, log }, strategy, scheduler, ends, end }: EndParts): void {
  const passed = '--until has passed';
  if (lastTurn !== undefined && until !== null)
    lastTurn.take = () => {
      const work = scheduler.runLast(until);
      if (work !== null) ends.grace(passed);
      return work;
    };
  whenAborted(stop, () => {
    log.info(endText(stop, strategy.isBusy));
    if (stop.reason === 'until') ends.afterGrace(passed);
    else end();
  });
}

/** What is said when the run is told to end. */
function endText(stop: AbortSignal, isBusy: boolean): string {
  const told = stop.reason === 'until' ? 'Ending: --until has come' : 'Stopping';
  if (!isBusy) return `${told}.`;
  const how = stop.reason === 'until' ? 'Press Ctrl-C twice' : 'Press Ctrl-C again';
  return `${told}: the running hook is finished first. ${how} to end it now.`;
}

/** A strategy that is over leaves its orders: `end` is called when they have come to theirs, at once when they have. */
export function whenSettled(trading: Pick<Trading, 'book' | 'isSettled'>, end: () => void): void {
  const look = (): void => {
    // What only a person can settle is nothing to wait for.
    if (trading.isSettled()) end();
  };
  trading.book.onChange(look);
  look();
}

/** Holds the venue's sessions open for the work, and closes them whatever happens. */
export async function connected<T>(
  options: Pick<LiveOptions, 'stop' | 'broker' | 'providers'>,
  work: () => Promise<T>,
): Promise<T> {
  const { stop, broker, providers } = options;
  try {
    await unlessEnded(stop, 'the gateway was reached', broker.start());
    for (const provider of providers) await unlessEnded(stop, 'the gateway was reached', provider.start());
    return await work();
  } finally {
    for (const provider of providers) await provider.stop();
    await broker.stop();
  }
}
