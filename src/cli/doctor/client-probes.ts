import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorMessage } from '../../domain/errors.ts';
import { INSTANCE_FILE, LEDGER_FILE } from '../../ledger/instance-file.ts';
import { Ledger } from '../../ledger/ledger.ts';
import { callControl } from '../../platform/control-socket.ts';
import type { Env } from '../../platform/env.ts';
import { isSecretName } from '../../platform/exit-text.ts';
import { nullLog } from '../../platform/log.ts';
import { monotonic, wallNow } from '../../platform/timers.ts';
import { openVenue, VENUES } from '../../venues/registry.ts';
import type { Venue } from '../../venues/registry.ts';
import { RISK_VARIABLES } from '../risk-limits.ts';
import type { DiskFact, GatewayFact, InstanceFact, PortFact, SettingFact } from './client-facts.ts';
import { probePort } from './probes.ts';

/** What moves in every minute of continuous trading. */
const BUSY = ['000001.XSHG', '399001.XSHE', '510300.XSHG', '000001.XSHE'];
/** Names of settings by how they begin; the others are named in full. */
const PREFIXES = /^(?:QMT_|NOTIFY_|BT_|PAGE_|METRICS_|FOLLOW_)/u;
const NAMES: ReadonlySet<string> = new Set([
  ...RISK_VARIABLES,
  'DEFAULT_BROKER',
  'DATA_SOURCE',
  'RUNTIME_DIR',
  'STRATEGY_NAME',
  'LOG_LEVEL',
  'LOG_FILE',
  'LOG_FILE_LEVEL',
  'TRADE_MAX_WAIT_TIME',
  'MARKET_BUY_PRICE_PERCENT',
  'MARKET_SELL_PRICE_PERCENT',
  'QUOTE_MAX_AGE_SECONDS',
  'EVENT_TIME_OUT',
  'HOOK_TIME_OUT',
  'STRATEGY_MEMORY_MB',
  'WECHAT_MESSAGE_KEY',
  'MESSAGE_KEY',
]);
/** Wall ms for a running engine's answer. */
const ENGINE_MS = 1_000;

/** Every setting of bt that is there, and where it was found. */
export function settingFacts(env: Env): SettingFact[] {
  return Object.keys(env.all())
    .filter((name) => NAMES.has(name) || PREFIXES.test(name))
    .toSorted()
    .flatMap((name) => {
      const found = env.find(name);
      if (found === null) return [];
      const shown = isSecretName(name) ? `*** (${found.value.length} characters)` : found.value;
      return [{ name, shown, origin: found.origin }];
    });
}

/** Connects to the gateway as a run does, asks how it is and for a few quotes, and leaves. Never rejects. */
export async function probeGateway(broker: string | null, env: Env): Promise<GatewayFact> {
  const known = VENUES.map(({ name }) => name).join(' or ');
  if (broker === null)
    return {
      state: 'unset',
      text: `no gateway is named: DEFAULT_BROKER or --broker ${known}, with QMT_SERVER_HOST and QMT_SERVER_TOKEN; --with-stub needs none`,
    };
  let venue: Venue;
  try {
    venue = await openVenue(broker, { env: env.all(), log: nullLog });
  } catch (error) {
    return { state: 'wrong', text: errorMessage(error).replaceAll('\n', ' ') };
  }
  try {
    await venue.broker.start();
    await venue.provider.start();
    return await reached(venue);
  } catch (error) {
    return { state: 'unreachable', address: venue.address, text: errorMessage(error) };
  } finally {
    await venue.provider.stop();
    await venue.broker.stop();
  }
}

async function reached({ address, broker, provider }: Venue): Promise<GatewayFact> {
  const begun = monotonic();
  const { backendReady: ready, detail, stub, clock, about, dryRun = false } = await broker.health();
  const tookMs = monotonic() - begun;
  const { backend = null, features = [] } = about ?? {};
  const own = clock?.now ?? null;
  const quoteAge = await newestQuote(provider, own);
  return { state: 'reached', address, tookMs, ready, detail, stub, dryRun, backend, features, clock: own, quoteAge };
}

/** Seconds since the newest of the busy quotes, by the market's clock. */
async function newestQuote(
  { offers }: Venue['provider'],
  clock: number | null,
): Promise<Extract<GatewayFact, { state: 'reached' }>['quoteAge']> {
  if (offers.quotes === undefined) return 'this gateway has no market data: --data names another source';
  try {
    const quotes = [...(await offers.quotes.quotes(BUSY)).values()];
    const times = quotes.flatMap(({ time }) => (time === null ? [] : [time]));
    return times.length === 0 ? null : ((clock ?? wallNow()) - Math.max(...times)) / 1000;
  } catch (error) {
    return `quotes cannot be had (${errorMessage(error)})`;
  }
}

/** Reads every page of each ledger. */
export async function probeInstances(folders: readonly string[]): Promise<InstanceFact[]> {
  return Promise.all(
    folders.map(async (folder) => {
      const running = await callControl(folder, { command: 'status', values: {} }, ENGINE_MS).then(
        (text) => text !== null,
        () => true,
      );
      const bytes = [LEDGER_FILE, `${LEDGER_FILE}-wal`].reduce((sum, name) => sum + sizeOf(join(folder, name)), 0);
      return { name: basename(folder), running, trouble: troubleOf(folder), bytes };
    }),
  );
}

/** Folders of instances whose ledger has gone: nothing else lists them. */
export function withoutLedger(root: string): string[] {
  if (!existsSync(root)) return [];
  const folders = readdirSync(root, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [join(root, entry.name)] : [],
  );
  return folders.filter((folder) => existsSync(join(folder, INSTANCE_FILE)) && !existsSync(join(folder, LEDGER_FILE)));
}

function troubleOf(folder: string): string | null {
  try {
    Ledger.read(folder).close();
    return null;
  } catch (error) {
    return errorMessage(error);
  }
}

function mayWrite(place: string): boolean {
  try {
    accessSync(place, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Room where instances are, or where their folder will be. */
export async function probeDisk(path: string): Promise<DiskFact> {
  let place = path;
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place);
  try {
    const { bavail, bsize } = await statfs(place);
    return { path: place, freeBytes: bavail * bsize, writable: mayWrite(place) };
  } catch {
    return { path: place, freeBytes: null, writable: mayWrite(place) };
  }
}

export async function probePorts(
  ports: readonly { readonly what: string; readonly address: string }[],
): Promise<PortFact[]> {
  return Promise.all(
    ports.map(async ({ what, address }) => {
      const at = address.lastIndexOf(':');
      return { what, address, taken: await probePort(address.slice(0, at), Number(address.slice(at + 1))) };
    }),
  );
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
