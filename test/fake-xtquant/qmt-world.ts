import { fileURLToPath } from 'node:url';
import { chinaInstant } from '../../src/domain/time.ts';
import { createExchange } from '../../src/exchange/index.ts';
import type { PaperExchange } from '../../src/exchange/types.ts';
import type { Clock } from '../../src/platform/clock.ts';
import { nullLog } from '../../src/platform/log.ts';
import type { Log } from '../../src/platform/log.ts';
import { SteppedClock } from '../../src/platform/stepped-clock.ts';
import type { AccountConfig } from '../../src/server/account-types.ts';
import { QmtGateway } from '../../src/server/adapters/qmt/gateway.ts';
import type { QmtSettings } from '../../src/server/adapters/qmt/gateway.ts';
import { systemTimers } from '../../src/platform/timers.ts';
import type { TimerSource } from '../../src/platform/timers.ts';
import { findInterpreter } from '../python/interpreters.ts';
import { PaperCounter } from './paper-counter.ts';
import { FakeTerminal } from './terminal.ts';

export const FAKE_SDK: string = fileURLToPath(new URL('.', import.meta.url));
export const QMT_MORNING = chinaInstant('2026-07-06', '10:00');
export const MAIN: AccountConfig = { key: 'main', id: '123456', type: 'stock' };

/** The Python of these tests; null = they are skipped (see `needsPython`). */
export const PYTHON: string | null = findInterpreter()?.path ?? null;

/** The title of a suite that runs over the stand-in of the SDK. */
export function needsPython(title: string): string {
  return PYTHON === null ? `${title}: needs python3 of 3.8 or newer` : title;
}

/** Settings that lead to a terminal of the tests. */
export function fakeSettings(terminal: FakeTerminal, more: Partial<QmtSettings> = {}): QmtSettings {
  return {
    python: PYTHON ?? 'python3',
    sdkFolders: [FAKE_SDK],
    environment: { FAKE_XTQUANT: terminal.address, PYTHONDONTWRITEBYTECODE: '1' },
    dataPath: 'C:\\国金QMT交易端\\userdata_mini',
    sessionId: null,
    dataPort: null,
    marketStyle: 'limit',
    downloadsBars: true,
    ...more,
  };
}

export interface TerminalWorld {
  readonly clock: SteppedClock;
  readonly exchange: PaperExchange;
  readonly terminal: FakeTerminal;
}

/** A terminal with the paper market behind it, on a clock that stands still; accounts begin with 1,000,000 CNY. */
export async function openTerminal(accounts: readonly AccountConfig[] = [MAIN], seed = 7): Promise<TerminalWorld> {
  const clock = new SteppedClock(QMT_MORNING);
  const exchange = paperMarket(clock, accounts, seed);
  const terminal = await FakeTerminal.start(new PaperCounter(exchange, () => clock.now()));
  return { clock, exchange, terminal };
}

export function paperMarket(clock: Clock, accounts: readonly AccountConfig[], seed: number): PaperExchange {
  const opened = accounts.map(({ id }) => ({ key: id, accountId: id, cash: 1_000_000 }));
  return createExchange({ clock, seed, accounts: opened });
}

export interface GatewayWorld extends TerminalWorld {
  readonly gateway: QmtGateway;
  close(): Promise<void>;
}

/** The gateway itself over the stand-in, without a server. */
export async function openGateway(
  more: {
    readonly accounts?: readonly AccountConfig[];
    readonly settings?: Partial<QmtSettings>;
    /** Of the bridge, beside that of the terminal. */
    readonly environment?: Readonly<Record<string, string>>;
    readonly timers?: TimerSource;
    readonly log?: Log;
    /** Before the gateway is opened. */
    readonly prepare?: (terminal: FakeTerminal) => void;
  } = {},
): Promise<GatewayWorld> {
  const accounts = more.accounts ?? [MAIN];
  const world = await openTerminal(accounts);
  more.prepare?.(world.terminal);
  const settings = fakeSettings(world.terminal, more.settings);
  const gateway = new QmtGateway({
    settings: { ...settings, environment: { ...settings.environment, ...more.environment } },
    accounts,
    timers: more.timers ?? systemTimers,
    random: () => 0,
    log: more.log ?? nullLog,
    clock: world.clock,
    firstRetryMs: 20,
  });
  const close = async (): Promise<void> => {
    await gateway.close();
    await world.terminal.close();
    world.clock.stop();
  };
  try {
    await gateway.open();
  } catch (error) {
    await close();
    throw error;
  }
  return { ...world, gateway, close };
}
