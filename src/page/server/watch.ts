import { BtError, errorMessage } from '../../domain/errors.ts';
import type { EventQueue } from '../../net/http/event-queue.ts';
import { cleanLine, cleanText } from '../../platform/exit-text.ts';
import type { Timer, TimerSource } from '../../platform/timers.ts';
import type { InstanceStatus } from '../../status/types.ts';
import type { Beat, LogLine, Trouble } from '../wire.ts';
import { Reading } from './reading.ts';
import type { PageSource } from './source.ts';

/** How often an instance that somebody looks at is read, and the least time between two readings. Wall ms. */
export const READING_MS = 1_000;
export const LEAST_MS = 200;
/** Lines of a log that are kept for who begins to look, and the longest that is told. */
const MOST_LINES = 500;
const LONGEST_LINE = 4_000;

/** Lists that are of the ledger alone. */
type LedgerList = 'orders' | 'trades' | 'triggers' | 'signals' | 'equity' | 'equityDays';

export interface WatchParts {
  readonly source: PageSource;
  readonly timers: TimerSource;
}

/** One instance while pages look at it: read once for all of them, each is told what has changed. */
export class Watch {
  readonly #instance: string;
  readonly #parts: WatchParts;
  readonly #readers = new Set<EventQueue>();
  /** Those who wait for the first reading. */
  readonly #waiting = new Set<EventQueue>();
  #lines: LogLine[] = [];
  #told = 0;
  #logEnd: string | null = null;
  #reading: Reading | null = null;
  #timer: Timer | null = null;
  #readAt = Number.NEGATIVE_INFINITY;
  #last: InstanceStatus | null = null;
  #isChanged = true;
  #isReading = false;
  #isWanted = false;

  constructor(instance: string, parts: WatchParts) {
    this.#instance = instance;
    this.#parts = parts;
  }

  get readers(): number {
    return this.#readers.size;
  }

  /** Tells a reader everything, and from then on what changes; gives what ends that. */
  add(queue: EventQueue): () => void {
    this.#readers.add(queue);
    if (this.#reading === null) this.#waiting.add(queue);
    else this.#greet(queue, this.#reading);
    this.#planSoon();
    return () => {
      this.#readers.delete(queue);
      this.#waiting.delete(queue);
      if (this.#readers.size === 0) this.stop();
    };
  }

  /** It may have changed. */
  look(): void {
    this.#isChanged = true;
    this.#planSoon();
  }

  #planSoon(): void {
    const earliest = this.#readAt + LEAST_MS - this.#parts.timers.monotonic();
    if (this.#isReading) this.#isWanted = true;
    else this.#planIn(Math.max(0, earliest));
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }

  #planIn(ms: number): void {
    this.#timer?.cancel();
    this.#timer = this.#parts.timers.after(ms, () => void this.#read());
  }

  async #read(): Promise<void> {
    this.#isReading = true;
    this.#readAt = this.#parts.timers.monotonic();
    try {
      await this.#readLog();
      this.#tell(await this.#status());
    } catch (error) {
      const code = error instanceof BtError ? error.code : 'READING_FAILED';
      this.#say('trouble', { code, text: cleanText(errorMessage(error)) });
    }
    this.#isReading = false;
    if (this.#readers.size > 0) this.#planIn(this.#isWanted ? LEAST_MS : READING_MS);
    this.#isWanted = false;
  }

  /** Lists of the ledger are read again only when something of the instance has been written: a thousand orders take their time. */
  async #status(): Promise<InstanceStatus> {
    const { source } = this.#parts;
    const last = this.#isChanged ? null : this.#last;
    this.#isChanged = false;
    let doc: InstanceStatus;
    try {
      doc = await source.status(this.#instance, last === null ? {} : { parts: [] });
      if (last !== null && last.day !== doc.day) doc = await source.status(this.#instance);
      else if (last !== null) doc = { ...doc, ...listsOf(last) };
    } catch (error) {
      this.#isChanged = true;
      throw error;
    }
    this.#last = doc;
    return doc;
  }

  #tell(doc: InstanceStatus): void {
    this.#reading ??= new Reading();
    const patch = this.#reading.take(doc);
    for (const queue of this.#readers) {
      if (this.#waiting.has(queue)) this.#greet(queue, this.#reading);
      else if (patch !== null) queue.push({ event: 'patch', data: patch }, null);
    }
    this.#waiting.clear();
    this.#say('beat', { now: doc.now, running: doc.running });
  }

  #greet(queue: EventQueue, reading: Reading): void {
    const data = `{"doc":${reading.whole()},"log":${JSON.stringify(this.#lines)}}`;
    queue.push({ event: 'snapshot', data }, null);
  }

  /** Tells the lines that are new; who waits for the first reading gets them with it. */
  async #readLog(): Promise<void> {
    const { source } = this.#parts;
    const page = await source.log(
      this.#instance,
      this.#logEnd === null ? { lines: MOST_LINES } : { from: this.#logEnd },
    );
    this.#logEnd = page.end;
    if (page.lines.length === 0) return;
    const lines = page.lines.slice(-MOST_LINES).map(({ market, level, source: speaker, text }): LogLine => {
      this.#told += 1;
      return {
        n: this.#told,
        market: cleanLine(market),
        level,
        source: cleanLine(speaker),
        text: cleanText(text, LONGEST_LINE),
      };
    });
    this.#lines = [...this.#lines, ...lines].slice(-MOST_LINES);
    const data = JSON.stringify({ lines });
    for (const queue of this.#readers) if (!this.#waiting.has(queue)) queue.push({ event: 'log', data }, null);
  }

  /** Only the latest counts. */
  #say(event: 'beat' | 'trouble', data: Beat | Trouble): void {
    const text = JSON.stringify(data);
    for (const queue of this.#readers) queue.push({ event, data: text }, event);
  }
}

/** What a reading without parts leaves empty. */
function listsOf(doc: InstanceStatus): Pick<InstanceStatus, LedgerList> {
  const { orders, trades, triggers, signals, equity, equityDays } = doc;
  return { orders, trades, triggers, signals, equity, equityDays };
}
