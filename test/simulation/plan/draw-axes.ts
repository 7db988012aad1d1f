import type { Rng } from '../../../src/platform/random.ts';
import type { Axis } from './axes.ts';
import { drawCrashes, drawFrameFaults, drawServerCrashes, drawTimedFaults, type Span } from './faults.ts';
import { NOTHING } from './nothing.ts';
import { drawOutside } from './outside.ts';
import { between, pick } from './pick.ts';
import { drawDays, drawHours, drawMonths, drawRestarts, lengthOf, passages, type Stretch } from './timetable.ts';
import type { Odd, OddKind, Plan, ServerCrash, TimedFault } from './types.ts';
import {
  drawBusyForeign,
  drawUncancellable,
  drawCallsIn,
  drawForeign,
  drawForeignCancels,
  drawTransfers,
  withStops,
} from './workload.ts';

type LongerKind = Exclude<Plan['kind'], 'moment'>;

/** How many worlds in a hundred are of each kind; the rest are moments. */
const SHARES: readonly (readonly [number, LongerKind, Axis])[] = [
  [12, 'days', 'days'],
  [18, 'hours', 'hours'],
  [1.5, 'busy', 'others'],
  [0.2, 'months', 'months'],
];

export function drawKind(rng: Rng, axes: ReadonlySet<Axis>): Plan['kind'] {
  let at = rng.next() * 100;
  for (const [share, kind, axis] of SHARES) {
    at -= share;
    if (at < 0) return axes.has(axis) ? kind : 'moment';
  }
  return 'moment';
}

/** A world that lasts longer than a moment. */
export function drawLonger(seed: number, rng: Rng, kind: LongerKind): Plan {
  const base: Plan = {
    ...NOTHING,
    seed,
    kind,
    rpcTimeoutSeconds: pick(rng, [5, 5, 12]),
    positions: kind !== 'months' && rng.next() < 0.15 ? 'own' : 'all',
  };
  if (kind === 'busy') return drawBusy(base, rng);
  const stretches = { days: drawDays, hours: drawHours, months: drawMonths }[kind](rng.fork('timetable'));
  return drawStretches(base, rng, stretches);
}

function drawStretches(base: Plan, rng: Rng, stretches: readonly Stretch[]): Plan {
  const [first] = stretches;
  const workMs = lengthOf(stretches);
  // Some worlds have nothing but their times: a fault must not be needed for one to show.
  const calm = base.kind === 'months' || rng.next() < 0.4;
  const span: Span = { from: 0, to: workMs };
  return {
    ...base,
    day: first?.day ?? base.day,
    start: first?.time ?? base.start,
    calls: [
      ...drawCallsIn(rng.fork('calls'), stretches, base.kind === 'hours' ? 4 : 2),
      ...drawUncancellable(rng.fork('uncancellable'), stretches),
    ],
    foreign: base.kind === 'months' ? [] : drawForeign(rng.fork('foreign'), workMs),
    skips: passages(stretches),
    restarts: base.kind === 'months' ? [] : drawRestarts(rng.fork('restarts'), stretches),
    frameFaults: calm ? [] : drawFrameFaults(rng.fork('frames'), span),
    timedFaults: calm ? [] : drawTimedFaults(rng.fork('timed'), span).filter(({ kind }) => kind !== 'token-change'),
    crashes: calm ? [] : drawCrashes(rng.fork('crashes'), span),
    serverCrashes: calm ? [] : drawServerCrashes(rng.fork('server'), span).filter(({ memory }) => memory !== 'none'),
    quietAt: workMs,
  };
}

/** Minutes on an account on which somebody else trades all the time. */
function drawBusy(base: Plan, rng: Rng): Plan {
  const workMs = between(rng, 100_000, 220_000);
  const stretches: readonly Stretch[] = Array.from({ length: 1 + rng.int(5) }, () => ({
    day: '',
    time: '',
    ms: workMs / 6,
  }));
  const events = rng.next() < 0.3;
  return {
    ...base,
    start: pick(rng, ['09:35:00', '13:30:00']),
    calls: drawCallsIn(rng.fork('calls'), stretches, 3),
    foreign: drawBusyForeign(rng.fork('foreign'), workMs),
    foreignCancels: drawForeignCancels(rng, workMs, 8),
    transfers: rng.next() < 0.5 ? drawTransfers(rng, workMs) : [],
    crashes: events ? drawCrashes(rng.fork('crashes'), { from: 0, to: workMs }) : [],
    quietAt: workMs,
  };
}

/** What may come upon worlds of every kind. */
export function withAxes(plan: Plan, rng: Rng, axes: ReadonlySet<Axis>): Plan {
  if (plan.kind === 'months') return plan;
  const others = axes.has('others') && plan.kind !== 'busy' && plan.stub === null && rng.next() < 0.08;
  const own = rng.fork('odd');
  // One draw for each, whatever is on: a world stays as it is when another axis is switched.
  const [rows, counters, other, hangs, idsAgain] = [0.12, 0.06, 0.04, 0.03, 0.02].map((share) => own.next() < share);
  const isOn = (axis: Axis): boolean => axes.has(axis) && plan.stub === null;
  const hang = isOn('gateway') && hangs === true ? [drawHang(rng.fork('hang'), plan.quietAt)] : [];
  const odd = (drawn: boolean | undefined, kinds: readonly OddKind[]): Odd[] =>
    drawn === true ? [drawOdd(rng.fork(kinds[0] ?? ''), plan.quietAt, kinds)] : [];
  const stops = rng.fork('stops');
  const outside = rng.fork('outside');
  const isOutside = outside.next() < 0.18 && plan.kind === 'moment' && plan.stub === null && axes.has('outside');
  return withOutside(isOutside ? outside : null, {
    ...plan,
    calls: stops.next() < 0.1 && axes.has('stops') ? withStops(stops, plan.calls) : plan.calls,
    ...(others ? othersOf(rng.fork('others'), plan) : {}),
    timedFaults: [...plan.timedFaults, ...hang],
    // A server that is patient for a minute is what most people have.
    rpcTimeoutSeconds: hang.length > 0 ? pick(own, [12, 60]) : plan.rpcTimeoutSeconds,
    odd: [
      ...(isOn('rows') ? odd(rows, ROWS) : []),
      ...(isOn('counters') ? odd(counters, ['lagging-cash', 'no-freeze']) : []),
      ...(isOn('gateway') ? odd(other, ['other-account']) : []),
    ],
    serverCrashes:
      isOn('gateway') && idsAgain === true ? [drawIdsAgain(rng.fork('ids'), plan.quietAt)] : plan.serverCrashes,
    quietAt: Math.max(plan.quietAt, ...hang.map(({ at, ms }) => at + ms)),
  });
}

/** An exchange outside the gateway's process forgets nothing when that dies. */
function withOutside(rng: Rng | null, plan: Plan): Plan {
  if (rng === null) return plan;
  const serverCrashes = plan.serverCrashes.map((crash): ServerCrash => ({ ...crash, memory: 'all' }));
  return { ...plan, serverCrashes, outside: drawOutside(rng, { from: 0, to: plan.quietAt * 0.9 }) };
}

const ROWS: readonly OddKind[] = [
  'trade-amount-0',
  'trade-price-0',
  'unpriced-holding',
  'unknown-code',
  'two-rows',
  'unknown-status',
];

function othersOf(rng: Rng, { quietAt, foreign }: Plan): Partial<Plan> {
  const more = drawForeign(rng, quietAt);
  return {
    foreign: [...foreign, ...more],
    foreignCancels: drawForeignCancels(rng, quietAt, 5),
    transfers: drawTransfers(rng, quietAt),
  };
}

function drawHang(rng: Rng, workMs: number): TimedFault {
  return { kind: 'hang', at: rng.next() * workMs, ms: between(rng, 3_000, 60_000) };
}

/** Virtual ms by which an engine that is not hindered has read its account. */
const FIRST_READING_MS = 3_000;

function drawOdd(rng: Rng, workMs: number, kinds: readonly OddKind[]): Odd {
  const kind = pick(rng, kinds);
  // An instance knows its account from its first reading on.
  const earliest = kind === 'other-account' ? FIRST_READING_MS : 0;
  const from = Math.max(earliest, rng.next() < 0.5 ? 0 : rng.next() * workMs);
  const lasts = kind === 'unknown-status' || kind === 'other-account';
  return { kind, from, until: lasts ? from + between(rng, 2_000, 15_000) : null };
}

function drawIdsAgain(rng: Rng, workMs: number): ServerCrash {
  return {
    memory: 'ids',
    point: 'answered',
    action: pick(rng, ['broker.place_order', 'broker.place_order', 'broker.trades']),
    nth: 1 + rng.int(2),
    from: rng.next() * workMs * 0.6,
    downMs: between(rng, 20, 3_000),
  };
}
