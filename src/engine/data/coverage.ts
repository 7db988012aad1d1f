import { chinaDay } from '../../domain/time.ts';
import type { BarsRequest } from '../../domain/trading.ts';
import { isMade } from './bar-table.ts';
import type { BarSource, CapabilityName, DayRange, Provider, SecurityScope } from '../../venues/provider.ts';

/** Whether a scope holds a canonical security. */
export function holdsSecurity(scope: SecurityScope, security: string): boolean {
  if (scope === 'any') return true;
  if ('codes' in scope) return scope.codes.has(security);
  return scope.markets.some((market) => security.endsWith(`.${market}`));
}

/** Whether all days from `from` to `to` lie in the range; null = not known how far back, which only an open range holds. */
export function holdsDays(range: DayRange, from: string | null, to: string): boolean {
  if (range.to !== null && to > range.to) return false;
  return range.from === null || (from !== null && from >= range.from);
}

/** Whether a source takes this request for bars. One by count may reach back as far as the source does. */
export function servesBars({ serves }: BarSource, request: BarsRequest): boolean {
  const { securities, units, adjust, columns, days } = serves;
  const from = request.start === null ? days.from : chinaDay(request.start);
  return (
    holdsSecurity(securities, request.security) &&
    units.includes(request.unit) &&
    adjust.includes(request.adjust) &&
    (columns === 'any' || (request.columns ?? []).every((column) => isMade(column) || columns.includes(column))) &&
    holdsDays(days, from, chinaDay(request.end))
  );
}

/** What a source says of one kind of question, in words: `bars of any security, 1d 1m, pre post none`. Null when it has none. */
export function offerText({ offers }: Provider, kind: CapabilityName): string | null {
  const source = offers[kind];
  if (source === undefined) return null;
  const { serves } = source;
  const parts = [
    'securities' in serves ? scopeText(serves.securities) : null,
    'units' in serves ? `${serves.units.join(' ')}, ${serves.adjust.join(' ')}` : null,
    'columns' in serves && serves.columns !== 'any' ? `columns ${serves.columns.join(' ')}` : null,
    'days' in serves ? rangeText(serves.days) : null,
    'datasets' in serves ? (serves.datasets.size === 0 ? 'nothing' : [...serves.datasets].join(' ')) : null,
  ];
  return `${kind} of ${parts.filter((part) => part !== null).join(', ')}`;
}

function scopeText(scope: SecurityScope): string {
  if (scope === 'any') return 'any security';
  if ('markets' in scope) return scope.markets.join(' ');
  return `${scope.codes.size} securities`;
}

function rangeText({ from, to }: DayRange): string {
  return from === null && to === null ? 'any day' : `${from ?? '…'} to ${to ?? '…'}`;
}
