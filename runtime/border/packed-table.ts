import type { DataColumn, DataKind, DataTable } from '../../src/domain/data/table.ts';

/**
 * A table as it crosses: its numbers are one block, a text column is the list of its different texts and their numbers (−1 =
 * missing), because codes and names repeat.
 */
interface PackedTable {
  readonly rows: number;
  readonly columns: readonly {
    readonly name: string;
    readonly kind: DataKind;
    readonly words: readonly string[] | null;
  }[];
  readonly numbers: Float64Array<ArrayBuffer>;
  readonly words: Int32Array<ArrayBuffer>;
}

export function packTable({ rows, columns }: DataTable): PackedTable {
  const texts = [...columns.values()].filter((column) => column.kind === 'text').length;
  const numbers = new Float64Array((columns.size - texts) * rows);
  const words = new Int32Array(texts * rows);
  let numbersAt = 0;
  let wordsAt = 0;
  const packed = [...columns].map(([name, column]) => {
    if (column.kind === 'text') {
      const known = packWords(column.values, words.subarray(wordsAt, (wordsAt += rows)));
      return { name, kind: column.kind, words: known };
    }
    numbers.set(column.values, numbersAt);
    numbersAt += rows;
    return { name, kind: column.kind, words: null };
  });
  return { rows, columns: packed, numbers, words };
}

/** The same table; its numbers are views of the one block. */
export function unpackTable(message: unknown): DataTable {
  const { rows, columns, numbers, words } = message as PackedTable; // only packTable makes them
  let numbersAt = 0;
  let wordsAt = 0;
  const unpacked = columns.map(({ name, kind, words: known }): [string, DataColumn] => {
    if (kind === 'text') {
      const places = words.subarray(wordsAt, (wordsAt += rows));
      return [name, { kind, values: Array.from(places, (place) => known?.[place] ?? null) }];
    }
    return [name, { kind, values: numbers.subarray(numbersAt, (numbersAt += rows)) }];
  });
  return { rows, columns: new Map(unpacked) };
}

function packWords(values: readonly (string | null)[], places: Int32Array): string[] {
  const known = new Map<string, number>();
  for (const [row, value] of values.entries()) {
    if (value === null) {
      places[row] = -1;
      continue;
    }
    const place = known.get(value) ?? known.size;
    if (place === known.size) known.set(value, place);
    places[row] = place;
  }
  return [...known.keys()];
}
