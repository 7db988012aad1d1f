import { Worker } from 'node:worker_threads';
import { BtError, errorMessage } from '../../domain/errors.ts';
import type { Log } from '../../platform/log.ts';
import type { TimerSource } from '../../platform/timers.ts';
import type { Page } from './index.ts';
import type { FromPageThread, PageThreadStart, ToPageThread } from './thread-messages.ts';

/** A checkout runs the source, the built package the file beside it. */
const THREAD = import.meta.url.endsWith('.ts')
  ? new URL('./thread.ts', import.meta.url)
  : new URL('./page-thread.js', import.meta.url);

const MEMORY_MB = 256;
/** How long the thread's end is waited for. Wall ms. */
const CLOSING_MS = 6_000;

/**
 * Serves a live run's page from a thread of its own. Throws what kept it from being opened. A thread that dies later is told in the log:
 * the run goes on without its page.
 */
export async function openThreadPage(
  start: PageThreadStart,
  log: Log,
  timers: Pick<TimerSource, 'after'>,
): Promise<Page> {
  const resourceLimits = { maxOldGenerationSizeMb: MEMORY_MB };
  const worker = new Worker(THREAD, { name: 'page', workerData: start, resourceLimits });
  const life = listen(worker, log);
  // It keeps no process alive: whoever ends closes it.
  worker.unref();
  const end = async (): Promise<void> => {
    life.isClosing = true;
    await worker.terminate();
  };
  try {
    return { port: await life.opened, stop: () => closePage(worker, life.closed, timers, end) };
  } catch (error) {
    await end();
    throw error;
  }
}

interface ThreadLife {
  /** Its port; rejects with what kept it from being opened. */
  readonly opened: Promise<number>;
  readonly closed: Promise<void>;
  /** It is meant to end. */
  isClosing: boolean;
}

function listen(worker: Worker, log: Log): ThreadLife {
  const opened = Promise.withResolvers<number>();
  const closed = Promise.withResolvers<void>();
  const life: ThreadLife = { opened: opened.promise, closed: closed.promise, isClosing: false };
  worker.on('message', (message: FromPageThread) => {
    if (message.kind === 'open') opened.resolve(message.port);
    else if (message.kind === 'failed') opened.reject(new BtError(message.code, message.text, { fault: 'config' }));
    else if (message.kind === 'log') log[message.level](message.text);
    else closed.resolve();
  });
  const ended = (why: string): void => {
    opened.reject(new BtError('PAGE_FAILED', `The page could not be opened: ${why}.`, { fault: 'bug' }));
    if (!life.isClosing) log.warning(`The page is over for this run, its thread has ended: ${why}. The run goes on.`);
    life.isClosing = true;
    closed.resolve();
  };
  worker.on('error', (error) => ended(errorMessage(error)));
  worker.on('exit', () => ended('it ended'));
  return life;
}

async function closePage(
  worker: Worker,
  closed: Promise<void>,
  timers: Pick<TimerSource, 'after'>,
  end: () => Promise<void>,
): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = timers.after(CLOSING_MS, () => late.resolve());
  const message: ToPageThread = { kind: 'close' };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread of Node has no origin
  worker.postMessage(message);
  await Promise.race([closed, late.promise]);
  timer.cancel();
  await end();
}
