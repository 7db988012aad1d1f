import { parseChinaTime } from '../domain/time.ts';

/** 1990-01-01 and 2100-01-01: numbers outside are no time (a vendor's 0 among them). */
const FIRST_SECOND = 631_152_000;
const LAST_SECOND = 4_102_444_800;

/**
 * Epoch ms of a time as any back end spells it: epoch milliseconds, epoch seconds, `2026-04-01 09:30:00`,
 * `2026-04-01T09:30:00`, `20261120 09:31:00`, a bare day (midnight in China). Null for anything else.
 */
export function wireTime(value: unknown): number | null {
  if (typeof value === 'number') return epochTime(value);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return /^(\d{10}|\d{13})(\.\d+)?$/.test(text) ? epochTime(Number(text)) : parseChinaTime(text);
}

function epochTime(value: number): number | null {
  if (value >= FIRST_SECOND * 1000 && value < LAST_SECOND * 1000) return Math.round(value);
  if (value >= FIRST_SECOND && value < LAST_SECOND) return Math.round(value * 1000);
  return null;
}
