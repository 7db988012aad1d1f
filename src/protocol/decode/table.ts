import * as z from 'zod';

import { answerObject, badAnswer } from './fields.ts';

export interface WireColumn {
  readonly field: string;
  /** Second level of a two-level column (a security); null for a plain one. */
  readonly code: string | null;
  /** One value a row; a missing one is null or NaN, as the sender wrote it. */
  readonly values: readonly unknown[];
}

export interface WireTable {
  readonly columns: readonly WireColumn[];
  /** The sender's index, when it was transmitted; null otherwise. */
  readonly index: readonly unknown[] | null;
  /** Number of rows. */
  readonly rows: number;
}

type ColumnName = Pick<WireColumn, 'field' | 'code'>;

const frame = z.object({
  columns: z.array(z.coerce.string()),
  records: z.array(z.array(z.unknown())),
  column_tuples: z.array(z.tuple([z.coerce.string(), z.coerce.string()])).optional(),
  column_index_names: z.array(z.string().nullable()).optional(),
  index_columns: z.array(z.string()).optional(),
});

type Frame = z.infer<typeof frame>;

/**
 * A table answer, column by column. An index is recognised by records one wider than `columns` (the deployed server leaves a
 * named index's name out) or by `index_columns` (later servers name it). Throws BAD_ANSWER for records of unequal width.
 */
export function decodeTable(payload: unknown, what = 'table'): WireTable {
  const parsed = frame.safeParse(answerObject(payload, what));
  if (!parsed.success) throw badAnswer(what, `${String(parsed.error.issues[0]?.path[0] ?? 'it')} is not a table's`);
  const { columns, records } = parsed.data;
  const width = records[0]?.length ?? columns.length;
  if (records.some((record) => record.length !== width)) throw badAnswer(what, 'its records differ in width');
  const namesIndex = leadingIndexName(parsed.data) !== null;
  const extra = width - columns.length;
  if (extra !== 0 && (extra !== 1 || namesIndex))
    throw badAnswer(what, `${width} values stand under ${columns.length} columns`);
  const offset = namesIndex ? 1 : extra;
  const names = columnNames(parsed.data, namesIndex ? columns.slice(1) : columns, what);
  return {
    columns: names.map((name, i) => ({ ...name, values: records.map((record) => record[i + offset]) })),
    index: offset === 1 ? records.map((record) => record[0]) : null,
    rows: records.length,
  };
}

function leadingIndexName(table: Frame): string | null {
  const [name, ...more] = table.index_columns ?? [];
  return name !== undefined && more.length === 0 && table.columns[0] === name ? name : null;
}

/** Two-level names from `column_tuples`, else from the texts of tuples, always as (field, code). */
function columnNames(table: Frame, columns: readonly string[], what: string): ColumnName[] {
  const tuples = table.column_tuples ?? columns.map(parseTupleText);
  if (tuples.length !== columns.length) throw badAnswer(what, 'column_tuples and columns differ in number');
  const codeFirst = table.column_index_names?.[0] === 'code';
  return columns.map((column, i) => {
    const tuple = tuples[i] ?? null;
    if (tuple === null) return { field: column, code: null };
    return codeFirst ? { field: tuple[1], code: tuple[0] } : { field: tuple[0], code: tuple[1] };
  });
}

/** Reads `('close', '000001.XSHE')`; null for a plain name. */
function parseTupleText(text: string): [string, string] | null {
  const match = /^\((['"])(.*?)\1, *(['"])(.*?)\3\)$/.exec(text);
  return match === null ? null : [match[2] ?? '', match[4] ?? ''];
}
