import { drawNoted, tableWidth } from './fitted-table.ts';
import type { NotedRow } from './fitted-table.ts';
import { headText, spoken } from './tables.ts';
import { SCREEN_WIDTH } from './wrap-text.ts';

export interface Pairs {
  readonly head: readonly string[];
  /** Columns that stand to the right. */
  readonly numbers: readonly string[];
  /** Columns that share one where the screen is too narrow, the second below the first. */
  readonly pairs: readonly (readonly [above: string, below: string])[];
}

/** As `notedTable`; where a line a row is wider than a screen, each row has two lines, as brokers' programs show a holding. */
export function pairedTable({ head, numbers, pairs }: Pairs, rows: readonly NotedRow[], colors: boolean): string {
  const said = rows.map(({ cells, note }) => ({ cells: spoken(head, cells), note }));
  const cells = said.map((row) => row.cells);
  if (tableWidth(head, cells) <= SCREEN_WIDTH) return drawNoted(head, said, numbers, colors);
  const below = new Map(pairs);
  const hidden = new Set(below.values());
  const kept = head.flatMap((name, column) => {
    const second = head.indexOf(below.get(name) ?? '');
    return hidden.has(name) ? [] : [{ first: column, second: second === -1 ? null : second }];
  });
  const merged = (row: readonly string[]): string[] =>
    kept.map(({ first, second }) => (second === null ? (row[first] ?? '') : `${row[first]}\n${row[second]}`));
  const heads = merged(head.map(headText));
  const right = kept.flatMap(({ first }, at) => (numbers.includes(head[first] ?? '') ? [heads[at] ?? ''] : []));
  const lines = said.map(({ cells: row, note }) => ({ cells: merged(row), note }));
  return drawNoted(heads, lines, right, colors);
}
