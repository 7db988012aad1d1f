import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openClient } from './bridge-clients.ts';
import { startQmt, SYMBOLS } from './bridge-start.ts';
import { atMost } from './figure.ts';
import type { Row, Skipped } from './figure.ts';
import { launch, ROOT } from './processes.ts';
import { spreadOf } from './stats.ts';

const TICKS_MS = 10_000;
const LOOK_MS = 100;
const MOST_AGE_MS = 1_200;
const MOST_CPU = 15;
/** Clock ticks a second of /proc. */
const HERTZ = 100;

/** Ticks of a thousand securities each second, from the terminal through the bridge to a client. */
export async function tickRows(python: string): Promise<(Row | Skipped)[]> {
  const peer = launch([join(ROOT, 'bench', 'peers', 'tick-terminal.ts')], { cwd: ROOT });
  const { match } = await peer.printed(/^READY (\d+)$/mu);
  const ours = await startQmt(python, { FAKE_XTQUANT: `127.0.0.1:${match[1] ?? ''}` });
  const client = await openClient(ours.port, 'stub');
  const times = new Map<string, number>();
  client.onEvent = (message) => {
    // The terminal writes the moment of each push as the day's money: a tick's own time is told in seconds.
    const { symbol, money } = message['payload'] as { readonly symbol: string; readonly money: number };
    times.set(symbol, money);
  };
  const symbols = Array.from({ length: SYMBOLS }, (_, index) => `${600_000 + index}.XSHG`);
  const subscribed = await client.ask('data.subscribe', { securities: symbols });
  if (subscribed['type'] !== 'response') throw new Error(JSON.stringify(subscribed));
  for (let waited = 0; times.size < SYMBOLS && waited < 20_000; waited += LOOK_MS) await wait(LOOK_MS);
  const pids = family(ours.running.child.pid ?? 0);
  const [began, spent] = [performance.now(), cpuSeconds(pids)];
  const ages: number[] = [];
  for (let at = 0; at < TICKS_MS; at += LOOK_MS) {
    await wait(LOOK_MS);
    ages.push(times.size === SYMBOLS ? Date.now() - Math.min(...times.values()) : Number.POSITIVE_INFINITY);
  }
  const cpu = ((cpuSeconds(pids) - spent) / ((performance.now() - began) / 1000)) * 100;
  client.close();
  await Promise.all([ours.running.stop(), peer.stop()]);
  const rows: (Row | Skipped)[] = [ageRow(ages)];
  const what = 'gateway and its bridges at these ticks';
  rows.push(
    Number.isFinite(cpu)
      ? {
          what,
          unit: '% of a core',
          shape: 'runs',
          spread: spreadOf([cpu]),
          floor: null,
          target: atMost(MOST_CPU, '%', 'it', cpu),
        }
      : { what, skipped: `${process.platform} has no /proc to read it from` },
  );
  return rows;
}

function ageRow(ages: readonly number[]): Row {
  const spread = spreadOf(ages);
  return {
    what: `oldest of ${SYMBOLS} ticks a second at a client`,
    unit: 'ms',
    shape: 'samples',
    spread,
    floor: null,
    target: atMost(MOST_AGE_MS, 'ms', 'p99', spread.p99),
  };
}

/** A process and those that it has started. */
function family(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return [
      pid,
      ...text
        .split(' ')
        .filter((one) => one !== '')
        .map(Number),
    ];
  } catch {
    return [];
  }
}

/** NaN where there is no /proc. */
function cpuSeconds(pids: readonly number[]): number {
  if (pids.length === 0) return Number.NaN;
  const ticks = pids.map((pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /u, '')
      .split(' ');
    return Number(fields[11]) + Number(fields[12]);
  });
  return ticks.reduce((sum, one) => sum + one, 0) / HERTZ;
}
