import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../test/e2e/free-port.ts';
import { openClient } from './bridge-clients.ts';
import type { Client } from './bridge-clients.ts';
import { startQmt, STATUS } from './bridge-start.ts';
import type { Row, Skipped } from './figure.ts';
import { inspect } from './inspected.ts';
import { residentMbOf } from './processes.ts';
import { spreadOf } from './stats.ts';

const SESSIONS = 200;
const RUNS = 3;
/** Connections are closed, and what was theirs is let go. */
const SETTLE_MS = 1_500;

/**
 * What sessions cost, of a server that has done nothing else: one after a load is as large as that made it, whether they are there or not. They
 * come and go once before, so that what the first of them brings along (code, buffers of the allocator) is not theirs.
 */
export async function memoryRows(python: string, script: Readonly<Record<string, string>>): Promise<(Row | Skipped)[]> {
  const what = `resident memory with ${SESSIONS} sessions`;
  const port = await freePort();
  const ours = await startQmt(python, script, [`--inspect=127.0.0.1:${port}`]);
  const pid = ours.running.child.pid ?? 0;
  if (residentMbOf(pid) === null) return [{ what, skipped: `${process.platform} has no /proc to read it from` }];
  const inspected = await inspect(port);
  const [without, within, each]: [number[], number[], number[]] = [[], [], []];
  for (const client of await sessions(ours.port)) client.close();
  for (let run = 0; run < RUNS; run += 1) {
    await wait(SETTLE_MS);
    const before = await inspected.held();
    without.push(residentMbOf(pid) ?? Number.NaN);
    const clients = await sessions(ours.port);
    each.push((await inspected.held()) - before);
    within.push(residentMbOf(pid) ?? Number.NaN);
    for (const client of clients) client.close();
  }
  inspected.close();
  await ours.running.stop();
  return [
    {
      what,
      unit: 'MB',
      shape: 'runs',
      spread: spreadOf(within),
      floor: { what: 'the same server without them', spread: spreadOf(without) },
      target: null,
    },
    {
      what: 'what a session holds (heap and buffers)',
      unit: 'KB',
      shape: 'runs',
      spread: spreadOf(each.map((bytes) => bytes / 1024 / SESSIONS)),
      floor: null,
      target: null,
    },
  ];
}

/** One after another: so many strangers at a time from one address are not let in. Each has asked for something. */
async function sessions(port: number): Promise<Client[]> {
  const clients: Client[] = [];
  while (clients.length < SESSIONS) {
    const client = await openClient(port, 'stub');
    await client.ask(STATUS.action, STATUS.payload);
    clients.push(client);
  }
  return clients;
}
