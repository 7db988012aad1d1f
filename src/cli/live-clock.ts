import { existsSync } from 'node:fs';
import { BtError } from '../domain/errors.ts';
import type { Clock } from '../platform/clock.ts';
import { GatewayClock } from '../platform/gateway-clock.ts';
import type { Log } from '../platform/log.ts';
import { SimulatedClock } from '../platform/simulated-clock.ts';
import { StartingClock } from '../platform/starting-clock.ts';
import { every, wallNow } from '../platform/timers.ts';
import { WallClock } from '../platform/wall-clock.ts';
import type { StateAnchor } from '../server/index.ts';
import type { Broker } from '../venues/broker.ts';
import { bookClock } from './book-clock.ts';
import type { ClockPlan } from './live-options.ts';

/** How often a gateway's clock is read again, wall ms. */
const ALIGN_MS = 5_000;
/** Smaller steps are the time an answer takes, market ms at speed 1. */
const NOTABLE_STEP_MS = 1_000;

/** A clock, and what to call once the run is ready. */
export interface RunClock {
  readonly clock: Clock;
  /** Market time at which the run begins, epoch ms: `--at` to the millisecond. */
  readonly startedAt: number;
  /** The `--at` that a stub's book keeps; null = none. */
  readonly begun: number | null;
  /** What became of the clock of a book; null where there was none. */
  readonly note: string | null;
  begin(): void;
}

/**
 * The clock of a plan that needs no gateway. A simulated one stands still until the run is ready; where the stub has a
 * book in `bookFile`, it goes on where that is, or moves on to a later `--at`. Throws BtError AT_IS_PAST (config).
 */
export async function localClock(
  plan: Exclude<ClockPlan, { kind: 'gateway' }>,
  bookFile: string | null,
): Promise<RunClock> {
  if (plan.kind === 'wall') return startedNow(new WallClock(), null, null);
  const saved = await readAnchor(bookFile);
  if (saved === null || bookFile === null) return startingClock(plan.start, plan.speed, plan.start, null);
  const told = { at: plan.start, speed: plan.speed };
  const { start, anchor, speed, begun, note } = bookClock(saved, told, bookFile, wallNow());
  // A market that runs by itself has run on while nobody was there.
  const now = new SimulatedClock({ start, anchor, speed }).now();
  return startingClock(now, speed, begun, note);
}

function startingClock(start: number, speed: number | 'max', begun: number | null, note: string | null): RunClock {
  const clock = new StartingClock({ start, speed });
  return { clock, startedAt: start, begun, note, begin: () => clock.begin() };
}

function startedNow(clock: Clock, begun: number | null, note: string | null): RunClock {
  return { clock, startedAt: clock.now(), begun, note, begin: () => {} };
}

async function readAnchor(bookFile: string | null): Promise<StateAnchor | null> {
  if (bookFile === null || !existsSync(bookFile)) return null;
  const { readStateAnchor } = await import('../server/index.ts');
  return readStateAnchor(bookFile);
}

/** Reads the gateway's own clock; throws BtError NO_GATEWAY_CLOCK (config) when it does not tell one. */
export async function readGatewayClock(broker: Broker): Promise<GatewayClock> {
  await broker.start();
  const { clock } = await broker.health();
  if (clock !== null) return new GatewayClock(clock);
  // Only the paper market of `bt server` has a clock that is not the real time; a wrapper could not tell it.
  const advice =
    broker.name === 'qmt-remote'
      ? ', or start `bt server` with --at.'
      : ': its routes have none, and it keeps the real time.';
  throw new BtError(
    'NO_GATEWAY_CLOCK',
    `This gateway tells no market clock of its own. Leave out --clock gateway${advice}`,
    { fault: 'config' },
  );
}

/** Keeps the clock with its gateway: at intervals, and when a session comes back. Returns how to end it. */
export function followGateway(clock: GatewayClock, broker: Broker, log: Log): () => void {
  const read = async (): Promise<void> => {
    const reading = await broker.health().then(
      (health) => health.clock,
      () => null, // down for a while: the clock runs on by itself
    );
    if (reading === null) return;
    const step = clock.align(reading);
    if (Math.abs(step) > NOTABLE_STEP_MS * Math.max(1, clock.speed)) {
      log.warning(
        `the gateway's clock ${step > 0 ? 'is ahead' : 'was set back'} by ${Math.round(Math.abs(step) / 1000)} s`,
      );
    }
  };
  const timer = every(ALIGN_MS, () => void read());
  const unsubscribe = broker.onStatus((status) => {
    if (status.kind === 'connected') void read();
  });
  return () => {
    timer.cancel();
    unsubscribe();
  };
}
