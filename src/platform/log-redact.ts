import type { LogRecord } from './log-record.ts';

const HIDDEN = '***';
const SECRET_KEY = /token|password|passwd|secret/iu;
/** Shorter ones are words of our own ("stub") and would blot out innocent text. */
const MIN_SECRET = 6;
const MAX_DEPTH = 6;

/** Takes secrets out of a record: known values wherever they stand, and any field whose name says that it is one. */
export function redactor(secrets: readonly string[]): (record: LogRecord) => LogRecord {
  const known = secrets.filter((secret) => secret.length >= MIN_SECRET);
  const text = (value: string): string => {
    let clean = value;
    for (const secret of known) clean = clean.replaceAll(secret, HIDDEN);
    return clean;
  };
  const deep = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return text(value);
    if (value instanceof Error) return text(value.stack ?? value.message);
    if (typeof value !== 'object' || value === null) return value;
    if (depth >= MAX_DEPTH) return '…';
    if (Array.isArray(value)) return value.map((item) => deep(item, depth + 1));
    if (Object.getPrototypeOf(value) !== Object.prototype) return value;
    return fields(value as Record<string, unknown>, depth + 1);
  };
  const fields = (value: Readonly<Record<string, unknown>>, depth: number): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, SECRET_KEY.test(key) ? HIDDEN : deep(item, depth)]),
    );
  return (record) => ({
    ...record,
    text: text(record.text),
    fields: record.fields === null ? null : fields(record.fields, 0),
  });
}
