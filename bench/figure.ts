import { quietest, spreadOf } from './stats.ts';
import type { Spread } from './stats.ts';

/** A few runs are told as min, median and max; many samples as p50 and p99. */
export type Shape = 'runs' | 'samples';

/** The floor a row is held against, measured in the same run with as little of ours as possible. */
export interface Floor {
  readonly what: string;
  readonly spread: Spread;
}

/** What a row should reach. `measured` is in the unit of `limit`. */
export interface Target {
  readonly text: string;
  readonly measured: number;
  readonly is: 'at least' | 'at most';
  readonly limit: number;
  /** `measured` in words: `83 %`, `412 ms`. */
  readonly shown: string;
}

/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly unit: string;
  readonly shape: Shape;
  readonly spread: Spread;
  readonly floor: Floor | null;
  readonly target: Target | null;
}

/** A line that could not be measured here, and why. */
export interface Skipped {
  readonly what: string;
  readonly skipped: string;
}

/** Measures one idea; it may take some tens of seconds. */
export interface Figure {
  run(): Promise<readonly (Row | Skipped)[]>;
}

/** False also when nothing was measured. */
export function isMet({ measured, is, limit }: Target): boolean {
  return is === 'at least' ? measured >= limit : measured <= limit;
}

/** `≤ 0.5 s`, held against one number of the row. */
export function atMost(limit: number, unit: string, which: string, measured: number): Target {
  return {
    text: `${which} ≤ ${limit} ${unit}`,
    measured,
    is: 'at most',
    limit,
    shown: `${numberText(measured)} ${unit}`,
  };
}

/** `≤ 2 × the pipe`: a ratio to the floor, of the rounds in which the machine was quiet. */
export function quietTimes(limit: number, of: string, ratio: number): Target {
  return {
    text: `≤ ${limit} × ${of}\nin the quiet quarter`,
    measured: ratio,
    is: 'at most',
    limit,
    shown: `${ratio.toFixed(2)} ×`,
  };
}

/** `quiet quarter ≤ 20 ms`: of the readings themselves, without a floor. */
export function quietMost(limit: number, unit: string, readings: readonly number[]): Target {
  return atMost(limit, unit, 'quiet quarter', quietest(readings));
}

/** A line of what can be read but once. */
export function once(what: string, unit: string, value: number, limit: number): Row {
  const target = atMost(limit, unit, 'it', value);
  return { what, unit, shape: 'runs', spread: spreadOf([value]), floor: null, target };
}

/** Three significant digits, or all digits before the point, with thousands apart. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const digits = Math.ceil(Math.log10(Math.abs(value) + 1));
  return value.toLocaleString('en-US', { maximumSignificantDigits: Math.max(3, digits) });
}
