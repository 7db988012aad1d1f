import type { Clock } from '../../../platform/clock.ts';
import type { Log } from '../../../platform/log.ts';
import { systemTimers } from '../../../platform/timers.ts';
import type { TimerSource } from '../../../platform/timers.ts';
import { tickPayload } from '../../../protocol/encode/quote-answers.ts';
import type { OpenBackend } from '../../create.ts';
import type { Dialect } from '../../dialects/dialect.ts';
import { NATIVE } from '../../dialects/native.ts';
import { QmtGateway } from './gateway.ts';
import type { QmtSettings } from './gateway.ts';
import { checkAccountTypes } from './trading-bridge.ts';

export type { QmtSettings } from './gateway.ts';
export { checkAccountTypes } from './trading-bridge.ts';
export { MARKET_STYLES } from './order-terms.ts';
export type { MarketStyle } from './order-terms.ts';

const DIALECT: Dialect = {
  ...NATIVE,
  tick: (symbol, quote) => ({ ...tickPayload(symbol, quote), provider: 'qmt' }),
};

export interface QmtWorld {
  readonly clock: Clock;
  readonly log: Log;
  readonly timers?: TimerSource;
  readonly random: () => number;
  readonly firstRetryMs?: number;
}

/** How a server is opened in front of QMT; throws BtError XTQUANT_MISSING, XTQUANT_BROKEN, BRIDGE_FAILED or BAD_ACCOUNTS (config). */
export function qmtBackend(settings: QmtSettings, world: QmtWorld): OpenBackend {
  return async (accounts) => {
    checkAccountTypes(accounts);
    const gateway = new QmtGateway({ settings, accounts, ...world, timers: world.timers ?? systemTimers });
    await gateway.open();
    return {
      gateway,
      dialect: DIALECT,
      exchange: null,
      book: null,
      saved: [],
      keep: () => null,
      close: () => gateway.close(),
    };
  };
}
