export type Row = Readonly<Record<string, unknown>>;

export function rowOf(value: unknown): Row {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('the recording has no object here');
  return value as Row;
}

export function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new Error('the recording has no text here');
  return value;
}

export function rowsOf(value: unknown): Row[] {
  if (!Array.isArray(value)) throw new Error('the recording has no list here');
  return value.map(rowOf);
}
