import { filledText, nameOf } from '../../order-lines.ts';
import { tagIn } from '../../../domain/order/remark.ts';
import type { IntentRow } from '../../../domain/order/rows.ts';
import { isFinal } from '../../../domain/order/state.ts';
import { chinaDay } from '../../../domain/time.ts';
import type { BrokerOrder } from '../../../domain/trading.ts';
import type { TimerSource } from '../../../platform/timers.ts';
import type { AlarmCode, Events } from '../../events.ts';
import type { OrderBook } from '../book/order-book.ts';
import type { ReadingNews } from './reading-news.ts';

/** An order that the broker named and does not show, or whose trades do not add up, is an alarm after so long (wall ms). */
const MISSING_MS = 30_000;
const UNLISTED_MS = 10_000;
/** What was over and is there again is said again, no more often than this (wall ms): lists may be whole now and then. */
const AGAIN_MS = 30_000;

export interface ReadingAlarmsOptions {
  readonly book: OrderBook;
  readonly timers: Pick<TimerSource, 'monotonic'>;
  readonly events: Events;
  /** The intent of whatever day that bears the tag, or null. */
  readonly intentOfTag: (tag: string) => IntentRow | null;
}

interface Standing {
  readonly code: AlarmCode;
  readonly subject: string;
}

/** What of a reading somebody must look at: said once, cleared when a reading shows it no more, and said again when one does. */
export class ReadingAlarms {
  readonly #options: ReadingAlarmsOptions;
  /** What was said, and when (monotonic). */
  readonly #said = new Map<string, number>();
  /** What was cleared and has not been said again. */
  readonly #over = new Set<string>();
  readonly #standing = new Map<string, Standing>();
  /** Since when (monotonic) something is wrong with an order. */
  readonly #since = new Map<string, number>();
  /** Tags in the lists that no order of today has, with the order of an earlier day that has them. */
  readonly #earlier = new Map<string, IntentRow | null>();

  constructor(options: ReadingAlarmsOptions) {
    this.#options = options;
  }

  /** True while a reading cannot be all there is: something is missing in it. */
  get isOdd(): boolean {
    return this.#since.size > 0;
  }

  /** A whole reading of that day. */
  take(reading: ReadingNews, orders: readonly BrokerOrder[], day: string): void {
    const { adopted, contradictions, missing, misdated } = reading;
    const { book } = this.#options;
    for (const { remark, text } of adopted)
      this.#once('ORDER_ADOPTED', remark, `An order that was given up turns up: ${text}. It is followed again.`);
    this.#misdated(misdated);
    const unlisted = book.unlisted(day).map((intent) => intent.clientId);
    const alarms = [
      ...contradictions.map(({ remark, text }) =>
        alarm(
          'ORDER_CONTRADICTED',
          remark,
          `The broker contradicts the ledger: ${text}. Look at the order in the terminal.`,
        ),
      ),
      ...this.#lasting('missing', missing, MISSING_MS).map((intent) => missingAlarm(intent)),
      ...this.#lasting('unlisted', unlisted, UNLISTED_MS).map(({ remark }) =>
        alarm(
          'ORDER_UNLISTED',
          remark,
          `The trades of ${remark} do not add up to what the broker calls filled. Compare them in the terminal.`,
        ),
      ),
      ...this.#late(orders, day),
    ];
    const now = new Set(alarms.map(keyOf));
    for (const { code, subject, text } of alarms) this.#once(code, subject, text);
    const contested = this.#contested(reading);
    for (const [key, standing] of this.#standing) if (!now.has(key) && !contested.has(key)) this.#clear(key, standing);
    for (const each of alarms) this.#standing.set(keyOf(each), each);
  }

  /** A new day: what was said of the orders of the last one is over with them. */
  roll(): void {
    this.#said.clear();
    this.#over.clear();
    this.#since.clear();
    this.#earlier.clear();
    for (const { code, subject } of this.#standing.values())
      this.#options.events.emit({ kind: 'all_clear', code, subject, text: `Order ${subject}: its day is over.` });
    this.#standing.clear();
  }

  /** What came back and was not said again ends without a word, too. */
  #clear(key: string, { code, subject }: Standing): void {
    this.#standing.delete(key);
    if (this.#over.has(key)) return;
    this.#over.add(key);
    const text = `Order ${subject}: the broker's lists are in order again.`;
    this.#options.events.emit({ kind: 'all_clear', code, subject, text });
  }

  /** A list that lacks the row does not end the contradiction: the order is open, and its id another's. */
  #contested({ contested }: ReadingNews): Set<string> {
    const open = contested
      .map((clientId) => this.#options.book.intent(clientId))
      .filter(({ state }) => !isFinal(state));
    return new Set(open.map(({ remark }) => keyOf({ code: 'ORDER_CONTRADICTED', subject: remark })));
  }

  /** Orders of earlier days that a gateway carries out today: their day was over, and nothing here follows them. */
  #late(orders: readonly BrokerOrder[], day: string): (Standing & { readonly text: string })[] {
    const intents = this.#options.book.intents().filter((intent) => intent.day === day);
    const ids = new Set(intents.map(({ brokerOrderId }) => brokerOrderId));
    const rows = orders.filter(({ orderId, status }) => !ids.has(orderId) && status !== 'rejected');
    const tags = new Set(rows.length === 0 ? [] : intents.map(({ tag }) => tag));
    return rows.flatMap((row) => {
      const tag = tagIn(row.remark);
      if (tag === null || tags.has(tag)) return [];
      const intent = this.#ofEarlierDay(tag, day);
      return intent === null || isOfBefore(row, intent, day) ? [] : [lateAlarm(intent, row)];
    });
  }

  #ofEarlierDay(tag: string, day: string): IntentRow | null {
    const known = this.#earlier.get(tag);
    if (known !== undefined) return known;
    const intent = this.#options.intentOfTag(tag);
    const earlier = intent !== null && intent.day < day ? intent : null;
    this.#earlier.set(tag, earlier);
    return earlier;
  }

  /** Once an order: its trades count as of today, and somebody should know why the gateway says otherwise. */
  #misdated(misdated: ReadingNews['misdated']): void {
    for (const { remark, text } of misdated) {
      if (this.#said.has(`misdated ${remark}`)) continue;
      this.#said.set(`misdated ${remark}`, this.#options.timers.monotonic());
      const note = `The gateway dates a trade of ${remark} ${text}, in its list of today. It is taken as of now; look at the gateway's clock.`;
      this.#options.events.note('warning', this.#orderOf(remark), note);
    }
  }

  #orderOf(remark: string): string | null {
    const tag = tagIn(remark);
    return tag === null ? null : (this.#options.intentOfTag(tag)?.orderId ?? null);
  }

  /** Those for which it has been so, at each reading, for `ms` wall milliseconds. */
  #lasting(what: string, clientIds: readonly string[], ms: number): IntentRow[] {
    const now = this.#options.timers.monotonic();
    const keys = new Map(clientIds.map((clientId) => [`${what} ${clientId}`, clientId]));
    for (const key of this.#since.keys()) if (key.startsWith(what) && !keys.has(key)) this.#since.delete(key);
    for (const key of keys.keys()) if (!this.#since.has(key)) this.#since.set(key, now);
    const lasting = [...keys].filter(([key]) => now - (this.#since.get(key) ?? now) >= ms);
    return lasting.map(([, clientId]) => this.#options.book.intent(clientId));
  }

  /** What was said once is not said again at each reading. */
  #once(code: AlarmCode, subject: string, text: string): void {
    const key = keyOf({ code, subject });
    const now = this.#options.timers.monotonic();
    const saidAt = this.#said.get(text);
    if (saidAt !== undefined && (!this.#over.has(key) || now - saidAt < AGAIN_MS)) return;
    this.#said.set(text, now);
    this.#over.delete(key);
    this.#options.events.alarm(code, subject, text);
  }
}

function alarm(code: AlarmCode, subject: string, text: string): Standing & { readonly text: string } {
  return { code, subject, text };
}

function keyOf({ code, subject }: Standing): string {
  return `${code} ${subject}`;
}

function missingAlarm({ remark, brokerOrderId }: IntentRow): ReturnType<typeof alarm> {
  const id = brokerOrderId === null ? '' : ` as ${brokerOrderId}`;
  return alarm(
    'ORDER_MISSING',
    remark,
    `The broker took ${remark}${id} and does not show it. Look for it in the terminal.`,
  );
}

/** True for the row of its own day that a list still shows. */
function isOfBefore({ createdAt, orderId }: BrokerOrder, { brokerOrderId }: IntentRow, day: string): boolean {
  return createdAt === null ? orderId === brokerOrderId : chinaDay(createdAt) < day;
}

function lateAlarm(intent: IntentRow, row: BrokerOrder): ReturnType<typeof alarm> {
  const { remark, day } = intent;
  const text = `Order ${remark} (${nameOf(intent)}) of ${day} was carried out by the gateway today, as ${row.orderId} (${row.status}, ${filledText(row)}). Its day is over, nothing here follows it: cancel it in the terminal, or write: bt adopt ${row.orderId}`;
  return alarm('ORDER_LATE', remark, text);
}
