import { inEnglish } from '../../domain/order/counter-words.ts';
import { KEY_USED } from './placing.ts';
import type { Placed } from './placing.ts';
import { HttpProblem } from '../../net/http/problem.ts';

/** The failure of a place request whose fate is not known. */
export function unknownPlace({ code, reason }: Extract<Placed, { kind: 'unknown' }>): HttpProblem {
  if (code === KEY_USED) {
    const used = `Nothing was placed now: ${inEnglish(reason)}. What became of it then is in that day's lists; for an order of today use a new Idempotency-Key.`;
    return new HttpProblem(409, code, used, { outcome: 'unknown' });
  }
  const detail =
    `Whether the order exists is not known (${inEnglish(reason)}). Do not send it anew: look into the list of orders, ` +
    'or ask again with the same Idempotency-Key, which never makes a second order.';
  const status = code.endsWith('TIMEOUT') ? 504 : 502;
  return new HttpProblem(status, code, detail, { outcome: 'unknown' });
}

/** The failure of one that was refused, or that was not handed over. */
export function refusedPlace({
  kind,
  code,
  reason,
  orderId,
}: Extract<Placed, { kind: 'rejected' | 'not_placed' }>): HttpProblem {
  const status = kind === 'not_placed' ? 503 : 422;
  const named = orderId === null ? {} : { order_id: orderId };
  return new HttpProblem(status, code, `No order: ${inEnglish(reason)}.`, { outcome: kind, ...named });
}
