import { errorCode, errorMessage } from '../../domain/errors.ts';
import { isTradedHolding } from '../../domain/market/repo.ts';
import { accountDoubt, worthDoubt } from '../../domain/order/plausible-account.ts';
import { isConsistent, totalDoubt, type LastTotal } from '../../domain/order/plausible-total.ts';
import { valueOf } from '../../domain/order/valuation.ts';
import type { BrokerAccount, BrokerPosition } from '../../domain/trading.ts';
import type { TimerSource } from '../../platform/timers.ts';
import type { Events } from '../events.ts';
import { TotalDispute } from './total-dispute.ts';
import { wholePositions } from './whole-account.ts';

/** Wall ms for which figures may contradict one another: answers are not of one moment, and counters lag. */
const CONTRADICTION_MS = 15_000;

export interface FigureDoubtOptions {
  readonly timers: TimerSource;
  readonly events: Events;
  /** Why trading waits for the moment, or null: then nobody need be told. */
  readonly waits: () => string | null;
  /** What is read cannot be true: nothing is to be traded until it can. */
  readonly onDoubt: (reason: string) => void;
}

/**
 * Readings of the account whose figures cannot be true stop trading: at once where a figure is impossible or cannot be read,
 * after 15 s where figures contradict one another. A whole account that nothing explains after the last one does as well, until
 * it insists.
 */
export class FigureDoubt {
  readonly #options: FigureDoubtOptions;
  readonly #dispute: TotalDispute;
  /** Holdings whose worth has been doubted aloud. */
  readonly #doubted = new Set<string>();
  #reason: string | null = null;
  /** When it was last believed with all its holdings priced, on whatever day. */
  #last: LastTotal | null = null;
  /** What is to be told when the reading under way is believed. */
  #insisted: string | null = null;
  /** Since when (monotonic) every reading contradicts itself; null = the last one did not. */
  #since: number | null = null;

  constructor(options: FigureDoubtOptions) {
    this.#options = options;
    this.#dispute = new TotalDispute(options.timers);
  }

  /** What cannot be true of the last reading that came, or null. */
  reason(): string | null {
    return this.#reason;
  }

  /** The positions of a reading whose figures can be true, one row a security; throws what `checkAccount` throws. */
  check(account: BrokerAccount, rows: readonly BrokerPosition[]): readonly BrokerPosition[] {
    const positions = wholePositions(account, rows);
    this.#checkTotal(account, positions);
    this.#reason = null;
    this.#since = null;
    return positions;
  }

  /** A reading is believed. */
  taken({ totalValue }: BrokerAccount, positions: readonly BrokerPosition[]): void {
    this.#dispute.clear();
    this.#tellWorths(positions);
    const text = this.#insisted;
    this.#insisted = null;
    if (text !== null) this.#options.events.emit({ kind: 'external_change', text });
    const held = positions.filter(({ security, amount }) => amount !== 0 && isTradedHolding(security));
    // Before the opening some counters have no prices, and a total of cash only.
    if (held.every((position) => valueOf(position) !== null))
      this.#last = { total: totalValue, isHolding: held.length > 0 };
  }

  /** A reading threw that. `isMoving`: own orders moved while it was made, so that its parts need not fit one another. */
  met(error: unknown, isMoving: boolean): void {
    const code = errorCode(error);
    const isContradiction = code === 'ACCOUNT_INCONSISTENT';
    if (!isContradiction && code !== 'ACCOUNT_IMPOSSIBLE' && code !== 'BAD_ANSWER') return;
    if (isContradiction && isMoving) return;
    const { timers, waits, onDoubt } = this.#options;
    this.#reason = errorMessage(error);
    this.#since ??= timers.monotonic();
    if (waits() !== null) return;
    if (!isContradiction || timers.monotonic() - this.#since >= CONTRADICTION_MS) onDoubt(this.#reason);
  }

  #checkTotal(account: BrokerAccount, positions: readonly BrokerPosition[]): void {
    const doubt = totalDoubt(account, positions, this.#last);
    this.#insisted = null;
    if (doubt === null) {
      this.#dispute.clear();
      return;
    }
    const insists = this.#dispute.insists(account.totalValue, isConsistent(account, positions));
    if (!doubt.mayBeTrue || !insists) throw accountDoubt('ACCOUNT_INCONSISTENT', doubt.what);
    this.#insisted = `The account was doubted, insists, and is believed: ${doubt.what} (a deposit, a transfer, lends that came back or went out?).`;
  }

  #tellWorths(positions: readonly BrokerPosition[]): void {
    for (const held of positions) {
      const doubt = worthDoubt(held);
      if (doubt === null || this.#doubted.has(held.security)) continue;
      this.#doubted.add(held.security);
      const text = `The account is odd: ${doubt} (a split, a delisting, bonds counted by the ten?). The row's worth is taken; compare it with the terminal.`;
      this.#options.events.note('warning', null, text);
    }
  }
}
