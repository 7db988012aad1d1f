import { parseChinaTime } from '../../../src/domain/time.ts';

/** A day whose parts stand between the same marks, each with one digit or two, and what follows it. */
const LOOSE = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?=$|[ T])(.*)$/s;

/**
 * Epoch ms of a China time as pandas reads it: what `parseChinaTime` takes, and days like `2026-7-1`, `2026/7/1` and `2026.7.1`;
 * null for anything else.
 */
export function parseLooseTime(text: string): number | null {
  const trimmed = text.trim();
  const found = LOOSE.exec(trimmed);
  if (found === null) return parseChinaTime(trimmed);
  const [, year = '', , month = '', day = '', rest = ''] = found;
  return parseChinaTime(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}${rest}`);
}
