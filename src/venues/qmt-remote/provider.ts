import { canonicalSecurity } from '../../domain/market/symbol.ts';
import { nullLog } from '../../platform/log.ts';
import type { Log } from '../../platform/log.ts';
import { systemTimers } from '../../platform/timers.ts';
import type { TimerSource } from '../../platform/timers.ts';
import { decodeSecurityInfo, decodeTradeDays } from '../../protocol/decode/reference.ts';
import { securityPayload, tradeDaysPayload } from '../../protocol/encode/requests.ts';
import type { CalendarSource, Capabilities, InstrumentSource, Provider } from '../provider.ts';
import type { Ask } from './ask.ts';
import { RemoteBars } from './bars.ts';
import type { QmtRemoteConfig } from './config.ts';
import { RemoteQuotes } from './quotes.ts';
import type { Sessions } from './sessions.ts';
import { Subscriptions } from './subscriptions.ts';
import { RemoteTables } from './tables.ts';

export interface RemoteQmtProviderOptions {
  readonly config: QmtRemoteConfig;
  readonly sessions: Sessions;
  readonly log?: Log;
  readonly timers?: TimerSource;
}

/** The market-data side of a QMT gateway. */
export class RemoteQmtProvider implements Provider {
  readonly name = 'qmt-remote';
  readonly offers: Required<Capabilities>;
  readonly #sessions: Sessions;

  constructor({ config, sessions, log = nullLog, timers = systemTimers }: RemoteQmtProviderOptions) {
    this.#sessions = sessions;
    const timeoutMs = config.rpcTimeoutMs;
    const ask: Ask = (action, payload) => sessions.data.rpc.request(action, payload, { timeoutMs, retry: true });
    this.offers = {
      quotes: new RemoteQuotes(ask, sessions.data.connection),
      ticks: new Subscriptions(sessions.data, { log, timers, timeoutMs }),
      bars: new RemoteBars(ask, sessions.data.connection),
      calendar: remoteCalendar(ask),
      instruments: remoteInstruments(ask),
      tables: new RemoteTables(ask, sessions.data.connection),
    };
  }

  /** Throws BtError CONNECT_FAILED, AUTH_FAILED or TLS_…. */
  start(): Promise<void> {
    return this.#sessions.start();
  }

  stop(): Promise<void> {
    this.#sessions.stopData();
    return Promise.resolve();
  }
}

function remoteCalendar(ask: Ask): CalendarSource {
  return {
    serves: { days: { from: null, to: null } },
    async tradeDays(start, end) {
      const days = decodeTradeDays(await ask('data.trade_days', tradeDaysPayload(start, end)));
      return days.filter((day) => day >= start && day <= end);
    },
  };
}

function remoteInstruments(ask: Ask): InstrumentSource {
  return {
    serves: { securities: 'any' },
    async securityInfo(security) {
      const code = canonicalSecurity(security);
      return decodeSecurityInfo(await ask('data.security_info', securityPayload(code)), code);
    },
  };
}
