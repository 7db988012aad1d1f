import * as z from 'zod';

import type { GatewayOrder } from '../../../domain/gateway.ts';
import { isJsonObject } from '../../../protocol/json.ts';
import type { JsonObject } from '../../../protocol/json.ts';
import type { FaultCall } from '../kind.ts';
import { BROKER, defineFault, pick } from '../kind.ts';
import { changeRows, changeWholeList, withMembers } from '../rows.ts';

/** The first order id there is. */
const FIRST_ID = 1_073_741_825;

/** An id that no order has. */
const NO_ID = 'none';

type Earlier = 'kept' | 'gone';

/** A terminal that restarted during the day and counts its order ids from the first one again, with its earlier rows or without. */
export const orderIdsAgain = defineFault({
  kind: 'order_ids_again',
  about:
    'restarts and numbers what is placed from now on from the first id again; the earlier rows of the day are kept (two of one id) or gone',
  actions: BROKER,
  rhythm: 'event',
  params: { earlier: z.enum(['kept', 'gone']).default('kept'), drop: z.boolean().default(true) },
  variant: ({ earlier }) => earlier,
  simulatedOnly: () => true,
  draw: (rng) => ({ earlier: pick(rng, ['kept', 'gone']) }),
  effect: ({ earlier, drop }) => {
    const ids = new ShownIds();
    return {
      before: (call) => {
        call.happened();
        ids.restart(call);
        if (!drop) return 'on';
        call.control.dropConnections();
        return 'gone';
      },
      lasting: {
        request: (payload, call) => (ids.restarted ? withTrueIds(payload, ids.of(call), earlier) : payload),
        answer: (answer, call) => (ids.restarted ? withShownIds(answer, ids.of(call), earlier) : answer),
      },
    };
  },
});

/** The ids of one account's day: an order's own, and the one that is shown for it. */
interface DayIds {
  /** Of before the last restart, by its own id. */
  readonly before: ReadonlyMap<string, string>;
  readonly since: ReadonlyMap<string, string>;
}

/** Remembers, from restart to restart, which id was shown for which order. */
class ShownIds {
  restarted = false;
  #restartedAt = 0;
  readonly #before = new Map<string, string>();

  restart(call: FaultCall): void {
    const { before, since } = this.of(call);
    const shown = new Map([...before, ...since]);
    for (const order of ordersOf(call)) this.#before.set(keyOf(order), shown.get(order.orderId) ?? order.orderId);
    this.restarted = true;
    this.#restartedAt = call.clock.now();
  }

  of(call: FaultCall): DayIds {
    const before = new Map<string, string>();
    const since = new Map<string, string>();
    for (const order of ordersOf(call)) {
      const known = this.#before.get(keyOf(order));
      if (known !== undefined) before.set(order.orderId, known);
      // Of an account that was not looked at before.
      else if ((order.createdAt ?? 0) < this.#restartedAt) before.set(order.orderId, order.orderId);
      else since.set(order.orderId, String(FIRST_ID + since.size));
    }
    return { before, since };
  }
}

function ordersOf({ control, payload, link }: FaultCall): readonly GatewayOrder[] {
  return control.book(payload, link.identity).ordersNow();
}

/** The exchange gives the same ids on each day. */
function keyOf({ createdAt, orderId }: GatewayOrder): string {
  return `${createdAt ?? 0}/${orderId}`;
}

function withShownIds(answer: JsonObject, { before, since }: DayIds, earlier: Earlier): JsonObject {
  const isSeen = (row: unknown): boolean => !isJsonObject(row) || !before.has(String(row['order_id']));
  const seen = earlier === 'gone' ? changeWholeList(answer, (rows) => rows.filter(isSeen)) : answer;
  return changeRows(seen, (row) =>
    withMembers(row, ['order_id'], (id) => {
      if (typeof id !== 'string') return id;
      return since.get(id) ?? before.get(id) ?? id;
    }),
  );
}

/** Of two orders with one id the later is meant: the terminal knows no other. */
function withTrueIds(payload: JsonObject, { before, since }: DayIds, earlier: Earlier): JsonObject {
  const trueId = (id: unknown): unknown => {
    if (typeof id !== 'string' && typeof id !== 'number') return id;
    const known = earlier === 'kept' ? [...since, ...before] : [...since];
    return known.find(([, shown]) => shown === String(id))?.[0] ?? NO_ID;
  };
  const own = withMembers(payload, ['order_id'], trueId);
  const { filters } = own;
  return isJsonObject(filters) ? { ...own, filters: withMembers(filters, ['order_id'], trueId) } : own;
}
