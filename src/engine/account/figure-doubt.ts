import { errorCode, errorMessage } from '../../domain/errors.ts';
import { isTradedHolding } from '../../domain/market/repo.ts';
import { accountDoubt, worthDoubt } from '../../domain/order/plausible-account.ts';
import { isConsistent, totalDoubt, type LastTotal } from '../../domain/order/plausible-total.ts';
import { gapKind, type GapKind, type WorthGap } from '../../domain/order/plausible-worth.ts';
import { valueOf } from '../../domain/order/valuation.ts';
import type { BrokerAccount, BrokerPosition } from '../../domain/trading.ts';
import type { TimerSource } from '../../platform/timers.ts';
import type { Events } from '../events.ts';
import { TotalDispute } from './total-dispute.ts';
import { wholePositions } from './whole-account.ts';

/** Wall ms for which figures may contradict one another: answers are not of one moment, and counters lag. */
const CONTRADICTION_MS = 15_000;
/** Wall ms for which a figure insists before it is believed: one that may be so, and one that something speaks against. */
const INSISTS_MS = 60_000;
const UNEXPLAINED_MS = 600_000;

export interface FigureDoubtOptions {
  readonly timers: TimerSource;
  readonly events: Events;
  /** Why trading waits for the moment, or null: then nobody need be told. */
  readonly waits: () => string | null;
  /** What is read cannot be true: nothing is to be traded until it can. */
  readonly onDoubt: (reason: string) => void;
  /** Shares by security when the whole account was last believed, also in an earlier run; null = never. */
  readonly lastHeld: () => ReadonlyMap<string, number> | null;
  /** CNY that the lists of today show as lent. */
  readonly lent: () => number;
}

const GAP_CAUSES: Readonly<Record<Exclude<GapKind, 'absurd'>, string>> = {
  harmless: 'prices of two days, money that is lent',
  unknown: 'money that is lent, holdings that are not listed',
  missing: 'holdings that are not listed, money that is lent',
};

/**
 * Readings of the account whose figures cannot be true stop trading: at once where a figure is impossible or cannot be read,
 * after 15 s where figures contradict one another. A whole account that nothing explains after the last one does as well, until
 * it insists.
 */
export class FigureDoubt {
  readonly #options: FigureDoubtOptions;
  readonly #dispute: TotalDispute;
  readonly #gap: TotalDispute;
  /** Holdings whose worth has been doubted aloud. */
  readonly #doubted = new Set<string>();
  #reason: string | null = null;
  /** When it was last believed with all its holdings priced, on whatever day. */
  #last: LastTotal | null = null;
  /** What is to be told when the reading under way is believed. */
  #insisted: string | null = null;
  /** What was said of a list that is not worth what the account says, while it is not. */
  #gapTold: string | null = null;
  #isGapKnown = false;
  /** The account counts holdings that the list may lack. */
  #mayLackRows = false;
  /** Since when (monotonic) every reading contradicts itself; null = the last one did not. */
  #since: number | null = null;

  constructor(options: FigureDoubtOptions) {
    this.#options = options;
    this.#dispute = new TotalDispute(options.timers);
    this.#gap = new TotalDispute(options.timers);
  }

  /** What cannot be true of the last reading that came, or null. */
  reason(): string | null {
    return this.#reason;
  }

  /** The account counts more than its list of positions shows, and nobody knows that the list is whole. */
  get mayLackRows(): boolean {
    return this.#mayLackRows;
  }

  /** The positions of a reading whose figures can be true, one row a security; throws what `checkAccount` throws. */
  check(account: BrokerAccount, rows: readonly BrokerPosition[]): readonly BrokerPosition[] {
    const { positions, gap } = wholePositions(account, rows, this.#options.lent());
    this.#checkTotal(account, positions);
    this.#checkGap(gap, positions);
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
    this.#tellGap();
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
    const patience = isConsistent(account, positions) ? INSISTS_MS : UNEXPLAINED_MS;
    const insists = this.#dispute.insists(account.totalValue, patience);
    if (!doubt.mayBeTrue || !insists) throw accountDoubt('ACCOUNT_INCONSISTENT', doubt.what);
    this.#insisted = `The account was doubted, insists, and is believed: ${doubt.what} (a deposit, a transfer, lends that came back or went out?).`;
  }

  /** What stays so is believed: it doubts what the rows are worth, and no order is computed from that. */
  #checkGap(gap: WorthGap | null, positions: readonly BrokerPosition[]): void {
    this.#gapTold = null;
    if (gap === null) {
      this.#mayLackRows = false;
      this.#gap.clear();
      return;
    }
    const kind = gapKind(gap, positions, this.#options.lastHeld());
    const patience = kind === 'missing' ? UNEXPLAINED_MS : INSISTS_MS;
    if (kind === 'absurd' || !this.#gap.insists(gap.more, patience))
      throw accountDoubt('ACCOUNT_INCONSISTENT', gap.what);
    // What this gap has made us believe is no proof against it.
    this.#mayLackRows ||= kind !== 'harmless';
    this.#gapTold = `The account is odd, insists, and is believed: ${gap.what} (${GAP_CAUSES[kind]}?). ${
      this.#mayLackRows ? 'Targets in securities that it does not list are refused while it is so' : 'Trading goes on'
    }; compare it with the terminal.`;
  }

  #tellWorths(positions: readonly BrokerPosition[]): void {
    for (const held of positions) {
      const doubt = worthDoubt(held);
      if (doubt === null || this.#doubted.has(held.security)) continue;
      this.#doubted.add(held.security);
      this.#warn(
        `The account is odd: ${doubt} (a split, a delisting, bonds counted by the ten?). The row's worth is taken; compare it with the terminal.`,
      );
    }
  }

  /** Said when it begins: prices move, and with them its figures. */
  #tellGap(): void {
    if (this.#gapTold !== null && !this.#isGapKnown) this.#warn(this.#gapTold);
    this.#isGapKnown = this.#gapTold !== null;
  }

  #warn(text: string): void {
    this.#options.events.note('warning', null, text);
  }
}
