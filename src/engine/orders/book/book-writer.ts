import type { Life } from '../../../domain/order/life-types.ts';
import type { Ledger, Recording } from '../../../ledger/ledger.ts';
import { onNextTurn } from '../../../platform/turn.ts';

/**
 * When changes of orders are on the disk. One after which anything has left, or waits for its window, or has ended, is durable before
 * anybody hears of it. An order that has only been asked for, or planned, is written, and durable at the end of its turn of the event
 * loop: most are sent in that turn, and the commit of their SENDING, before the bytes, takes it along.
 */
export class BookWriter {
  readonly #ledger: Pick<Ledger, 'record' | 'recordAhead' | 'settle'>;
  readonly #onFatal: (error: unknown) => void;
  /** Something was written ahead, and no commit has come since. */
  #owes = false;
  #isSettling = false;

  /** `onFatal`: what was written ahead could not be taken to the disk. */
  constructor(ledger: Pick<Ledger, 'record' | 'recordAhead' | 'settle'>, onFatal: (error: unknown) => void = thrown) {
    this.#ledger = ledger;
    this.#onFatal = onFatal;
  }

  /** What an order becomes. Throws LEDGER_WRITE_FAILED. */
  write(recording: Recording, after: Life): void {
    if (!isUnsent(after)) {
      this.commit(recording);
      return;
    }
    this.#ledger.recordAhead(recording);
    this.#owes = true;
    if (this.#isSettling) return;
    this.#isSettling = true;
    onNextTurn(() => this.#settle());
  }

  /** Durable when it returns, with all that was written before. Throws LEDGER_WRITE_FAILED. */
  commit(recording: Recording): void {
    this.#ledger.record(recording);
    this.#owes = false;
  }

  #settle(): void {
    this.#isSettling = false;
    if (!this.#owes) return;
    this.#owes = false;
    try {
      this.#ledger.settle();
    } catch (error) {
      this.#onFatal(error);
    }
  }
}

/** True when nothing of it has left, and it waits for nothing but its turn: whatever goes out of it is committed before. */
function isUnsent({ order, intents }: Life): boolean {
  const isOnItsWay = order.phase === 'new' || order.phase === 'working';
  return isOnItsWay && order.cancelWhy === null && intents.every(({ state }) => state === 'planned');
}

function thrown(error: unknown): never {
  throw error;
}
