import { MAX_KEPT_TEXT } from '../limits.ts';
import type { DoorContext } from './env.ts';
import { badRequest } from './bad-request.ts';

/** The header `Idempotency-Key`, plain or between quotes; null = there is none. Throws 400 for one that cannot be a key. */
export function keyOf(context: DoorContext): string | null {
  const header = context.req.header('idempotency-key');
  if (header === undefined) return null;
  const text = header.trim();
  const key = /^"([^"\\]*)"$/u.exec(text)?.[1] ?? text;
  if (isKey(key)) return key;
  const message = `1 to ${MAX_KEPT_TEXT} letters, digits and signs, without blanks`;
  throw badRequest('The header', [{ path: 'Idempotency-Key', message }]);
}

export function isKey(text: string): boolean {
  return text.length <= MAX_KEPT_TEXT && /^[\u0021-\u007e]+$/u.test(text);
}
