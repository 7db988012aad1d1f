import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BtError } from '../domain/errors.ts';
import type { MarketStyle, QmtSettings } from '../server/adapters/qmt/index.ts';
import type { ServerOptions } from '../server/index.ts';
import { readSides } from './server-sides.ts';
import type { Settings } from './settings.ts';

const LAST_SESSION = 2 ** 31 - 1;
const MARKET_STYLES: readonly MarketStyle[] = ['limit', 'best_five', 'opposite'];
/** What only a market of its own has. */
const STUB_ONLY = ['--at', '--speed', '--market', '--seed', '--state', '--faults'];
const QMT_ONLY = ['--data-path', '--python', '--xtquant', '--market-orders'];

/** What stands behind the server. */
export interface QmtPlan {
  /** Where QMT is; null = a market of its own. */
  readonly qmt: QmtSettings | null;
  /** `--simulate`: the paper market stands in for QMT, and everything says so. */
  readonly simulated: boolean;
  /** Whether a token was given; else it is one that everybody knows. */
  readonly hasToken: boolean;
}

/** `--server-type` and what belongs to QMT; throws BtError BAD_CONFIG. */
export function readQmt(settings: Settings): QmtPlan {
  const type = settings.choice({ flag: '--server-type' }, ['stub', 'qmt']) ?? 'stub';
  const hasToken = settings.find({ flag: '--token', variables: ['QMT_SERVER_TOKEN'] }) !== null;
  const simulate = settings.toggle({ flag: '--simulate' }) ?? false;
  if (type === 'stub') {
    const given = QMT_ONLY.find((flag) => settings.find({ flag }) !== null);
    if (simulate) throw needs('--simulate', '--server-type qmt');
    if (given !== undefined) throw needs(given, '--server-type qmt');
    return { qmt: null, simulated: false, hasToken };
  }
  if (simulate) return { qmt: null, simulated: true, hasToken };
  refuseStubOnly(settings);
  return { qmt: readSettings(settings), simulated: false, hasToken };
}

/** Throws BtError BAD_CONFIG for a setting of a market of its own beside QMT. */
function refuseStubOnly(settings: Settings): void {
  const given = STUB_ONLY.find((flag) => settings.find({ flag }) !== null);
  if (given !== undefined) throw needs(given, '--server-type stub, or --simulate');
}

/** Names that say that the money is none. */
export function simulatedAccounts<T extends Pick<ServerOptions, 'accounts'>>(given: T, simulated: boolean): T {
  if (!simulated) return given;
  const { accounts = [] } = given;
  const named = accounts.length > 0 ? accounts : [{ key: 'default', id: 'demo', type: 'stock' }];
  return { ...given, accounts: named.map((account) => ({ ...account, id: `SIMULATED-${account.id}` })) };
}

function readSettings(settings: Settings): QmtSettings {
  const dataPath = settings.text({ flag: '--data-path', variables: ['QMT_DATA_PATH'] });
  if (dataPath === null)
    throw needs('--server-type qmt', "--data-path 'C:\\...\\userdata_mini' (or QMT_DATA_PATH): the terminal's folder");
  const style = settings.choice({ flag: '--market-orders', variables: ['QMT_MARKET_ORDERS'] }, MARKET_STYLES);
  const download = settings.toggle({ variables: ['MINIQMT_AUTO_DOWNLOAD'] });
  const { marketRoom, sides } = readSides(settings);
  return {
    marketRoom,
    trades: sides.broker,
    python: settings.text({ flag: '--python', variables: ['BT_PYTHON'] }) ?? defaultPython(),
    sdkFolders: sdkFolders(settings.text({ flag: '--xtquant' }), dataPath),
    dataPath,
    sessionId: settings.integer({ variables: ['QMT_SESSION_ID'] }, 1, LAST_SESSION),
    dataPort: settings.integer({ variables: ['QMT_DATA_PORT'] }, 1, 65_535),
    marketStyle: MARKET_STYLES.find((known) => known === style) ?? 'limit',
    downloadsBars: download ?? true,
  };
}

function defaultPython(): string {
  return process.platform === 'win32' ? 'python' : 'python3';
}

/** Where xtquant may lie beside Python's own packages: what was named, then the terminal's copy. */
function sdkFolders(named: string | null, dataPath: string): readonly string[] {
  if (named !== null && !existsSync(join(named, 'xtquant')))
    throw new BtError('BAD_CONFIG', `--xtquant ${named} has no folder xtquant. Name the folder that holds it.`, {
      fault: 'config',
    });
  const own = join(dirname(dataPath), 'bin.x64', 'Lib', 'site-packages');
  return [...(named === null ? [] : [named]), ...(existsSync(own) ? [own] : [])];
}

function needs(what: string, other: string): BtError {
  return new BtError('BAD_CONFIG', `${what} needs ${other}.`, { fault: 'config' });
}
