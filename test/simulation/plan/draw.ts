import { Rng } from '../../../src/platform/random.ts';
import { drawCrashes, drawFrameFaults, drawServerCrashes, drawTimedFaults } from './faults.ts';
import type { Span } from './faults.ts';
import { withStream } from './draw-stream.ts';
import { drawStubFaults } from './stub-faults.ts';
import { IN_FORCE, type Scope } from './axes.ts';
import { drawKind, drawLonger, withAxes } from './draw-axes.ts';
import { withOperator } from './draw-operator.ts';
import { withSignals } from './draw-signals.ts';
import { NOTHING, PLAIN } from './nothing.ts';
import { pick, weighted } from './pick.ts';
import type { FrameFault, Plan, Traits } from './types.ts';
import { drawCalls, drawForeign } from './workload.ts';

/** Times of day at which a world begins: mostly in continuous trading, else shortly before something changes. */
const STARTS: readonly (readonly [number, string])[] = [
  [10, '09:35:00'],
  [4, '13:30:00'],
  [1, '09:14:50'],
  [1, '09:24:50'],
  [1, '09:29:50'],
  [2, '11:29:45'],
  [1, '12:59:50'],
  [1, '14:56:50'],
  [1, '14:59:50'],
];

/** Virtual ms into which calls and faults fall: long enough, now and then, for an order that was given up. */
const WORK_MS: readonly (readonly [number, number])[] = [
  [5, 9_000],
  [3, 16_000],
  [2, 28_000],
];

/** Of the worlds that can be, so many have signals. */
const SIGNALS_SHARE = 0.08;

/** The world of a seed; with no axes it is a moment of one day, as described below. */
export function drawPlan(seed: number, scope: Scope = IN_FORCE): Plan {
  const { laws, forced = null } = scope;
  const axes = forced === null ? scope.axes : new Set([...scope.axes].filter((axis) => axis !== 'months'));
  const rng = new Rng(seed);
  const kind = drawKind(rng.fork('axis'), axes);
  const plan = kind === 'moment' ? drawMoment(seed, rng) : drawLonger(seed, rng, kind);
  const whole = withAxes({ ...plan, laws }, rng.fork('overlay'), axes);
  const operated = withOperator(whole, rng.fork('operator'), { axes, isForced: forced === 'operator' });
  return withStream(followed(operated, rng, scope), rng.fork('stream'), axes, forced === 'stream');
}

function followed(plan: Plan, rng: Rng, { axes, forced }: Scope): Plan {
  if (!axes.has('signals') || plan.kind === 'months') return plan;
  const signals = rng.fork('signals');
  if (signals.next() < SIGNALS_SHARE) return withSignals(plan, signals);
  return forced === 'signals' ? withSignals(plan, rng.fork('signals')) : plan;
}

/** A moment of one day: some seconds of work full of faults. */
function drawMoment(seed: number, rng: Rng): Plan {
  const start = weighted(rng, STARTS);
  const stub = drawStubFaults(rng.fork('stub'));
  const old = drawOldTrouble(rng.fork('old'));
  const workMs = old === null ? weighted(rng, WORK_MS) : OLD_TROUBLE_MS * 2;
  const span: Span = { from: old === null ? 0 : OLD_TROUBLE_MS, to: workMs };
  const timedFaults = drawTimedFaults(rng.fork('timed'), span);
  return {
    ...NOTHING,
    seed,
    start,
    traits: stub === null ? drawTraits(rng.fork('traits')) : PLAIN,
    rpcTimeoutSeconds: pick(rng, [5, 5, 12]),
    positions: rng.fork('positions').next() < 0.15 ? 'own' : 'all',
    calls: drawCalls(rng.fork('calls'), workMs),
    foreign: stub !== null ? [] : drawForeign(rng.fork('foreign'), workMs),
    stub,
    // One source of trouble with frames is enough.
    frameFaults: [...(old === null ? [] : [old]), ...(stub === null ? drawFrameFaults(rng.fork('frames'), span) : [])],
    timedFaults,
    crashes: drawCrashes(rng.fork('crashes'), span),
    serverCrashes: drawServerCrashes(rng.fork('server'), span),
    skips: drawSkips(rng, start, workMs),
    quietAt: Math.max(workMs, ...timedFaults.map(({ at, ms }) => at + ms)),
  };
}

/** Long enough for an order to be given up as not placed. */
const OLD_TROUBLE_MS = 16_000;

/** In some worlds the first order fails long before anything else does: what was given up must stay so whatever follows. */
function drawOldTrouble(rng: Rng): FrameFault | null {
  if (rng.next() > 0.14) return null;
  const kind = pick(rng, ['error-before', 'error-before', 'refusal'] as const);
  return { kind, action: 'broker.place_order', nth: 1, from: 0, share: 0, ms: 0, code: 'QMT_UNAVAILABLE' };
}

function drawTraits(rng: Rng): Traits {
  return {
    remark: weighted(rng, [
      [12, 'echo'],
      [2, 'cut'],
      [2, 'prefix'],
      [1, 'none'],
    ] as const),
    tradeIds: rng.next() < 0.2 ? 'equal' : 'own',
    keys: rng.next() < 0.25 ? 'ignored' : 'kept',
    marketValue: rng.next() > 0.1,
  };
}

function drawSkips(rng: Rng, start: string, workMs: number): Plan['skips'] {
  if (start === '11:29:45' && rng.next() < 0.7)
    return [{ at: workMs * rng.next(), to: '2026-07-06 12:59:58', through: false }];
  if (start >= '14:56' || rng.next() < 0.05)
    return [{ at: workMs * (0.5 + rng.next() / 2), to: '2026-07-07 08:44:57', through: false }];
  return [];
}
