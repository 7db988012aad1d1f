/** Kinds that only worlds of a moment have; these lie on trading days. */
const MOMENTS_ONLY = /^(stub |token-change$|server-restart-none$)/;
/** What strikes the placing of an order only. */
const PLACING = /^(refusal|submit-unknown|stub (submit_unknown|empty_id|late_execution|idempotency_ignored))$/;
/** What strikes rows of the day's orders and trades only. */
const ROWS = /^stub (orders|trades|status|trade_ids)$/;
const NO_ORDERS_TAKEN = /^(closed|after_close|no trading day)$/;

/** Why a cell of the coverage table can only be empty; null = it can be filled. */
export function emptyReason(kind: string, column: string): string | null {
  if (column === 'no trading day' && MOMENTS_ONLY.test(kind)) return 'a moment lies on a trading day';
  if (PLACING.test(kind) && NO_ORDERS_TAKEN.test(column)) return 'no order goes out at such a time';
  if (ROWS.test(kind) && column === 'closed') return 'the lists are empty before the day';
  if (kind === 'other cancels' && NO_ORDERS_TAKEN.test(column)) return 'nothing of anybody is open then';
  return null;
}
