import { chinaText, chinaTimeOfDay } from '../../../../src/domain/time.ts';
import { pyStr } from '../../../text/python-text.ts';
import { flag, named } from '../args.ts';
import { floatText } from '../column/cast.ts';
import { cell, isMissing } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { DATA } from '../store.ts';
import type { DataFrame } from '../types.ts';

/** The text of a CSV file as pandas writes it. */
export function csvText(table: DataFrame, args: readonly unknown[]): string {
  const given = args.filter((arg) => arg !== null && typeof arg !== 'string');
  const a = named('to_csv', ['path', 'sep', 'na_rep', 'columns', 'header', 'index', 'encoding'], given);
  const chosen =
    a['columns'] === undefined ? table : (table.cols(a['columns'] as readonly string[]) as unknown as DataFrame);
  const sep = typeof a['sep'] === 'string' ? a['sep'] : ',';
  const missing = typeof a['na_rep'] === 'string' ? a['na_rep'] : '';
  const labels = flag(a['index'], true);
  const columns = [...(labels ? table.index.levels : []), ...chosen[DATA]].map((column) =>
    columnTexts(column, missing),
  );
  const names = [...(labels ? table.index.names.map((name) => name ?? '') : []), ...chosen.names.tolist().map(String)];
  const rows = Array.from({ length: table.length }, (_, row) =>
    columns.map((column) => quoted(column[row] ?? '', sep)).join(sep),
  );
  const head = flag(a['header'], true) ? [names.map((name) => quoted(name, sep)).join(sep)] : [];
  return [...head, ...rows, ''].join('\n');
}

function columnTexts(column: Column, missing: string): string[] {
  const days =
    column.kind === 'datetime64[ns]' && column.data.every((ms) => Number.isNaN(ms) || chinaTimeOfDay(ms) === 0);
  return Array.from({ length: column.data.length }, (_, i) => {
    if (isMissing(column, i)) return missing;
    if (column.kind === 'float64') return floatText(column.data[i] ?? NaN);
    if (column.kind === 'datetime64[ns]') return chinaText(column.data[i] ?? NaN).slice(0, days ? 10 : 19);
    return pyStr(cell(column, i));
  });
}

function quoted(text: string, sep: string): string {
  return text.includes(sep) || /["\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
