import type { SignalSink } from '../../domain/follow/signal.ts';
import { errorMessage } from '../../domain/errors.ts';
import type { TimerSource } from '../../platform/timers.ts';
import { readEnvelopeSignal } from '../formats/envelope-signal.ts';
import type { Keyring } from '../formats/keyring.ts';
import { MissedNumbers } from '../missed-numbers.ts';
import { RationedWarning } from '../rationed-warning.ts';
import type { WayParts } from '../way.ts';
import type { Entry } from './entries.ts';
import type { RedisLink } from './link.ts';

export interface HandlerParts extends Omit<WayParts, 'senders'> {
  readonly timers: TimerSource;
  readonly keyring: Keyring;
  readonly sink: SignalSink;
}

/** A stream keeps what nobody was there to take; beyond a day it is another day's. */
const MOST_SECONDS = 86_400;
/** The one field of an entry: an envelope, as base64. */
const FIELD = 'bt_signal';

/** What is done with each entry, once in this process: handed over, followed to its end, acknowledged. */
export class EntryHandler {
  readonly #parts: HandlerParts;
  readonly #missed = new MissedNumbers();
  readonly #strangers: RationedWarning;
  /** Given to us and not acknowledged. */
  readonly #underWay = new Set<string>();
  /** Of those the ones that have ended. */
  readonly #ended = new Set<string>();
  #link: RedisLink | null = null;
  #acknowledging = false;

  constructor(parts: HandlerParts) {
    this.#parts = parts;
    this.#strangers = new RationedWarning(parts.log, parts.timers);
  }

  get underWay(): readonly string[] {
    return [...this.#underWay];
  }

  /** From now on ends are acknowledged here; those of before first. */
  async use(link: RedisLink): Promise<void> {
    this.#link = link;
    await this.#acknowledge();
  }

  /** Until the next one is used, ends wait. */
  leave(): void {
    this.#link = null;
  }

  tellClaimed(count: number): void {
    if (count > 0) this.#parts.log.info(`${count} signals in Redis that another follower left are taken over.`);
  }

  /** Resolves when it is handed over, which comes before its end. Rejects when nothing is taken: then it stays where it is. */
  async take(entry: Entry): Promise<void> {
    if (this.#underWay.has(entry.id)) return;
    this.#underWay.add(entry.id);
    try {
      const handed = await this.#handOver(entry);
      if (handed === null) this.#finish(entry.id);
      else void handed.end.then(() => this.#finish(entry.id));
    } catch (error) {
      this.#underWay.delete(entry.id);
      throw error;
    }
  }

  /** The signal's end, which is not waited for; null when there is none. */
  async #handOver({ id, fields }: Entry): Promise<{ readonly end: Promise<unknown> } | null> {
    const { keyring, sink, now, log, isSimulated = false } = this.#parts;
    if (fields === null) {
      log.warning(
        `The signal ${id} in Redis was trimmed away before it was taken: it is not followed. Let the sender keep more (MAXLEN).`,
      );
      return null;
    }
    const found = keyring.openEnvelope(Buffer.from(fields.get(FIELD) ?? '', 'base64'));
    if (found === null) {
      this.#strangers.tell(
        `${id} in Redis is no signal that a passphrase of the configuration opens; it is not followed. If it was your sender, its passphrase, or the name of its strategy, is another one.`,
      );
      return null;
    }
    const { strategy, life, number } = found.opened;
    const reading = readEnvelopeSignal(found.opened, { now: now(), isSimulated }, MOST_SECONDS);
    if (reading.kind === 'unusable') {
      log.warning(`A signal of ${strategy} is not followed: ${reading.reason}`);
      return null;
    }
    this.#tellMissed(strategy, life, number);
    if (reading.kind === 'picture') await sink.takePicture(strategy, reading.picture);
    if (reading.kind !== 'signal') return null;
    const receipt = await sink.take(reading.signal);
    return receipt.kind === 'refused' ? null : { end: receipt.end };
  }

  #finish(id: string): void {
    this.#ended.add(id);
    void this.#acknowledge().catch((error: unknown) => {
      // The end is known here and in the ledger: what was not acknowledged is once the link is back.
      this.#parts.log.debug(`${id} could not be acknowledged: ${errorMessage(error)}`);
      this.#link?.close();
    });
  }

  async #acknowledge(): Promise<void> {
    const link = this.#link;
    if (link === null || this.#acknowledging) return;
    this.#acknowledging = true;
    try {
      while (this.#ended.size > 0) {
        const ids = [...this.#ended];
        await link.acknowledge(ids);
        for (const id of ids) {
          this.#ended.delete(id);
          this.#underWay.delete(id);
        }
      }
    } finally {
      this.#acknowledging = false;
    }
  }

  #tellMissed(strategy: string, life: string, number: number): void {
    const missing = this.#missed.before(strategy, life, number);
    if (missing > 0)
      this.#parts.log.warning(
        `${missing} ${missing === 1 ? 'packet' : 'packets'} of ${strategy} before number ${number} did not come by Redis. Call resend() at the sender, and compare with bt follow status.`,
      );
  }
}
