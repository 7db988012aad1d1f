import { DATASETS } from '../../domain/data/datasets.ts';
import type { DataRequest } from '../../domain/data/datasets.ts';
import { checkRequest } from '../../domain/data/request.ts';
import type { DataTable } from '../../domain/data/table.ts';
import { chinaText } from '../../domain/time.ts';
import type { DataRouter } from './data-router.ts';

/** Answers that are kept, bytes of their columns. */
const KEPT_BYTES = 32 * 1024 * 1024;
/** What a text costs, about. */
const TEXT_BYTES = 24;

interface Kept {
  readonly table: Promise<DataTable>;
  bytes: number;
}

/**
 * Answers a strategy's questions for tables, as they were known at the logical time of its hook. The same question within an hour
 * of market time, in which nothing new is published, is answered once. A failure is thrown, and not kept.
 */
export class DatasetReader {
  readonly #data: Pick<DataRouter, 'table'>;
  /** By hour and question; the one asked for longest ago first. */
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;

  constructor(data: Pick<DataRouter, 'table'>) {
    this.#data = data;
  }

  read(asked: DataRequest, logicalTime: number): Promise<DataTable> {
    const request = checkRequest(asked);
    if (DATASETS[request.dataset].holds === 'moment') return this.#data.table(request, logicalTime);
    const key = `${chinaText(logicalTime).slice(0, 13)} ${JSON.stringify(request)}`;
    const known = this.#kept.get(key);
    if (known !== undefined) {
      // Moves to the young end: the oldest entry of a Map is its first.
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known.table;
    }
    return this.#ask(key, request, logicalTime);
  }

  async #ask(key: string, request: DataRequest, logicalTime: number): Promise<DataTable> {
    const entry: Kept = { table: this.#data.table(request, logicalTime), bytes: key.length };
    this.#kept.set(key, entry);
    this.#bytes += entry.bytes;
    try {
      const table = await entry.table;
      const size = sizeOf(table);
      if (this.#kept.get(key) === entry) {
        entry.bytes += size;
        this.#bytes += size;
        this.#makeRoom();
      }
      return table;
    } catch (error) {
      if (this.#kept.get(key) === entry) this.#drop(key, entry);
      throw error;
    }
  }

  #makeRoom(): void {
    for (const [key, entry] of this.#kept) {
      if (this.#bytes <= KEPT_BYTES) return;
      this.#drop(key, entry);
    }
  }

  #drop(key: string, entry: Kept): void {
    this.#kept.delete(key);
    this.#bytes -= entry.bytes;
  }
}

function sizeOf({ rows, columns }: DataTable): number {
  let bytes = 0;
  for (const { kind } of columns.values()) bytes += rows * (kind === 'text' ? TEXT_BYTES : 8);
  return bytes;
}
