import * as z from 'zod';

import { answerDict, badAnswer } from './fields.ts';

export interface HealthAnswer {
  /** The server process answers and its back end, if it names one, is ready. */
  readonly ready: boolean;
  /** Why not ready, or the back end's state, in words. */
  readonly detail: string;
  /** True only when the server calls itself a stub: everything else counts as real money. */
  readonly stub: boolean;
  /** It rehearses: orders are answered as placed and none is sent. */
  readonly dryRun: boolean;
  /** The server's market clock: epoch ms now, market seconds per wall second. */
  readonly clock: { readonly now: number; readonly speed: number } | null;
  /** What stands behind it, as it calls it (`stub`, `qmt`, …); null = it does not say. */
  readonly backend: string | null;
  /** What it can do, as it says. */
  readonly features: readonly string[];
}

const text = z.string().nullable().catch(null);
const health = z.object({
  process_alive: z.boolean().catch(false),
  backend: text,
  features: z.array(z.string()).catch([]),
  qmt: z
    .object({ ready: z.boolean().catch(false), state: text, last_error: text })
    .nullish()
    // Something is there but unreadable: that back end is not known to be ready.
    .catch({ ready: false, state: 'unreadable', last_error: null }),
  clock: z.object({ now_ms: z.number().positive(), speed: z.number().positive() }).nullable().catch(null),
});

/** `admin.health`. Throws BAD_ANSWER for something that is no health report. */
export function decodeHealth(payload: unknown): HealthAnswer {
  const answer = answerDict(payload, 'admin.health');
  if (answer['process_alive'] === undefined) throw badAnswer('admin.health', 'process_alive is missing');
  const { process_alive: alive, backend, qmt, clock, features } = health.parse(answer);
  const backendReady = qmt === null || qmt === undefined || qmt.ready;
  return {
    ready: alive && backendReady,
    detail: detailOf(alive, backend, qmt ?? null),
    stub: backend === 'stub',
    dryRun: answer['dry_run'] === true,
    clock: clock === null ? null : { now: clock.now_ms, speed: clock.speed },
    backend,
    features,
  };
}

function detailOf(
  alive: boolean,
  backend: string | null,
  qmt: { state: string | null; last_error: string | null } | null,
): string {
  if (!alive) return 'the server process reports itself as not alive';
  if (qmt === null) return backend ?? 'ready';
  const state = qmt.state ?? 'state unknown';
  return qmt.last_error === null ? state : `${state}: ${qmt.last_error}`;
}
