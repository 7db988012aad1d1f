import { percentText as ofNumber } from '../../domain/number-text.ts';
import { chinaText } from '../../domain/time.ts';
import type { OrderStatus, RiskStatus, UnknownStatus } from '../../status/types.ts';
import { stateText } from '../../domain/words/order-state.ts';
import { styleText } from '../style-text.ts';

/** What stops orders, in a few words; null = nothing does. */
export function stopsText({ stops, killFile }: RiskStatus): string | null {
  const names = stops.map(({ rule, stops: what }) => {
    if (rule === 'kill') return 'killed';
    if (rule === 'pause') return 'paused';
    return `limit ${rule} stops ${what === 'all' ? 'all orders' : 'buying'}`;
  });
  if (killFile && !names.includes('killed')) names.push('the file KILL is there');
  return names.length === 0 ? null : names.join(', ');
}

/** What settles an order of unknown fate. */
export function unknownText(unknown: UnknownStatus): string {
  const { id, remark, side, amount, security, reason, since, settledBy } = unknown;
  const ways = settledBy.map((way) => WAYS[way]);
  return `${remark} (${side} ${amount} ${security}, since ${chinaText(since)}): ${reason ?? 'no answer'}; bt resolve ${id} ${ways.join(' | ')}`;
}

const WAYS: Readonly<Record<UnknownStatus['settledBy'][number], string>> = {
  as: '--as ORDER',
  notPlaced: '--not-placed',
  filled: '--filled SHARES',
};

export function orderStyleText({ style, parts }: OrderStatus): string {
  return styleText(style, parts[0]?.price ?? null);
}

export function orderStateText({ state, phase, filled, unknown, style }: OrderStatus): string {
  if (unknown) return `${stateText(state)} (fate unknown)`;
  if (phase === 'parked') return style.stop === undefined ? 'waits for its window' : 'waits for its price';
  return stateText(state, filled);
}

/** `+1.23 %`, or `-`. */
export function percentText(value: number | null): string {
  return value === null ? '-' : ofNumber(value);
}

/** As `timeText`, to the millisecond: states of an order come within one second. */
export function exactTimeText(at: number, day: string): string {
  return `${timeText(at, day)}.${String(at % 1000).padStart(3, '0')}`;
}

/** The time of day, with its day where that is another one. */
export function timeText(at: number, day: string): string {
  const text = chinaText(at);
  return text.startsWith(day) ? text.slice(11) : text;
}
