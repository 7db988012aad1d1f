/** Cells of the coverage table that can only be empty. */
export interface Impossible {
  /** Rows. */
  readonly kinds: RegExp;
  readonly columns: readonly string[];
  readonly why: string;
}

/** Every kind. */
const ANY = /^/;
/** Kinds that only worlds of a moment have; these lie on trading days. */
const MOMENTS_ONLY = /^(stub |token-change$|server-restart-none$)/;
/** What strikes the placing of an order only. */
const PLACING = /^(refusal|submit-unknown|stub (submit_unknown|empty_id|late_execution|idempotency_ignored))$/;
/** What strikes rows of the day's orders and trades only. */
const ROWS = /^stub (orders|trades|status|trade_ids)$/;
const NO_ORDERS_TAKEN = ['closed', 'after_close', 'no trading day'];

/** The first that fits is the reason. A run that fills such a cell refutes it, and the report says so. */
export const IMPOSSIBLE: readonly Impossible[] = [
  {
    kinds: ANY,
    columns: ['expired'],
    why: 'the exchange of these worlds cancels at its close what is open; what nobody saw of it expires on a later day',
  },
  { kinds: MOMENTS_ONLY, columns: ['no trading day'], why: 'a moment lies on a trading day' },
  { kinds: PLACING, columns: [...NO_ORDERS_TAKEN, 'pre_open', 'lunch'], why: 'no order goes out at such a time' },
  { kinds: ROWS, columns: ['closed'], why: 'the lists are empty before the day' },
  { kinds: /^other cancels$/, columns: NO_ORDERS_TAKEN, why: 'nothing of anybody is open then' },
  {
    kinds: /^night$/,
    columns: ['no trading day'],
    why: 'a day off ends with the weekend or holiday, not with a night',
  },
];

/** Why a cell of the coverage table can only be empty; null = it can be filled. */
export function emptyReason(kind: string, column: string): string | null {
  return IMPOSSIBLE.find(({ kinds, columns }) => kinds.test(kind) && columns.includes(column))?.why ?? null;
}
