import { errorCode, errorMessage } from '../../domain/errors.ts';
import type { BrokerAccount, BrokerPosition } from '../../domain/trading.ts';
import type { TimerSource } from '../../platform/timers.ts';
import { wholePositions } from './whole-account.ts';

/** Wall ms for which figures may contradict one another: answers are not of one moment, and counters lag. */
const CONTRADICTION_MS = 15_000;

export interface FigureDoubtOptions {
  readonly timers: TimerSource;
  /** Why trading waits for the moment, or null: then nobody need be told. */
  readonly waits: () => string | null;
  /** What is read cannot be true: nothing is to be traded until it can. */
  readonly onDoubt: (reason: string) => void;
}

/**
 * Readings of the account whose figures cannot be true stop trading: at once where a figure is impossible or cannot be read,
 * after 15 s where figures contradict one another.
 */
export class FigureDoubt {
  readonly #options: FigureDoubtOptions;
  #reason: string | null = null;
  /** CNY that the whole account was worth when it was last believed, on whatever day. */
  #lastTotal: number | null = null;
  /** Since when (monotonic) every reading contradicts itself; null = the last one did not. */
  #since: number | null = null;

  constructor(options: FigureDoubtOptions) {
    this.#options = options;
  }

  /** What cannot be true of the last reading that came, or null. */
  reason(): string | null {
    return this.#reason;
  }

  /** The positions of a reading whose figures can be true, one row a security; throws what `checkAccount` throws. */
  check(account: BrokerAccount, rows: readonly BrokerPosition[]): readonly BrokerPosition[] {
    const positions = wholePositions(account, rows, this.#lastTotal);
    this.#reason = null;
    this.#since = null;
    return positions;
  }

  /** A reading is believed. */
  taken({ totalValue }: BrokerAccount): void {
    this.#lastTotal = totalValue;
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
}
