import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { errorMessage } from '../domain/errors.ts';
import { loadEnv, openEnvironment } from '../platform/env.ts';
import { writeDocument } from '../platform/terminal.ts';
import { sayDocument } from './say.ts';
import { wallNow } from '../platform/timers.ts';
import { createQmtRemote } from '../venues/qmt-remote/index.ts';
import type { AccountConfig } from '../server/index.ts';
import { isLocal } from './doctor/check-listen.ts';
import { findingsOf } from './doctor/checks.ts';
import type { DoctorFacts, ListenFacts, OtherTerminal, SdkProbe } from './doctor/facts.ts';
import { probeClock, probeFirewall, probePort, probeSdk, probeTerminal, probeUserdata } from './doctor/probes.ts';
import { doctorExit, doctorText } from './doctor/report.ts';
import { readAccountList } from './server-accounts.ts';
import { Settings } from './settings.ts';

const DEFAULT_PORT = 58_620;

/** Runs `bt server doctor`; the process's exit code is 1 when something has to be put right. Throws BtError BAD_CONFIG, BAD_ACCOUNTS. */
export async function runServerDoctor(flags: Readonly<Record<string, unknown>>): Promise<void> {
  const envFile = flags['envFile'];
  const settings = new Settings(loadEnv({ envFile: typeof envFile === 'string' ? envFile : null }), flags);
  const findings = findingsOf(await lookAround(settings, process.platform));
  if (settings.toggle({ flag: '--json' }) === true) await writeDocument(`${JSON.stringify(findings, null, 2)}\n`);
  else await sayDocument(`${doctorText(findings)}\n`);
  process.exitCode = doctorExit(findings);
}

/** Everything that is to be known, asked at once. */
async function lookAround(settings: Settings, platform: string): Promise<DoctorFacts> {
  const dataPath = settings.text({ flag: '--data-path', variables: ['QMT_DATA_PATH'] });
  const python = settings.text({ flag: '--python', variables: ['BT_PYTHON'] }) ?? defaultPython(platform);
  const accounts = readAccountList(settings);
  const { checkAccountTypes } = await import('../server/adapters/qmt/index.ts');
  checkAccountTypes(accounts);
  const token = settings.text({ flag: '--token', variables: ['QMT_SERVER_TOKEN'] });
  const { own, others } = byTerminal(accounts, dataPath);
  const ask = (folder: string | null, of: readonly AccountConfig[]): Promise<SdkProbe> =>
    probeSdk({
      python,
      environment: { ...openEnvironment(), PYTHONDONTWRITEBYTECODE: '1' },
      data_path: folder ?? '',
      data_port: settings.integer({ variables: ['QMT_DATA_PORT'] }, 1, 65_535),
      accounts: of.map(({ key, id, type }) => [key, id, type] as const),
      xtquant: sdkFolders(settings, dataPath),
    });
  const [probe, apart, terminalRuns, listen, clockAhead] = await Promise.all([
    ask(dataPath, own),
    Promise.all(others.map(async ([folder, of]) => otherTerminal(folder, of, await ask(folder, of)))),
    probeTerminal(platform),
    lookAtPort(settings, token, platform),
    probeClock(),
  ]);
  return {
    now: wallNow(),
    platform,
    node: process.versions.node,
    python,
    probe,
    userdata: dataPath === null ? null : probeUserdata(dataPath),
    terminalRuns,
    accounts: own.map(({ key }) => key),
    others: apart,
    listen,
    clockAhead,
    token,
  };
}

function otherTerminal(folder: string, accounts: readonly AccountConfig[], probe: SdkProbe): OtherTerminal {
  return { userdata: probeUserdata(folder), accounts: accounts.map(({ key }) => key), probe };
}

interface Desk {
  readonly own: readonly AccountConfig[];
  /** Accounts by the folder of their terminal. */
  readonly others: readonly (readonly [string, readonly AccountConfig[]])[];
}

/** Accounts by terminal, as the gateway divides them: an account without a folder is at `--data-path`. */
export function byTerminal(accounts: readonly AccountConfig[], dataPath: string | null): Desk {
  const folders = Map.groupBy(accounts, ({ path }) => path ?? dataPath);
  const others = [...folders].flatMap(([folder, of]) =>
    folder === null || folder === dataPath ? [] : [[folder, of] as const],
  );
  return { own: folders.get(dataPath) ?? [], others };
}

function defaultPython(platform: string): string {
  return platform === 'win32' ? 'python' : 'python3';
}

function sdkFolders(settings: Settings, dataPath: string | null): string[] {
  const named = settings.text({ flag: '--xtquant' });
  const own = dataPath === null ? null : join(dirname(dataPath), 'bin.x64', 'Lib', 'site-packages');
  return [named, own].filter((folder) => folder !== null).filter((folder) => existsSync(folder));
}

async function lookAtPort(settings: Settings, token: string | null, platform: string): Promise<ListenFacts> {
  const host = settings.text({ flag: '--listen', variables: ['QMT_SERVER_LISTEN'] }) ?? '127.0.0.1';
  const port = settings.integer({ flag: '--port', variables: ['QMT_SERVER_PORT'] }, 1, 65_535) ?? DEFAULT_PORT;
  const [taken, firewallOpen] = await Promise.all([
    probePort(host, port),
    isLocal(host) ? Promise.resolve(null) : probeFirewall(platform),
  ]);
  const at = { host, port, firewallOpen };
  if (taken === null) return { ...at, state: 'free', detail: '' };
  return { ...at, ...(await whoIsThere(host, port, token, taken)) };
}

/** What sits on a port that cannot be had: a server of ours, or something else. */
async function whoIsThere(
  host: string,
  port: number,
  token: string | null,
  taken: string,
): Promise<Pick<ListenFacts, 'state' | 'detail'>> {
  const near = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  const { broker } = createQmtRemote({
    env: { QMT_SERVER_HOST: near, QMT_SERVER_PORT: String(port), QMT_SERVER_TOKEN: token ?? 'stub' },
  });
  try {
    await broker.start();
    const { backendReady, detail, stub } = await broker.health();
    const market = stub ? ' (a paper market)' : '';
    // QMT's own word for it, where nothing is to be told beside it.
    if (backendReady && detail === 'ready') return { state: 'server', detail };
    return { state: 'server', detail: `${backendReady ? 'ready' : 'not ready'}, ${detail}${market}` };
  } catch (error) {
    const text = errorMessage(error);
    return /AUTH_FAILED|token/iu.test(text) ? { state: 'refused', detail: text } : { state: 'taken', detail: taken };
  } finally {
    await broker.stop();
  }
}
