import type { SignalSink } from '../../domain/follow/signal.ts';
import { errorCode, errorMessage } from '../../domain/errors.ts';
import type { Log } from '../../platform/log.ts';
import { systemTimers } from '../../platform/timers.ts';
import { readEnvelopeSignal } from '../formats/envelope-signal.ts';
import type { Keyring } from '../formats/keyring.ts';
import { readLegacySignal } from '../formats/legacy-signal.ts';
import { CLOCK_TOLERANCE_MS } from '../formats/reading.ts';
import type { Unusable } from '../formats/reading.ts';
import { MissedNumbers } from '../missed-numbers.ts';
import { RationedWarning } from '../rationed-warning.ts';
import type { WayParts } from '../way.ts';
import * as answers from './answers.ts';
import type { OwnWords } from './answers.ts';
import { KeyRate } from './key-rate.ts';
import { SeenPackets } from './seen-packets.ts';

export interface ReceiverParts extends Omit<WayParts, 'senders'> {
  readonly keyring: Keyring;
  readonly rateLimitPerKey: number;
  readonly sink: SignalSink;
}

/** An envelope holds no longer than that by HTTP, whatever it says: what takes a minute was kept by somebody. */
const MOST_SECONDS = CLOCK_TOLERANCE_MS / 1000;

const PLAYED_AGAIN =
  'this very packet came before, and its sender sends none twice: somebody plays it again. It is not followed.';

/** What is done with one body, in either format: opened, looked at, handed over, answered. */
export class Receiver {
  readonly #parts: ReceiverParts;
  readonly #log: Log;
  readonly #rate: KeyRate;
  readonly #seen = new SeenPackets();
  readonly #missed = new MissedNumbers();
  readonly #strangers: RationedWarning;
  readonly #playedAgain: RationedWarning;

  constructor(parts: ReceiverParts) {
    const timers = parts.timers ?? systemTimers;
    this.#parts = parts;
    this.#log = parts.log;
    this.#rate = new KeyRate(parts.rateLimitPerKey, timers);
    this.#strangers = new RationedWarning(parts.log, timers);
    this.#playedAgain = new RationedWarning(parts.log, timers);
  }

  /** The answer to the text of a body. `peer`: for the log. */
  async answer(text: string, peer: string): Promise<Response> {
    const body = objectIn(text);
    if (body === null) return answers.emptyAnswer(400);
    const { bt_signal: envelope, encrypted_order: packet } = body;
    try {
      if (typeof envelope === 'string') return await this.#own(envelope, peer);
      if (typeof packet === 'string') return await this.#legacy(packet, peer);
    } catch (error) {
      if (errorCode(error) === 'FOLLOW_CLOSED') return answers.closedAnswer();
      this.#log.error(`A signal could not be handed over, and was not taken: ${errorMessage(error)}`);
      return answers.closedAnswer();
    }
    return answers.legacyNoData();
  }

  async #own(envelope: string, peer: string): Promise<Response> {
    const { keyring, now, sink, isSimulated = false } = this.#parts;
    const found = keyring.openEnvelope(Buffer.from(envelope, 'base64'));
    if (found === null) return this.#stranger(peer, answers.strangerAnswer());
    const { opened, keys } = found;
    const reading = readEnvelopeSignal(opened, { now: now(), isSimulated }, MOST_SECONDS);
    const answered = (words: OwnWords): Response => answers.provenAnswer(words, opened.nonce, keys);
    if (reading.kind === 'unusable') {
      this.#unusable(reading);
      return answered({ result: 'refused', id: '', code: reading.code, reason: reading.reason });
    }
    const mark = opened.nonce.toString('hex');
    const wait = this.#seen.has(mark) ? null : this.#rate.takes(opened.strategy);
    if (wait !== null) return this.#tooMany(opened.strategy, wait);
    this.#seen.add(mark, now());
    this.#tellMissed(opened.strategy, opened.life, opened.number);
    if (reading.kind === 'hello') return answered({ result: 'accepted', id: '', code: '', reason: '' });
    if (reading.kind === 'picture') {
      await sink.takePicture(reading.strategy, reading.picture);
      return answered({ result: 'accepted', id: '', code: '', reason: '' });
    }
    return answered(answers.wordsOf(reading.signal.id, await sink.take(reading.signal)));
  }

  async #legacy(packet: string, peer: string): Promise<Response> {
    const { keyring, now, sink, isSimulated = false } = this.#parts;
    const opened = keyring.openLegacy(packet);
    if (opened === null) return this.#stranger(peer, answers.legacyStranger());
    const reading = readLegacySignal(opened.plain, opened.strategy, { now: now(), isSimulated });
    if (reading.kind === 'unusable') {
      this.#unusable(reading);
      return answers.legacyRefused(reading.code === 'BAD_SIGNAL' ? 400 : 403, `${reading.code}: ${reading.reason}`);
    }
    if (reading.kind !== 'signal') return answers.legacyNoData();
    if (this.#seen.has(opened.signature)) {
      this.#unusable({ strategy: opened.strategy, code: 'REPLAYED', reason: PLAYED_AGAIN });
      return answers.legacyRefused(403, `REPLAYED: ${PLAYED_AGAIN}`);
    }
    const wait = this.#rate.takes(opened.strategy);
    if (wait !== null) return this.#tooMany(opened.strategy, wait);
    const receipt = await sink.take(reading.signal);
    this.#seen.add(opened.signature, now());
    if (receipt.kind === 'refused') return answers.legacyRefused(200, `${receipt.code}: ${receipt.reason}`);
    return answers.legacyTaken(receipt.kind === 'duplicate' ? { result: 'duplicate' } : {});
  }

  #stranger(peer: string, answer: Response): Response {
    this.#strangers.tell(
      `${peer} sent what no passphrase of the configuration opens; nothing was done. If it was your sender, its passphrase, or the name of its strategy, is another one.`,
    );
    return answer;
  }

  #tooMany(strategy: string, seconds: number): Response {
    this.#strangers.tell(
      `More signals of ${strategy} came in a minute than rateLimitPerKey takes: what is above it is not followed. Raise it, or look at the sender.`,
    );
    return answers.tooManyAnswer(seconds);
  }

  #unusable({ strategy, code, reason }: Pick<Unusable, 'strategy' | 'code' | 'reason'>): void {
    const text = `A signal of ${strategy} is not followed: ${reason}`;
    // What is not of now, anybody can send who has recorded it once.
    if (code === 'BAD_SIGNAL') this.#log.warning(text);
    else this.#playedAgain.tell(text);
  }

  #tellMissed(strategy: string, life: string, number: number): void {
    const missing = this.#missed.before(strategy, life, number);
    if (missing === 0) return;
    this.#log.warning(
      `${missing} ${missing === 1 ? 'packet' : 'packets'} of ${strategy} before number ${number} did not come. The sender keeps what was not answered: call resend() there, and compare with bt follow status.`,
    );
  }
}

function objectIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
