import { openDoor } from '../net/http/door.ts';
import type { Log } from '../platform/log.ts';
import { answerTo, type Answers } from './answer.ts';

/** Wall ms: a scrape reads figures, and waits for nobody. */
const LONGEST_MS = 10_000;

export interface MetricsDoorOptions extends Answers {
  readonly host: string;
  readonly port: number;
  readonly log: Pick<Log, 'warning'>;
}

export interface MetricsDoor {
  readonly port: number;
  /** Closes it with every connection; resolves when the port is free. */
  close(): Promise<void>;
}

/** Opens `/metrics` and `/health`. Throws BtError LISTEN_FAILED (config). */
export async function openMetricsDoor(options: MetricsDoorOptions): Promise<MetricsDoor> {
  const door = await openDoor({
    ...options,
    flags: { host: '--metrics', port: '--metrics' },
    tls: null,
    admit: () => true,
    answer: (request) => answerTo(request, options),
    onStop: () => undefined,
    longestMs: LONGEST_MS,
  });
  return { port: door.port, close: () => door.kill() };
}
