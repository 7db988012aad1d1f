import { t } from './words.ts';

/** What is not known. */
export const MISSING = '—';

const SHANGHAI_MS = 8 * 3_600_000;
const MONEY = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const PRICE = new Intl.NumberFormat('en-US', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 4,
  useGrouping: false,
});
const COUNT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

export function money(value: number | null): string {
  return value === null ? MISSING : MONEY.format(value);
}

/** With its sign, also a plus. */
export function signed(value: number | null): string {
  if (value === null) return MISSING;
  const text = MONEY.format(Math.abs(value));
  if (text === '0.00') return text;
  return value > 0 ? `+${text}` : `−${text}`;
}

export function signedPercent(value: number | null): string {
  return value === null ? MISSING : `${signed(value)}%`;
}

export function percent(value: number | null): string {
  return value === null ? MISSING : `${MONEY.format(value)}%`;
}

export function price(value: number | null): string {
  return value === null ? MISSING : PRICE.format(value);
}

export function count(value: number | null): string {
  return value === null ? MISSING : COUNT.format(value);
}

/** The class that colours a rise or a fall. */
export function trend(value: number | null): 'up' | 'down' | '' {
  if (value === null || value === 0) return '';
  return value > 0 ? 'up' : 'down';
}

/** `YYYY-MM-DD HH:MM:SS` in Shanghai. */
export function moment(ms: number): string {
  return new Date(ms + SHANGHAI_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** `HH:MM:SS` in Shanghai. */
export function timeOfDay(ms: number | null): string {
  return ms === null ? MISSING : moment(ms).slice(11);
}

/** The time, with its day where that is another one. */
export function timeOn(ms: number | null, day: string): string {
  if (ms === null) return MISSING;
  const text = moment(ms);
  return text.startsWith(day) ? text.slice(11) : text.slice(5);
}

/** The same to the millisecond. */
export function exactTimeOn(ms: number, day: string): string {
  return `${timeOn(ms, day)}.${String(ms % 1_000).padStart(3, '0')}`;
}

/** How old something is. */
export function age(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 120) return t('age.seconds', { n: seconds });
  if (seconds < 7_200) return t('age.minutes', { n: Math.floor(seconds / 60) });
  return t('age.hours', { n: Math.floor(seconds / 3_600) });
}

/** How long ago something was. */
export function ago(ms: number): string {
  return ms < 1_000 ? t('health.now') : t('health.ago', { age: age(ms) });
}

/** How long something took, or was late. */
export function duration(ms: number | null): string {
  if (ms === null) return MISSING;
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  return ms < 60_000
    ? `${(ms / 1000).toFixed(1)} s`
    : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(1)} MB`;
}
