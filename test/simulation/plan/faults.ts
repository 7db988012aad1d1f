import type { Rng } from '../../../src/platform/random.ts';
import { between, pick, weighted } from './pick.ts';
import { ANY_FRAME_KINDS } from './types.ts';
import type { CrashPoint, FrameFault, FrameKind, ServerCrash, TimedFault, TimedKind } from './types.ts';

/** Virtual ms in which faults begin. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const ACTIONS: readonly (readonly [number, string])[] = [
  [8, 'broker.place_order'],
  [3, 'broker.cancel_order'],
  [3, 'broker.orders'],
  [3, 'broker.trades'],
  [3, 'broker.positions'],
  [2, 'broker.account'],
  [2, 'data.live_current'],
  [1, 'admin.health'],
  [1, ''],
];

/** Codes of every back end; a text that proves a refusal is not among what they say. */
const CODES: readonly string[] = [
  'REQUEST_TIMEOUT',
  'REQUEST_TIMEOUT',
  'REQUEST_TIMEOUT',
  'REQUEST_FAILED',
  'QMT_UNAVAILABLE',
  'QMT_RECONNECTING',
  'BIG_QMT_GATEWAY_UNAVAILABLE',
  'BIG_QMT_GATEWAY_TIMEOUT',
  'BIG_QMT_GATEWAY_ERROR',
  'TRADING_DISABLED',
  'HTTP_502',
  'UNSUPPORTED',
];

export function drawFrameFaults(rng: Rng, span: Span): FrameFault[] {
  const spell = drawSpell(rng, span);
  const single = Array.from({ length: count(rng) }, (): FrameFault => {
    const [kind, action] = weighted<readonly [FrameKind, string]>(rng, [
      [9, [pick(rng, ANY_FRAME_KINDS), weighted(rng, ACTIONS)]],
      [4, [pick(rng, PLACE_KINDS), 'broker.place_order']],
      [3, [pick(rng, LIST_KINDS), pick(rng, LISTS)]],
      [1, ['error-after', 'broker.positions']],
    ]);
    const rare = action === 'broker.place_order' || action === 'broker.cancel_order';
    return {
      kind,
      action,
      nth: rare ? 1 + rng.int(2) : 1 + rng.int(6),
      from: instant(rng, span),
      share: pick(rng, [0, 0.5, 1, rng.next(), rng.next()]),
      ms: pick(rng, [between(rng, 1, 300), between(rng, 300, 4_000), between(rng, 4_000, 14_000)]),
      code: rare && rng.next() < 0.3 ? 'REQUEST_TIMEOUT' : pick(rng, CODES),
    };
  });
  return [...spell, ...single];
}

/** Now and then a read fails several times in a row. */
function drawSpell(rng: Rng, span: Span): FrameFault[] {
  if (rng.next() > 0.15) return [];
  const action = weighted(rng, [
    [4, 'broker.positions'],
    [1, 'broker.account'],
    [1, 'broker.orders'],
    [1, 'broker.trades'],
  ] as const);
  const from = rng.next() < 0.5 ? 0 : instant(rng, span);
  const fault: FrameFault = { kind: 'error-after', action, nth: 1, from, share: 0, ms: 0, code: pick(rng, CODES) };
  return Array.from({ length: 3 + rng.int(5) }, () => fault);
}

const LIST_KINDS: readonly FrameKind[] = ['empty-list', 'partial-list', 'stale-list', 'error-after'];
const PLACE_KINDS: readonly FrameKind[] = [
  'submit-unknown',
  'refusal',
  'error-before',
  'error-after',
  'error-after',
  'cut-answer',
  'late-request',
];
const LISTS: readonly string[] = ['broker.positions', 'broker.orders', 'broker.trades'];

export function drawTimedFaults(rng: Rng, span: Span): TimedFault[] {
  if (rng.next() > 0.3) return [];
  const kind = weighted<TimedKind>(rng, [
    [3, 'block'],
    [3, 'reset-all'],
    [1, 'token-change'],
    [2, 'clock-jump'],
  ]);
  return [{ kind, at: between(rng, span.from, span.to), ms: between(rng, 50, kind === 'block' ? 20_000 : 9_000) }];
}

export function drawCrashes(rng: Rng, span: Span): CrashPoint[] {
  const times = weighted(rng, [
    [5, 0],
    [4, 1],
    [1, 2],
  ]);
  return Array.from({ length: times }, () => {
    const point = pick(rng, ['commit', 'write', 'answer'] as const);
    const action = point === 'commit' ? '' : weighted(rng, ACTIONS);
    const rare = action === 'broker.place_order' || action === 'broker.cancel_order';
    return {
      point,
      side: pick(rng, ['before', 'after'] as const),
      action,
      nth: rare ? 1 + rng.int(2) : 1 + rng.int(8),
      from: instant(rng, span),
      downMs: pick(rng, [20, between(rng, 20, 2_000), between(rng, 2_000, 12_000)]),
    };
  });
}

export function drawServerCrashes(rng: Rng, span: Span): ServerCrash[] {
  if (rng.next() > 0.22) return [];
  return [
    {
      memory: weighted(rng, [
        [4, 'all'],
        [4, 'book'],
        [1, 'none'],
      ] as const),
      point: pick(rng, ['before', 'executed', 'answered'] as const),
      action: weighted(
        rng,
        ACTIONS.filter(([, action]) => action !== ''),
      ),
      nth: 1 + rng.int(2),
      from: instant(rng, span),
      downMs: pick(rng, [20, between(rng, 20, 3_000), between(rng, 3_000, 20_000)]),
    },
  ];
}

/** Some are armed from the first moment on. */
function instant(rng: Rng, { from, to }: Span): number {
  return rng.next() < 0.25 ? from : between(rng, from, to);
}

function count(rng: Rng): number {
  return weighted(rng, [
    [1, 0],
    [4, 1],
    [4, 2],
    [2, 5],
  ]);
}
