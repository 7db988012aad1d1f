import { BtError, errorMessage } from '../../domain/errors.ts';
import type { GatewayOrder } from '../../domain/gateway.ts';
import { chinaDay } from '../../domain/time.ts';
import { isJsonObject } from '../../protocol/json.ts';
import type { JsonObject } from '../../protocol/json.ts';
import { foundOrder } from './found-order.ts';
import type { OrderRecord } from './order-record.ts';
import type { KeptRequest, SentRequest } from './types.ts';

export interface RecordedKeysOptions {
  readonly record: OrderRecord;
  /** Market time, epoch ms. */
  readonly now: () => number;
  /** The day's whole list of an account, or a failure. */
  readonly orders: (accountKey: string) => Promise<readonly GatewayOrder[]>;
  readonly row: (order: GatewayOrder) => JsonObject;
  /** The present row of an order whose answer is not known. */
  readonly recall: (accountKey: string, orderId: string) => Promise<JsonObject>;
  /** Something could not be written; for a log. */
  readonly trouble: (text: string) => void;
}

/** What was handed over under a key. */
export interface Recalled {
  readonly fingerprint: string;
  /** `YYYY-MM-DD` on which it was handed over, where that is not today: then nothing more is looked for. */
  readonly earlier: string | null;
  answer(): Promise<JsonObject>;
}

/** One request on its way through the record. */
export interface Recorded {
  placed(orderId: string): void;
  answered(answer: JsonObject, fingerprint: string | null): void;
  refused(error: unknown): void;
  failed(error: unknown): void;
}

/** The keys of a trading day, whichever life of the server they were used in. */
export class RecordedKeys {
  readonly #options: RecordedKeysOptions;

  constructor(options: RecordedKeysOptions) {
    this.#options = options;
  }

  /** Durable when it returns; only then the gateway may hear of the request. `scope`: null = without a key. */
  sent(scope: string | null, fingerprint: string, request: SentRequest): Recorded {
    const { record, now } = this.#options;
    const at = now();
    const seq = record.sent({ day: chinaDay(at), at, scope, fingerprint }, request);
    return {
      placed: (orderId) => this.#note(() => record.placed(seq, orderId)),
      answered: (answer, replaced) => this.#note(() => record.answered(seq, JSON.stringify(answer), replaced)),
      refused: (error) => this.#note(() => record.refused(seq, errorMessage(error))),
      failed: (error) => this.#note(() => record.failed(seq, errorMessage(error))),
    };
  }

  /** Null: nothing that may be an order was handed over under this key. */
  recall(scope: string): Recalled | null {
    const { record, now } = this.#options;
    const kept = record.ofKey(scope);
    if (kept === null) return null;
    const earlier = kept.day === chinaDay(now()) ? null : kept.day;
    return { fingerprint: kept.fingerprint, earlier, answer: () => this.#answer(kept) };
  }

  async #answer(kept: KeptRequest): Promise<JsonObject> {
    const answer: unknown = kept.answer === null ? null : JSON.parse(kept.answer);
    if (isJsonObject(answer)) return answer;
    if (kept.orderId !== null) return this.#options.recall(kept.accountKey, kept.orderId);
    return this.#search(kept);
  }

  /** The call was cut off: the counter's list may show what became of it. */
  async #search(kept: KeptRequest): Promise<JsonObject> {
    const { record, orders, row } = this.#options;
    const list = await orders(kept.accountKey).catch((error: unknown) => {
      if (error instanceof BtError) return null;
      throw error;
    });
    const alike = record.ofRemark(kept);
    // Meanwhile somebody else may have found it.
    const now = alike.find(({ seq }) => seq === kept.seq) ?? kept;
    if (now.orderId !== null) return this.#options.recall(now.accountKey, now.orderId);
    const found = list === null ? null : foundOrder(now, list, alike);
    if (found === null) throw fateUnknown(kept);
    const answer = row(found);
    this.#note(() => {
      record.placed(kept.seq, found.orderId);
      record.answered(kept.seq, JSON.stringify(answer), null);
    });
    return answer;
  }

  /** What is not noted is looked for later: an order that exists must not fail because of it. */
  #note(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof BtError)) throw error;
      this.#options.trouble(error.message);
    }
  }
}

/** QMT_UNAVAILABLE: a code that proves nothing about the order. */
function fateUnknown({ remark }: KeptRequest): BtError {
  return new BtError(
    'QMT_UNAVAILABLE',
    `该 idempotency_key 的委托已交出，结果未知；请按备注查询委托（备注 ${remark}）`,
    { fault: 'venue' },
  );
}
