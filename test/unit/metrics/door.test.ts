import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { healthOf } from '../../../src/metrics/health.ts';
import { openMetricsDoor, type MetricsDoor } from '../../../src/metrics/door.ts';
import { nullLog } from '../../../src/platform/log.ts';

let door: MetricsDoor;
afterEach(() => door.close());

const open = (port = 0): Promise<MetricsDoor> =>
  openMetricsDoor({
    host: '127.0.0.1',
    port,
    token: null,
    isLocal: true,
    health: () => healthOf(['starting']),
    metrics: () => Promise.resolve({ type: 'text/plain', text: 'bt_info 1\n' }),
    log: nullLog,
  });

test('answers over HTTP, HEAD without a body, and nothing is kept by whoever asks', async () => {
  door = await open();
  const base = `http://127.0.0.1:${door.port}`;
  const metrics = await fetch(`${base}/metrics`);
  expect([metrics.status, await metrics.text()]).toEqual([200, 'bt_info 1\n']);
  expect(metrics.headers.get('cache-control')).toBe('no-store');
  const head = await fetch(`${base}/health`, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([503, '']);
});

test('a port that is taken is refused with the option that names it', async () => {
  door = await open();
  await expect(open(door.port)).rejects.toThrow(/another program listens there.*--metrics/u);
});

test('closing it ends also a connection on which nobody asks', async () => {
  door = await open();
  const socket = connect(door.port, '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));
  const gone = new Promise((resolve) => socket.once('close', resolve));
  socket.resume();
  await door.close();
  await gone;
});
