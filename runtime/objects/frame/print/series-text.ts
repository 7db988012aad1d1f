import { pyStr } from '../../../text/python-text.ts';
import { textWidth } from '../../../text/width.ts';
import type { Column } from '../column/column.ts';
import { takeColumn } from '../column/take.ts';
import type { Index } from '../types.ts';
import { cellTexts } from './cells.ts';
import { labelTexts } from './labels.ts';
import { alignLeft, alignRight, dots, shownRows, withLine } from './layout.ts';

/** pandas' look of a Series: label and cell a line, then name, length and dtype (`bare`: all rows and nothing below). */
export function seriesText(column: Column, index: Index, name: unknown, bare = false): string {
  const { length } = column.data;
  const title = name === null || name === undefined ? '' : `Name: ${pyStr(name)}, `;
  if (length === 0) return `Series([], ${title}dtype: ${column.kind})`;
  const { rows, gap } = shownRows(length, bare ? Infinity : undefined);
  const shown = index.take(rows);
  const heads = shown.names.every((one) => one === null) ? null : shown.names.map((one) => one ?? '');
  // One level: its name stands alone above the labels. Several: names are as wide as their labels.
  const inside = heads !== null && heads.length > 1;
  const all = labelTexts(shown).map((texts, i) => alignLeft(inside ? [heads[i] ?? '', ...texts] : texts));
  const head = heads === null ? [] : [inside ? all.map((level) => level[0]).join('  ') : (heads[0] ?? '')];
  const levels = all.map((level) =>
    withLine(inside ? level.slice(1) : level, gap, ' '.repeat(textWidth(level[0] ?? ''))),
  );
  const texts = alignRight(cellTexts(takeColumn(column, rows), true));
  const width = textWidth(texts[0] ?? '');
  const cells = withLine(texts, gap, centred(dots(width), width));
  const lines = [...head, ...cells.map((cell, i) => `${levels.map((level) => level[i]).join('  ')}   ${cell}`)];
  if (bare) return lines.join('\n');
  const size = gap === null ? '' : `Length: ${length}, `;
  return [...lines, `${title}${size}dtype: ${column.kind}`].join('\n');
}

function centred(text: string, width: number): string {
  const spare = Math.max(0, width - text.length);
  // Python's centre: the odd place goes to the left in an odd width.
  const left = Math.floor(spare / 2) + (spare & width & 1);
  return `${' '.repeat(left)}${text}`.padEnd(width);
}
