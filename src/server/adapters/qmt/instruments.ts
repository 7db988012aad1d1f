import * as z from 'zod';
import type { TimerSource } from '../../../platform/timers.ts';
import type { DataBridge } from './data-bridge.ts';
import { INSTRUMENT } from './sdk-rows.ts';
import type { InstrumentRow } from './sdk-rows.ts';

/** The day's limits are there some time after nine: what was read before is read again. */
const FRESH_MS = 600_000;
/** Securities in one question. */
const MOST = 500;

const ANSWER = z.record(z.string(), INSTRUMENT.nullable());

/** Details of securities by the vendor's code, kept for ten minutes. */
export class Instruments {
  readonly #bridge: DataBridge;
  readonly #timers: TimerSource;
  readonly #known = new Map<string, { readonly row: InstrumentRow | null; readonly until: number }>();

  constructor(bridge: DataBridge, timers: TimerSource) {
    this.#bridge = bridge;
    this.#timers = timers;
  }

  /** Null for a code that the terminal does not know. Throws QMT_UNAVAILABLE. */
  async of(codes: readonly string[]): Promise<ReadonlyMap<string, InstrumentRow | null>> {
    const now = this.#timers.monotonic();
    const unknown = [...new Set(codes)].filter((code) => (this.#known.get(code)?.until ?? 0) <= now);
    for (let at = 0; at < unknown.length; at += MOST) {
      const some = unknown.slice(at, at + MOST);
      const rows = await this.#bridge.ask('instruments', { codes: some }, ANSWER);
      for (const code of some) this.#known.set(code, { row: rows[code] ?? null, until: now + FRESH_MS });
    }
    return new Map(codes.map((code) => [code, this.#known.get(code)?.row ?? null]));
  }

  /** What is known of it, without asking. */
  now(code: string): InstrumentRow | null {
    return this.#known.get(code)?.row ?? null;
  }

  /** Names where they can be told: a list of holdings does not fail for want of one. */
  async names(codes: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.of(codes).catch(() => null);
    const names = codes.flatMap((code): [string, string][] => {
      const name = (rows?.get(code) ?? this.now(code))?.InstrumentName ?? null;
      return name === null ? [] : [[code, name]];
    });
    return new Map(names);
  }
}
