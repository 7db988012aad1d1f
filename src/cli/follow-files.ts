import { join } from 'node:path';
import { chinaDay } from '../domain/time.ts';
import type { FollowListener, FollowView } from '../engine/follow/follow-view.ts';
import type { DayFacts } from '../follow/files/day-facts.ts';
import { DayFiles } from '../follow/files/day-files.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import { systemTimers } from '../platform/timers.ts';

/**
 * Writes the day's files of what is followed: after each signal and fill, at the close, and at the end. What a simulated clock calls today is
 * another day's: its files stand apart, in `paper`.
 */
export function followFiles(
  files: string,
  clock: Pick<Clock, 'now' | 'kind'>,
  log: Log,
): (view: FollowView) => FollowListener {
  const folder = clock.kind === 'simulated' ? join(files, 'paper') : files;
  return (view) => {
    const files = new DayFiles({
      folder,
      today: () => chinaDay(clock.now()),
      facts: (day) => factsOf(view, day, clock.now()),
      log,
      timers: systemTimers,
    });
    const unhear = view.events.on(({ kind }) => {
      if (kind === 'signal' || kind === 'fill' || kind === 'deviation') files.changed();
    });
    return {
      dayEnds: () => files.write(),
      end: async () => {
        unhear();
        await files.stop();
      },
    };
  };
}

function factsOf(view: FollowView, day: string, at: number): DayFacts {
  const strategies = view
    .strategies()
    .map(({ rules, own, deviation }) => ({ name: rules.name, own, deviation: deviation?.rows ?? null }));
  return { day, at, account: view.account(), strategies, signals: view.signals(day) };
}
