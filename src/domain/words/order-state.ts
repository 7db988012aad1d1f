import type { IntentState } from '../order/types.ts';
import { TERMS } from './terms.ts';

/** An order's state as persons read it; programs read the id. `filled`: shares, of one that may have ended before it was whole. */
export function stateText(state: IntentState, filled = 0): string {
  if (state === 'canceled') return TERMS.en[filled > 0 ? 'order.partly' : 'order.canceled'];
  return state === 'canceling' ? TERMS.en['order.canceling'] : state;
}
