import { BtError } from '../../../domain/errors.ts';

/** The two files together, as name → value. */
export type OlderSettings = ReadonlyMap<string, unknown>;

/** Names as a person reads them: 0 is a value. */
export function textOf(settings: OlderSettings, key: string): string | null {
  const value = settings.get(key);
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = String(value).trim();
  return text === '' ? null : text;
}

const LEAST = 0;

/** A whole number from 0 on, also in quotes. Throws BtError BAD_CONFIG. */
export function countOf(settings: OlderSettings, key: string, most: number): number | null {
  const text = textOf(settings, key);
  if (text === null) return null;
  const value = /^\d{1,9}$/u.test(text) ? Number(text) : Number.NaN;
  if (value <= most) return value;
  throw bad(key, settings.get(key), `a whole number from ${LEAST} to ${most}`);
}

/** Each of a list; a value that stands alone is a list of one. */
export function listOf(settings: OlderSettings, key: string): readonly unknown[] {
  const value = settings.get(key);
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

export function bad(key: string, value: unknown, want: string): BtError {
  return new BtError('BAD_CONFIG', `${key} cannot be ${JSON.stringify(value)}: write ${want}, then import it again.`, {
    fault: 'config',
  });
}
