import { HeapClock } from './heap-clock.ts';

/**
 * Market time = the machine's clock. The clock is read again at least each second, so a step forward fires what it made due
 * within that second and a step back only delays; nothing fires twice.
 */
export class WallClock extends HeapClock {
  readonly kind = 'wall';
  readonly speed = 1;

  now(): number {
    return this.timers.wallNow();
  }

  protected wallDelay(instant: number): number {
    return instant - this.now();
  }
}
