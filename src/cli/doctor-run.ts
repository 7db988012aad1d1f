import { join } from 'node:path';
import { errorMessage } from '../domain/errors.ts';
import { exchangeCalendar, ifKnown } from '../domain/market/calendar.ts';
import { isContinuous } from '../domain/market/session.ts';
import { chinaDay } from '../domain/time.ts';
import { findPython } from '../engine/strategy/python/interpreter.ts';
import { loadEnv, type Env } from '../platform/env.ts';
import { writeDocument } from '../platform/terminal.ts';
import { sayDocument } from './say.ts';
import { wallNow } from '../platform/timers.ts';
import { clientFindings } from './doctor/client-checks.ts';
import type { ClientFacts } from './doctor/client-facts.ts';
import {
  probeDisk,
  probeGateway,
  probeInstances,
  probePorts,
  settingFacts,
  withoutLedger,
} from './doctor/client-probes.ts';
import { probeClock } from './doctor/probes.ts';
import { doctorExit, doctorText } from './doctor/report.ts';
import { allInstances, instanceRoot } from './instances.ts';
import { notifySettings } from './notify/open-notifier.ts';
import { packageVersion } from './package-info.ts';
import { Settings } from './settings.ts';

/** Where bt page listens when nothing else is said. */
const PAGE_LISTEN = '127.0.0.1:8787';

type Flags = Readonly<Record<string, unknown>>;

/** Runs `bt doctor`; the process's exit code is 1 when something has to be put right. Throws BtError ENV_FILE, BAD_CONFIG. */
export async function runDoctor(flags: Flags): Promise<void> {
  const envFile = flags['envFile'];
  const env = loadEnv({ envFile: typeof envFile === 'string' ? envFile : null });
  const settings = new Settings(env, flags);
  const findings = clientFindings(await lookAround(env, settings, flags));
  if (flags['json'] === true) await writeDocument(`${JSON.stringify(findings, null, 2)}\n`);
  else await sayDocument(`${doctorText(findings)}\n`);
  process.exitCode = doctorExit(findings);
}

/** Everything that is to be known, asked at once. */
async function lookAround(env: Env, settings: Settings, flags: Flags): Promise<ClientFacts> {
  const broker = settings.text({ flag: '--broker', variables: ['DEFAULT_BROKER'] }) ?? implied(env);
  const asked = settings.text({ flag: '--python', variables: ['BT_PYTHON'] });
  const [gateway, clockAhead, instances, disk, channels, ports, python] = await Promise.all([
    probeGateway(broker, env),
    probeClock(),
    probeInstances([...allInstances(flags), ...withoutLedger(instanceRoot(flags).root)]),
    probeDisk(instanceRoot(flags).root),
    channelsOf(env),
    probePorts(portsOf(env)),
    pythonOf(asked),
  ]);
  const now = wallNow();
  const calendar = exchangeCalendar();
  return {
    now,
    bt: packageVersion(),
    node: process.versions.node,
    python,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    settings: settingFacts(env),
    warnings: env.warnings,
    gateway,
    token: env.get('QMT_SERVER_TOKEN'),
    clockAhead,
    calendarEnds: calendar.expires,
    isTrading: isContinuous(now) && ifKnown(() => calendar.isTradingDay(chinaDay(now))) !== false,
    instances,
    disk,
    channels,
    ports,
    pageToken: env.get('PAGE_TOKEN'),
  };
}

/** Metrics are served only where somebody has said so. */
function portsOf(env: Env): { readonly what: string; readonly address: string }[] {
  const metrics = env.get('METRICS_LISTEN');
  const page = { what: 'page', address: env.get('PAGE_LISTEN') ?? PAGE_LISTEN };
  return metrics === null ? [page] : [page, { what: 'metrics', address: metrics }];
}

/** Whose settings are there. */
function implied(env: Env): string | null {
  if (env.get('QMT_SERVER_HOST') !== null) return 'qmt-remote';
  return env.get('QMT_HTTP_URL') === null ? null : 'qmt-http';
}

async function channelsOf(env: Env): Promise<readonly string[] | string> {
  try {
    return (await notifySettings(env))?.channels.map(({ name }) => name) ?? [];
  } catch (error) {
    return errorMessage(error);
  }
}

async function pythonOf(asked: string | null): Promise<ClientFacts['python']> {
  try {
    const { version, path } = await findPython(join(process.cwd(), 'strategy.py'), asked);
    return { found: `${version} (${path})` };
  } catch (error) {
    return { missing: errorMessage(error) };
  }
}
