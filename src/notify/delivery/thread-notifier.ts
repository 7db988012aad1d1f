import { Worker } from 'node:worker_threads';
import { errorMessage } from '../../domain/errors.ts';
import { cleanLine, cleanText } from '../../platform/exit-text.ts';
import type { TimerSource } from '../../platform/timers.ts';
import { rankOf, type Notice, type ToldNotice } from '../notice.ts';
import type { Notifier } from '../notifier.ts';
import type { NotifySettings } from '../settings/read-settings.ts';
import type { FromThread, ThreadStart, ToThread } from './thread-messages.ts';

/** A checkout runs the source, the built package the file beside it. */
const THREAD = import.meta.url.endsWith('.ts')
  ? new URL('./thread.ts', import.meta.url)
  : new URL('./notify-thread.js', import.meta.url);

/** Handed over and not taken yet, at most; of these the last part is for what is critical. */
const MOST_HANDED = 500;
const KEPT_FOR_CRITICAL = 100;
const LONGEST_TITLE = 100;
const LONGEST_TEXT = 8_000;
/** How long an end is waited for, wall ms. */
export const CLOSE_GRACE_MS = 5_000;
/** What the thread needs to close beyond that. */
const CLOSE_MARGIN_MS = 2_000;
const MEMORY_MB = 128;

export interface ThreadNotifierOptions {
  readonly settings: NotifySettings;
  /** File of the outbox; null = in memory. */
  readonly outbox: string | null;
  /** Who speaks: `bt demo`. */
  readonly source: string;
  readonly timers: Pick<TimerSource, 'after'>;
  readonly log: (level: 'info' | 'warning', text: string) => void;
}

/** Hands what is told to a thread of its own. A thread that dies is told, and messages end with it: the log has them all. */
export class ThreadNotifier implements Notifier {
  readonly isOn = true;
  readonly #options: ThreadNotifierOptions;
  readonly #worker: Worker;
  readonly #closed = Promise.withResolvers<number>();
  #source: string;
  #handed = 0;
  #dropped = 0;
  #isDead = false;
  #isClosing = false;

  constructor(options: ThreadNotifierOptions) {
    this.#options = options;
    this.#source = options.source;
    const workerData: ThreadStart = { settings: options.settings, outbox: options.outbox };
    const resourceLimits = { maxOldGenerationSizeMb: MEMORY_MB };
    this.#worker = new Worker(THREAD, { name: 'notify', workerData, resourceLimits, stderr: false });
    this.#worker.on('message', (message: FromThread) => this.#hear(message));
    this.#worker.on('error', (error) => this.#died(errorMessage(error)));
    this.#worker.on('exit', () => this.#died('it ended'));
    // It keeps no process alive: whoever ends closes it.
    this.#worker.unref();
  }

  speakAs(source: string): void {
    this.#source = source;
  }

  tell(notice: Notice): boolean {
    const most = rankOf(notice.level) === 2 ? MOST_HANDED : MOST_HANDED - KEPT_FOR_CRITICAL;
    if (this.#isDead || this.#isClosing || this.#handed >= most) {
      this.#dropped += 1;
      return false;
    }
    try {
      this.#post({ kind: 'tell', notice: cleanNotice(notice, this.#source) });
    } catch {
      // What cannot be cloned is no notice of ours; whoever told it must not hear of it.
      this.#dropped += 1;
      return false;
    }
    this.#handed += 1;
    return true;
  }

  async close(graceMs = CLOSE_GRACE_MS): Promise<number> {
    if (!this.#isClosing && !this.#isDead) this.#post({ kind: 'close', graceMs });
    this.#isClosing = true;
    const timer = this.#options.timers.after(graceMs + CLOSE_MARGIN_MS, () => this.#closed.resolve(0));
    const left = await this.#closed.promise;
    timer.cancel();
    await this.#worker.terminate();
    if (this.#dropped > 0) this.#options.log('warning', `${this.#dropped} messages were left out: too many at once.`);
    this.#dropped = 0;
    return left;
  }

  #post(message: ToThread): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread of Node has no origin
    this.#worker.postMessage(message);
  }

  #hear(message: FromThread): void {
    if (message.kind === 'taken') this.#handed -= 1;
    else if (message.kind === 'log') this.#options.log(message.level, message.text);
    else this.#closed.resolve(message.left);
  }

  #died(reason: string): void {
    if (!this.#isDead && !this.#isClosing) {
      this.#options.log(
        'warning',
        `Messages are over for this run, their thread has ended: ${reason}. The log has it all.`,
      );
    }
    this.#isDead = true;
    this.#closed.resolve(0);
  }
}

/** As it may leave the process: without secrets and control codes, and of a bounded length. */
function cleanNotice(notice: Notice, source: string): ToldNotice {
  return {
    ...notice,
    source: cleanLine(source),
    title: cleanLine(notice.title, LONGEST_TITLE),
    text: cleanText(notice.text, LONGEST_TEXT),
  };
}
