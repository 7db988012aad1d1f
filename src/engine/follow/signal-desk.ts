import { BtError, errorMessage } from '../../domain/errors.ts';
import { orderableAt } from '../../domain/follow/hours.ts';
import { newSignalRow } from '../../domain/follow/new-row.ts';
import { signalRefusal, type Refusal } from '../../domain/follow/refusal.ts';
import type { SignalRow } from '../../domain/follow/row.ts';
import {
  signalKey,
  type Receipt,
  type Signal,
  type SignalSink,
  type SourcePicture,
} from '../../domain/follow/signal.ts';
import { chinaText } from '../../domain/time.ts';
import type { Timer } from '../../platform/timers.ts';
import type { FollowParts } from './parts.ts';
import { SignalLives } from './signal-lives.ts';

/** Wall ms for which a receipt waits for the order that follows from its signal. */
const SETTLE_MS = 5;

/** What ways in hand signals to: each is written down once, for ever, before anybody has a receipt for it. */
export class SignalDesk implements SignalSink {
  readonly #parts: FollowParts;
  readonly lives: SignalLives;
  #closed: string | null = 'it has not begun';
  #settling: Timer | null = null;

  constructor(parts: FollowParts) {
    this.#parts = parts;
    this.lives = new SignalLives(parts, (error) => this.#fail(error));
  }

  /** Takes signals from now on, and goes on with what the ledger holds. */
  open(): void {
    this.#closed = null;
    this.lives.begin();
  }

  close(): void {
    this.#closed ??= 'it ends';
    this.lives.stop();
    if (this.#settling !== null) this.#settle();
  }

  take(signal: Signal): Promise<Receipt> {
    return this.#taken(() => this.#receipt(signal, 'source'));
  }

  /** As a signal, of a person: `amount` is ours. */
  correct(signal: Signal): Promise<Receipt> {
    return this.#taken(() => this.#receipt(signal, 'correction'));
  }

  takePicture(strategy: string, picture: SourcePicture): Promise<void> {
    return this.#taken(() => this.#parts.ledger.signals.keepPicture(strategy, picture));
  }

  /** Done before anything else happens: of two that come at once the second one finds the first. What it gives is durable. */
  async #taken<T>(work: () => T): Promise<T> {
    if (this.#closed !== null) throw closed(this.#closed);
    try {
      const result = work();
      await this.#durable();
      return result;
    } catch (error) {
      this.#fail(error);
      throw closed(errorMessage(error));
    }
  }

  /** A signal's order takes it to the disk with a commit of its own: one wait for both, unless no order follows at once. */
  async #durable(): Promise<void> {
    const { ledger, timers } = this.#parts;
    const settled = ledger.signals.unsettled();
    if (settled === null) return;
    this.#settling ??= timers.after(SETTLE_MS, () => this.#settle());
    await settled;
    // Another one may have come since.
    if (ledger.signals.unsettled() === null) this.#holdNoMore();
  }

  #holdNoMore(): void {
    this.#settling?.cancel();
    this.#settling = null;
  }

  #settle(): void {
    this.#holdNoMore();
    try {
      this.#parts.ledger.settle();
    } catch (error) {
      this.#fail(error);
    }
  }

  #receipt(signal: Signal, origin: SignalRow['origin']): Receipt {
    const { clock, calendar, strategies } = this.#parts;
    const key = signalKey(signal);
    const known = this.lives.find(key);
    if (known !== null) return this.#again(signal, known);
    const now = clock.now();
    const rules = strategies.get(signal.strategy)?.rules ?? null;
    const refusal =
      rules === null
        ? { code: 'NO_STRATEGY', reason: `no strategy "${signal.strategy}" is followed here` }
        : signalRefusal(signal, rules, now, clock.kind === 'simulated');
    const at = refusal === null ? orderableAt(now, calendar, signal.security) : now;
    const whole = refusal ?? untimely(at, now, rules?.outsideHours ?? 'refuse');
    const row = newSignalRow(signal, { origin, refusal: whole, orderableAt: at ?? now, now });
    const end = this.lives.enter(row, signal.picture);
    if (whole !== null) return { kind: 'refused', key, ...whole };
    return { kind: 'accepted', key, end };
  }

  #again(signal: Signal, { row, end }: NonNullable<ReturnType<SignalLives['find']>>): Receipt {
    const isSame = row.security === signal.security && row.side === signal.side && row.amount === signal.amount;
    if (!isSame) {
      const text = `Signal ${row.key} came again as ${signal.side} ${signal.amount} ${signal.security}: the first one stands, nothing more is ordered.`;
      this.#parts.events.emit({ kind: 'signal', level: 'warning', signal: row, step: 'again', text });
    }
    return { kind: 'duplicate', key: row.key, state: row.end ?? row.phase, end };
  }

  #fail(error: unknown): void {
    if (this.#closed === null) {
      const text = `${errorMessage(error)} No more signals are taken in this run.`;
      this.#parts.events.alarm('LEDGER_FAILED', 'signals', text);
    }
    this.#closed = errorMessage(error);
    this.lives.stop();
  }
}

function untimely(at: number | null, now: number, outsideHours: 'refuse' | 'queue'): Refusal | null {
  if (at === null) return { code: 'CALENDAR', reason: 'no calendar says when it can be ordered' };
  if (at <= now || outsideHours === 'queue') return null;
  const opens = chinaText(at).slice(0, 16);
  return { code: 'OUTSIDE_HOURS', reason: `it came outside trading hours; they open next on ${opens}` };
}

function closed(why: string): BtError {
  const text = `bt follow takes no signals now: ${why.replace(/\.$/u, '')}. Send it again when it runs.`;
  return new BtError('FOLLOW_CLOSED', text, { fault: 'venue' });
}
