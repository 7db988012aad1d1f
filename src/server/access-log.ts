import type { Log } from '../platform/log.ts';
import { isTruthy, toText } from './python.ts';

export interface AccessRecord {
  readonly peer: string;
  readonly session: string;
  readonly id: unknown;
  readonly action: unknown;
  readonly account: unknown;
  readonly subAccount: unknown;
  readonly status: 'ok' | 'error' | 'timeout';
  /** Wall ms. */
  readonly cost: number;
  readonly error: string | null;
}

const LONGEST_FIELD = 200;

const ORDER_ACTIONS: ReadonlySet<unknown> = new Set(['broker.place_order', 'broker.cancel_order']);

/** True for a request that a server which logs orders only has a line for. */
export function isOfOrders(action: unknown): boolean {
  return ORDER_ACTIONS.has(action);
}

/** One line, as the deployed server writes it. Payloads are never logged, only these fields. */
export function logAccess(log: Log, record: AccessRecord): void {
  const error = record.error === null ? '' : ` error=${field(record.error)}`;
  log.info(
    `[ACCESS] peer=${record.peer} session=${record.session} id=${field(record.id)} action=${field(record.action)} ` +
      `account=${field(record.account)} sub=${field(record.subAccount)} status=${record.status} ` +
      `cost=${record.cost.toFixed(1)}ms${error}`,
  );
}

/** A peer's text must neither break the line nor fill the log. */
function field(value: unknown): string {
  if (!isTruthy(value)) return '-';
  const text = toText(value).replaceAll(/\s+/g, ' ');
  return text.length > LONGEST_FIELD ? `${text.slice(0, LONGEST_FIELD)}…` : text;
}
