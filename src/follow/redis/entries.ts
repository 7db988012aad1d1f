import * as z from 'zod';

/** One entry of a stream; `fields` are null when it was trimmed away before it was acknowledged. */
export interface Entry {
  readonly id: string;
  readonly fields: ReadonlyMap<string, string> | null;
}

const Fields = z
  .array(z.string())
  .nullable()
  .transform((flat) => {
    if (flat === null) return null;
    return new Map(flat.flatMap((name, place) => (place % 2 === 0 ? [[name, flat[place + 1] ?? ''] as const] : [])));
  });
// A trimmed entry stands in some answers as nothing at all.
const Entries = z
  .array(z.tuple([z.string(), Fields]).nullable())
  .transform((list) => list.flatMap((entry) => (entry === null ? [] : [{ id: entry[0], fields: entry[1] }])));
const Read = z
  .array(z.tuple([z.string(), Entries]))
  .nullable()
  .transform((streams) => (streams ?? []).flatMap(([, entries]) => entries));
// Redis 6.2 names nothing that is gone.
const Claimed = z
  .tuple([z.string(), Entries], z.array(z.string()))
  .transform(([next, entries, ...gone]) => ({ next, entries, gone: gone.flat() }));

/** What `XREADGROUP` answers, of one stream. */
export function readEntries(reply: unknown): readonly Entry[] {
  return Read.parse(reply);
}

/** What `XAUTOCLAIM` answers: where to go on, and ids that Redis itself has left out since they were trimmed (7.0). */
export function readClaimed(reply: unknown): {
  readonly next: string;
  readonly entries: readonly Entry[];
  readonly gone: readonly string[];
} {
  return Claimed.parse(reply);
}
