/**
 * Loaded into the engine's process before it (`node --import`): counts each point of its input and output, and at one of them ends
 * the process as `kill -9` does. FORTNIGHT_KILL: `<n>. <point>`; FORTNIGHT_POINTS: a file for the counts, written when it ends by itself.
 */
import { open } from 'node:fs/promises';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { Socket } from 'node:net';
import { DatabaseSync, StatementSync } from 'node:sqlite';

const { FORTNIGHT_KILL: kill = '', FORTNIGHT_POINTS: countsFile = '' } = process.env;
const counts = new Map<string, number>();

function at(point: string): void {
  const count = (counts.get(point) ?? 0) + 1;
  counts.set(point, count);
  if (`${count}. ${point}` === kill) process.kill(process.pid, 'SIGKILL');
}

type Method = (this: unknown, ...args: never[]) => unknown;

/** Calls `at` before the method and after it, with what is done in words; null = it is no point. */
function around(owner: object, name: string, point: (self: unknown, args: readonly unknown[]) => string | null): void {
  const method = Reflect.get(owner, name) as Method;
  Reflect.set(owner, name, function (this: unknown, ...args: never[]): unknown {
    const what = point(this, args);
    if (what !== null) at(`before ${what}`);
    const result = method.apply(this, args);
    if (what === null) return result;
    if (result instanceof Promise) return result.finally(() => at(`after ${what}`));
    at(`after ${what}`);
    return result;
  });
}

const tables = new Set<string>();

around(StatementSync.prototype, 'run', (self) => {
  const table = /(?:INTO|FROM|UPDATE) (\w+)/u.exec((self as StatementSync).sourceSQL)?.[1];
  if (table !== undefined) tables.add(table);
  return null;
});

around(DatabaseSync.prototype, 'exec', (_self, [sql]) => {
  if (sql === 'BEGIN IMMEDIATE') tables.clear();
  if (sql === 'COMMIT') return `commit ${[...tables].toSorted().join('+')}`;
  return String(sql).includes('wal_checkpoint') ? 'checkpoint' : null;
});

/** Requests and answers; what else goes through a socket is the strategy's pipes, by the size of what is written. */
around(Socket.prototype, 'write', (self, [data]) => {
  const isWire = (self as Socket).remotePort !== undefined;
  const text = Buffer.isBuffer(data) ? data.toString('latin1', 0, 400) : '';
  const { action, type } = /"type":\s*"(?<type>\w+)"(?:.*?"action":\s*"(?<action>[\w.]+)")?/u.exec(text)?.groups ?? {};
  return isWire ? `wire ${action ?? type ?? '?'}` : 'pipe to the strategy';
});

const handle = await open(import.meta.filename);
for (const name of ['writeFile', 'appendFile', 'write', 'sync', 'datasync'])
  around(Object.getPrototypeOf(handle) as object, name, () => `book ${name}`);
await handle.close();
around(fs.promises, 'rename', () => 'book rename');
around(fs, 'renameSync', () => 'instance rename');
syncBuiltinESMExports();

process.on('exit', () => {
  if (countsFile !== '') fs.writeFileSync(countsFile, JSON.stringify([...counts]));
});
