import { exchangeCalendar } from '../src/domain/market/calendar.ts';
import { finished } from '../src/domain/steps.ts';
import { DataRouter } from '../src/engine/data/data-router.ts';
import { QuoteBoard } from '../src/engine/data/quote-board.ts';
import { dataCalls } from '../src/engine/live-calls.ts';
import { nullLog } from '../src/platform/log.ts';
import { SteppedClock } from '../src/platform/stepped-clock.ts';
import { systemTimers } from '../src/platform/timers.ts';
import { startServer } from '../src/server/index.ts';
import { createQmtRemote } from '../src/venues/qmt-remote/index.ts';
import { askTask, idleEngine, Lines, startStrategy, TEN_O_CLOCK } from './strategy-process.ts';

const SEED = 7;

/** A strategy's process, the engine's data and a gateway with its paper market, as in a live run; the last two in this process. */
export interface Stage {
  /** Runs one of the strategy's functions, which logs a line of numbers. */
  ask(name: string): Promise<number[]>;
  stop(): Promise<void>;
}

/** `isPrepared`: the market made beforehand what `bt server` makes after READY. */
export async function openStage(source: string, isPrepared = false): Promise<Stage> {
  const clock = new SteppedClock(TEN_O_CLOCK);
  const server = await startServer(
    { host: '127.0.0.1', port: 0, token: 'bench', market: 'simulated', clock, seed: SEED, accessLog: false },
    nullLog,
  );
  if (isPrepared && server.exchange !== null) finished(server.exchange.prepare());
  const { provider } = createQmtRemote({
    env: { QMT_SERVER_HOST: '127.0.0.1', QMT_SERVER_PORT: String(server.port), QMT_SERVER_TOKEN: 'bench' },
  });
  await provider.start();
  const data = new DataRouter([provider]);
  const quotes = new QuoteBoard(data, systemTimers, clock);
  const lines = new Lines();
  const calls = dataCalls({ quotes, data, calendar: exchangeCalendar(), clock });
  const runner = await startStrategy(source, idleEngine({ ...calls, log: lines.take }));
  return {
    ask: (name) => askTask(runner, lines, name),
    stop: async () => {
      await runner.stop();
      quotes.stop();
      await provider.stop();
      await server.stop();
      clock.stop();
    },
  };
}
