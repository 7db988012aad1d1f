import type { SecurityInfo } from '../../domain/trading.ts';
import type { JsonObject } from '../json.ts';
import { tableAnswer } from './answers.ts';

interface Table {
  readonly index: readonly string[];
  readonly columns: Readonly<Record<string, readonly (number | string | null)[]>>;
}

/** Rows as the terminal has them, with their index as the first column; null = there are none. */
export function vendorTable(table: Table | null): JsonObject {
  const columns = Object.entries(table?.columns ?? {});
  const records = (table?.index ?? []).map((label, row) => [
    label,
    ...columns.map(([, values]) => values[row] ?? null),
  ]);
  return tableAnswer(['index', ...columns.map(([name]) => name)], records);
}

/** `data.financials`: by security and table. */
export function financialsAnswer(found: ReadonlyMap<string, ReadonlyMap<string, Table>>): JsonObject {
  const securities = [...found].map(([security, tables]) => [
    security,
    Object.fromEntries([...tables].map(([name, table]) => [name, vendorTable(table)])),
  ]);
  return { securities: Object.fromEntries(securities) as JsonObject };
}

/** `data.index_weights`, in per cent. */
export function weightsAnswer(weights: ReadonlyMap<string, number | null>): JsonObject {
  return tableAnswer(['security', 'weight'], [...weights]);
}

interface Details extends SecurityInfo {
  readonly preClose: number | null;
  readonly highLimit: number | null;
  readonly lowLimit: number | null;
  readonly priceTick: number | null;
  readonly floatShares: number | null;
  readonly totalShares: number | null;
  readonly suspendedDays: number | null;
}

/** `data.instruments`: a row each, null for what is not known. */
export function detailsAnswer(found: ReadonlyMap<string, Details | null>): JsonObject {
  const rows = [...found].map(([security, details]) => [security, details === null ? null : detailsRow(details)]);
  return { instruments: Object.fromEntries(rows) as JsonObject };
}

function detailsRow(details: Details): JsonObject {
  return {
    display_name: details.displayName,
    type: details.type,
    start_date: details.startDate,
    end_date: details.endDate,
    pre_close: details.preClose,
    high_limit: details.highLimit,
    low_limit: details.lowLimit,
    price_tick: details.priceTick,
    float_shares: details.floatShares,
    total_shares: details.totalShares,
    suspended_days: details.suspendedDays,
  };
}

interface Download {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly finished: number;
  readonly total: number;
  readonly error: string | null;
}

/** `data.download`, `data.download_state` and the event `download`; null = no download is known by that id. */
export function downloadAnswer(download: Download | null, id: string): JsonObject {
  if (download === null) return { id, state: 'unknown' };
  const { kind, state, finished, total, error } = download;
  return { id, kind, state, finished, total, error };
}
