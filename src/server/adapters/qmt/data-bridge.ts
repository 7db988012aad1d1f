import type * as z from 'zod';
import type { JsonObject } from '../../../protocol/json.ts';
import { Bridge } from './bridge.ts';
import type { BridgeOptions, BridgeRole } from './bridge.ts';
import type { BridgeLink } from './bridge-link.ts';
import { unavailable, valueOf } from './unavailable.ts';

const QUERY_MS = 30_000;
const DOWNLOAD_MS = 600_000;

export interface DataListeners {
  /** Newest ticks by the vendor's code. */
  readonly onTicks: (rows: JsonObject) => void;
  /** How far a download is; `of` as it was asked with. */
  readonly onProgress: (of: string, progress: JsonObject) => void;
  /** It runs anew: what was subscribed must be so again. */
  readonly onReady: () => void;
}

/** The bridge to market data: a process of its own, so that data that hang do not take the orders with them. */
export class DataBridge implements BridgeRole {
  readonly name = 'QMT data';
  readonly bridge: Bridge;
  readonly #listeners: DataListeners;
  readonly #port: number | null;

  /** `port`: of the terminal's quotes, where several terminals run; null = the SDK finds it. */
  constructor(options: BridgeOptions & { readonly port: number | null }, listeners: DataListeners) {
    this.#listeners = listeners;
    this.#port = options.port;
    this.bridge = new Bridge(this, options);
  }

  /** The answer, read; throws QMT_UNAVAILABLE for a failure and for what cannot be read. Null stays null where the shape allows it. */
  async ask<T extends z.ZodType>(call: string, args: JsonObject, shape: T): Promise<z.output<T>> {
    const value = valueOf(await this.bridge.ask(call, args, QUERY_MS));
    const { success, data, error } = shape.safeParse(value);
    if (success) return data;
    throw unavailable(`xtdata 的应答无法识别（${call}: ${error.issues[0]?.path.join('.') ?? ''}）`);
  }

  /** Resolves when all of it is there. */
  async download(call: string, args: JsonObject): Promise<void> {
    valueOf(await this.bridge.ask(call, args, DOWNLOAD_MS));
  }

  async attach(link: BridgeLink): Promise<string | null> {
    if (this.#port !== null) {
      const reply = await link.ask('quote_server', { port: this.#port }, QUERY_MS);
      if (reply.kind !== 'value') return `行情端口 ${this.#port} 无法连接: ${reply.text}`;
    }
    // Any answer shows that the terminal serves data; the list is local and short.
    const probe = await link.ask('trading_dates', { market: 'SH', start: '', end: '', count: 1 }, QUERY_MS);
    if (probe.kind !== 'value') return `行情服务无法连接: ${probe.text}`;
    return null;
  }

  onEvent(event: JsonObject): boolean {
    const { rows, progress, of } = event;
    if (event['event'] === 'ticks' && isObject(rows)) this.#listeners.onTicks(rows);
    if (event['event'] === 'progress' && isObject(progress)) this.#listeners.onProgress(String(of), progress);
    return false;
  }

  onReady(): void {
    this.#listeners.onReady();
  }

  onLost(): void {
    // What was subscribed is asked for again in `onReady`.
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
