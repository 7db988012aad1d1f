import { errorMessage } from '../domain/errors.ts';
import type { PaperExchange } from '../exchange/types.ts';
import { inBackground } from '../platform/background.ts';
import type { Log } from '../platform/log.ts';
import type { TimerSource } from '../platform/timers.ts';

/** A server that somebody waits for has this long for what he asks first; one that is stopped by then has prepared nothing. Wall ms. */
const AFTER_READY_MS = 1000;

/**
 * Makes, while nobody asks, what the paper market would make at the first question for all stocks. Never rejects: without it the
 * first questions take longer, and nothing else is different. Ends with the signal.
 */
export async function prepareInBackground(
  exchange: Pick<PaperExchange, 'prepare'>,
  signal: AbortSignal,
  log: Log,
  timers?: TimerSource,
): Promise<void> {
  try {
    if (await inBackground(exchange.prepare(), AFTER_READY_MS, signal, timers))
      log.debug('the paper market is prepared');
  } catch (error) {
    log.warning(
      `The paper market could not be prepared: ${errorMessage(error)} It is made when it is asked for: the first questions take longer.`,
    );
  }
}
