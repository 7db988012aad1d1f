import * as z from 'zod';

import { chinaTimeOfDay } from '../../../domain/time.ts';
import { isJsonObject } from '../../../protocol/json.ts';
import type { JsonObject } from '../../../protocol/json.ts';
import type { FaultCall } from '../kind.ts';
import { BROKER, defineFault, pick } from '../kind.ts';
import { changeRows, withMembers } from '../rows.ts';

/** What a terminal that restarted adds to every order id. */
const STEP = 1_000_000;
/** The first order id of each day, when they begin anew. */
const FIRST_ID = 1_073_741_825;

/** Order ids after the nightly restart of a terminal: all new, or beginning anew each day so that they repeat. */
export const orderIds = defineFault({
  kind: 'order_ids',
  about:
    'gives every order of the day a new id (shift), or begins with the same id each day (daily), as a terminal that restarts; "night": once the market is closed',
  actions: BROKER,
  rhythm: 'event',
  params: {
    mode: z.enum(['shift', 'daily']).default('shift'),
    /** Waits until the market is closed: terminals restart then. */
    night: z.boolean().default(false),
    drop: z.boolean().default(true),
  },
  variant: ({ mode }) => mode,
  simulatedOnly: () => true,
  draw: (rng) => ({ mode: pick(rng, ['shift', 'daily']), night: true }),
  effect: ({ mode, night, drop }) => {
    let restarts = 0;
    let waiting = false;
    const restart = (call: FaultCall): void => {
      waiting = false;
      restarts += 1;
      call.happened();
      if (drop) call.control.dropConnections();
    };
    return {
      before: (call) => {
        waiting = night;
        if (night) return 'on';
        restart(call);
        return drop ? 'gone' : 'on';
      },
      lasting: {
        request: (payload, call) => {
          if (waiting && isNight(call.clock.now())) restart(call);
          return restarts === 0 ? payload : withTrueIds(payload, mode, restarts, call);
        },
        answer: (answer, call) => (restarts === 0 ? answer : withNewIds(answer, mode, restarts, call)),
      },
    };
  },
});

type Mode = 'shift' | 'daily';

function withNewIds(answer: JsonObject, mode: Mode, restarts: number, call: FaultCall): JsonObject {
  const ids = mode === 'daily' ? idsOfDay(call) : [];
  return changeRows(answer, (row) =>
    withMembers(row, ['order_id'], (id) => {
      if (typeof id !== 'string') return id;
      return mode === 'shift' ? shifted(id, restarts * STEP) : ofRank(ids.indexOf(id), id);
    }),
  );
}

function withTrueIds(payload: JsonObject, mode: Mode, restarts: number, call: FaultCall): JsonObject {
  const trueId = (id: unknown): unknown => {
    if (typeof id !== 'string' && typeof id !== 'number') return id;
    if (mode === 'shift') return shifted(String(id), -restarts * STEP);
    return idsOfDay(call)[Number(id) - FIRST_ID] ?? id;
  };
  const own = withMembers(payload, ['order_id'], trueId);
  const { filters } = own;
  return isJsonObject(filters) ? { ...own, filters: withMembers(filters, ['order_id'], trueId) } : own;
}

/** Outside the hours in which a terminal is up. */
function isNight(now: number): boolean {
  const time = chinaTimeOfDay(now) / 3600;
  return time < 9 || time >= 15.5;
}

/** Ids of another form stay as they are. */
function shifted(id: string, by: number): string {
  return /^\d{1,15}$/u.test(id) ? String(Number(id) + by) : id;
}

function ofRank(rank: number, id: string): string {
  return rank < 0 ? id : String(FIRST_ID + rank);
}

function idsOfDay({ control, payload, link }: FaultCall): string[] {
  return control
    .book(payload, link.identity)
    .ordersNow()
    .map(({ orderId }) => orderId);
}
