import type { HistoryBlock } from './types.ts';

/**
 * Bars of many securities as one block of numbers: crossing costs one buffer, however many there are. Each security has its
 * fields, then (unless they are those of the security before) its times.
 */
export interface PackedHistory {
  readonly securities: readonly string[];
  /** Names of the columns of each security. */
  readonly fields: readonly (readonly string[])[];
  readonly rows: Int32Array<ArrayBuffer>;
  /** 1 where the times are those of the security before. */
  readonly sameTimes: Uint8Array<ArrayBuffer>;
  readonly numbers: Float64Array<ArrayBuffer>;
}

/** A copy in one buffer: a slice does not drag its buffer along. */
export function packHistory(blocks: readonly HistoryBlock[]): PackedHistory {
  const sameTimes = Uint8Array.from(blocks, (block, i) => Number(i > 0 && equal(block.time, blocks[i - 1]?.time)));
  const parts = blocks.flatMap((block, i) => [
    ...Object.values(block.columns),
    ...(sameTimes[i] === 1 ? [] : [block.time]),
  ]);
  const numbers = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    numbers.set(part, at);
    at += part.length;
  }
  return {
    securities: blocks.map((block) => block.security),
    fields: blocks.map((block) => Object.keys(block.columns)),
    rows: Int32Array.from(blocks, (block) => block.time.length),
    sameTimes,
    numbers,
  };
}

/** The same tables as views of the one block. */
export function unpackHistory(message: unknown): HistoryBlock[] {
  const { securities, fields, rows, sameTimes, numbers } = message as PackedHistory; // only packHistory makes them
  let at = 0;
  const next = (length: number): Float64Array => numbers.subarray(at, (at += length));
  let time: Float64Array = new Float64Array(0);
  return securities.map((security, i) => {
    const length = rows[i] ?? 0;
    const columns = Object.fromEntries((fields[i] ?? []).map((field) => [field, next(length)]));
    if (sameTimes[i] !== 1) time = next(length);
    return { security, time, columns };
  });
}

function equal(a: Float64Array, b: Float64Array | undefined): boolean {
  if (b === undefined || a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}
