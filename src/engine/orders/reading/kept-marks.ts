import { marksIn } from '../../../domain/order/remark.ts';
import type { BrokerOrder } from '../../../domain/trading.ts';
import type { Ledger } from '../../../ledger/ledger.ts';

/** Key in the ledger of an instance whose gateway has shown a mark. */
const MARKS_KEPT = 'marks_kept';

/**
 * Whether the gateway shows what was written into an order's remark: then an order without our mark is somebody else's, however alike
 * it looks. Seen once, on whatever day, it holds for the instance.
 */
export class KeptMarks {
  readonly #ledger: Pick<Ledger, 'setting' | 'choose'>;
  #known: boolean;

  constructor(ledger: Pick<Ledger, 'setting' | 'choose'>) {
    this.#ledger = ledger;
    this.#known = ledger.setting(MARKS_KEPT) !== null;
  }

  areKept(): boolean {
    return this.#known;
  }

  /** Takes a list; a mark of another instance says the same. Throws LEDGER_WRITE_FAILED. */
  read(orders: readonly BrokerOrder[]): void {
    if (this.#known || orders.every(({ remark }) => marksIn(remark).length === 0)) return;
    this.#ledger.choose(MARKS_KEPT, 'yes');
    this.#known = true;
  }
}
