import { pyRepr, pyStr } from '../../../text/python-text.ts';
import { textWidth } from '../../../text/width.ts';
import type { Column } from '../column/column.ts';
import { takeColumn } from '../column/take.ts';
import type { Index } from '../types.ts';
import {
  alignLeft,
  alignRight,
  cellTexts,
  dots,
  labelTexts,
  levelTexts,
  LINE_WIDTH,
  shownRows,
  withLine,
} from './cells.ts';

/** pandas' look of a Series: label and cell a line, then name, length and dtype (`bare`: all rows and nothing below). */
export function seriesText(column: Column, index: Index, name: unknown, bare = false): string {
  const { length } = column.data;
  const title = name === null || name === undefined ? '' : `Name: ${pyStr(name)}, `;
  if (length === 0) return `Series([], ${title}dtype: ${column.kind})`;
  const { rows, gap } = shownRows(length, bare ? Infinity : undefined);
  const shown = index.take(rows);
  const heads = shown.names.every((one) => one === null) ? null : shown.names.map((one) => pyStr(one ?? ''));
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

const MOST = 100;
const EDGE = 10;

/** pandas' look of an index: its labels, its dtype, its name. */
export function indexText(index: Index): string {
  const [level] = index.levels;
  if (index.nlevels > 1 || level === undefined) return tuplesText(index);
  if (isRange(index)) {
    const name = index.name === null ? '' : `, name=${pyRepr(index.name)}`;
    return `RangeIndex(start=0, stop=${index.length}, step=1${name})`;
  }
  const kind = {
    'datetime64[ns]': 'DatetimeIndex',
    int64: 'Int64Index',
    float64: 'Float64Index',
    bool: 'Index',
    object: 'Index',
  }[level.kind];
  const texts =
    level.kind === 'object'
      ? level.data.map(pyRepr)
      : level.kind === 'datetime64[ns]'
        ? levelTexts(level).map(pyRepr)
        : levelTexts(level);
  const name = index.name === null ? '' : `, name=${pyRepr(index.name)}`;
  const freq = level.kind === 'datetime64[ns]' ? ', freq=None' : '';
  return summary(
    kind,
    texts,
    `dtype='${level.kind}'${name}${index.length > MOST ? `, length=${index.length}` : ''}${freq}`,
  );
}

/** 0, 1, 2 …: what a table has when nobody gave labels. */
function isRange(index: Index): boolean {
  const [level] = index.levels;
  return level?.kind === 'int64' && level.data.every((value, i) => value === i);
}

/** Labels in lines of eighty columns. */
function summary(kind: string, texts: readonly string[], tail: string): string {
  const shown = texts.length > MOST ? [...texts.slice(0, EDGE), '...', ...texts.slice(-EDGE)] : [...texts];
  const indent = ' '.repeat(kind.length + 2);
  const one = `${kind}([${shown.join(', ')}], ${tail})`;
  const flat = shown.join(', ');
  if (texts.length <= MOST && textWidth(flat) + indent.length + 1 < LINE_WIDTH && one.length < LINE_WIDTH + tail.length)
    return one;
  const width = shown.reduce((most, text) => Math.max(most, textWidth(text)), 0);
  const lines: string[] = [];
  let line = '';
  for (const [i, text] of shown.entries()) {
    const item = `${text === '...' ? text : ' '.repeat(Math.max(0, width - textWidth(text))) + text}${i < shown.length - 1 ? ',' : ''}`;
    if (line !== '' && textWidth(indent) + textWidth(line) + textWidth(item) + 1 >= LINE_WIDTH) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += `${item} `;
  }
  lines.push(line.trimEnd());
  return `${kind}([${lines.join(`\n${indent}`)}],\n${indent.slice(1)}${tail})`;
}

function tuplesText(index: Index): string {
  const widths = index.levels.map((level) =>
    levelRepr(level).reduce((most, text) => Math.max(most, textWidth(text)), 0),
  );
  const columns = index.levels.map((level, i) =>
    levelRepr(level).map((text) => ' '.repeat((widths[i] ?? 0) - textWidth(text)) + text),
  );
  const rows = Array.from({ length: index.length }, (_, row) => `(${columns.map((column) => column[row]).join(', ')})`);
  const indent = ' '.repeat('MultiIndex(['.length);
  return `MultiIndex([${rows.join(`,\n${indent}`)}],\n           ${namesOf(index)})`;
}

function levelRepr(level: Parameters<typeof levelTexts>[0]): string[] {
  if (level.kind === 'object')
    return level.data.map((value) => (typeof value === 'number' && Number.isNaN(value) ? 'nan' : pyRepr(value)));
  return level.kind === 'datetime64[ns]' ? levelTexts(level).map(pyRepr) : levelTexts(level);
}

function namesOf(index: Index): string {
  return index.names.every((name) => name === null) ? ')'.slice(1) : `names=${pyRepr(index.names)}`;
}
