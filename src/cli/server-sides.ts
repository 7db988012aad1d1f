import { BtError } from '../domain/errors.ts';
import type { ServerOptions } from '../server/index.ts';
import type { Settings } from './settings.ts';

type Sides = Required<Pick<ServerOptions, 'sides' | 'marketRoom' | 'logsAccounts'>>;

/** Which halves are served, and what the reference's server is told beside; throws BtError BAD_CONFIG (config). */
export function readSides(settings: Settings): Sides {
  const data = side(settings, 'data');
  const broker = side(settings, 'broker');
  if (!data && !broker) {
    throw new BtError(
      'BAD_CONFIG',
      'Data and broker are both switched off: leave one of them on, or nothing is served.',
      {
        fault: 'config',
      },
    );
  }
  return {
    sides: { data, broker },
    marketRoom: {
      buy: settings.percent({ variables: ['MARKET_BUY_PRICE_PERCENT'] }) ?? 0.015,
      sell: settings.percent({ variables: ['MARKET_SELL_PRICE_PERCENT'] }) ?? -0.015,
    },
    logsAccounts: settings.toggle({ flag: '--log-account-overview', variables: ['QMT_SERVER_LOG_ACCOUNT'] }) ?? false,
  };
}

/** `--enable-x` and `--disable-x` before the variable; on when nobody says. */
function side(settings: Settings, name: 'data' | 'broker'): boolean {
  const [on, off] = ['--enable', '--disable'].map((word) => settings.toggle({ flag: `${word}-${name}` }) ?? false);
  if (on === true && off === true) {
    throw new BtError('BAD_CONFIG', `--enable-${name} and --disable-${name} are both there: leave one of them out.`, {
      fault: 'config',
    });
  }
  if (on === true || off === true) return on === true;
  return settings.toggle({ variables: [`QMT_SERVER_ENABLE_${name.toUpperCase()}`] }) ?? true;
}
