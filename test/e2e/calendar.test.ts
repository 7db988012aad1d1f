import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { exchangeCalendar } from '../../src/domain/market/calendar.ts';
import { encodeFrame, FrameDecoder } from '../../src/protocol/frame.ts';
import { bt } from './cli-process.ts';

let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'bt-calendar-'));
});
afterAll(() => {
  rmSync(cwd, { recursive: true, force: true });
});

/** A gateway that knows these trading days and nothing else. */
async function gatewayOf(days: readonly string[]): Promise<Record<string, string>> {
  const server = createServer((socket) => {
    const decoder = new FrameDecoder();
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      for (const { type, id } of decoder.push(chunk)) {
        const payload = { dtype: 'list', value: days };
        socket.write(
          encodeFrame(
            type === 'handshake' ? { type: 'handshake_ack', session_id: '1' } : { type: 'response', id, payload },
          ),
        );
      }
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.close();
  });
  const port = String((server.address() as AddressInfo).port);
  return { QMT_SERVER_HOST: '127.0.0.1', QMT_SERVER_PORT: port, QMT_SERVER_TOKEN: 't', DEFAULT_BROKER: 'qmt-remote' };
}

const DAYS_OF_2026 = exchangeCalendar().between('2026-01-01', '2026-12-31');

describe('bt calendar', () => {
  test('shows range, source, today, and the closures of a year', async () => {
    const { code, stdout, stderr } = await bt(['calendar', '2026'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('from 1990-12-19 to 2026-12-31');
    expect(stdout).toContain('Source: akshare');
    expect(stdout).toMatch(/^Today, \w+day \d{4}-\d{2}-\d{2}, /mu);
    expect(stdout).toContain('2026: 242 trading days from 2026-01-01 to 2026-12-31');
    expect(stdout).toContain('02-16 Mon, 02-17 Tue, 02-18 Wed, 02-19 Thu, 02-20 Fri, 02-23 Mon');
  });

  test('--json holds every trading day of the year', async () => {
    const { stdout } = await bt(['calendar', '2026', '--json'], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ year: 2026, tradingDays: DAYS_OF_2026 });
  });

  test.each([
    ['2031', /knows 1990-12-19 to 2026-12-31, not 2031-01-01/u],
    ['26', /"26" is not a year; write it like 2026/u],
  ])('year %s is refused', async (year, text) => {
    const { code, stderr } = await bt(['calendar', year], { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(text);
  });
});

describe('bt calendar --check', () => {
  test('a gateway that knows the same days agrees, also when it knows only some months', async () => {
    const env = await gatewayOf(DAYS_OF_2026.slice(0, 100));
    const { code, stdout, stderr } = await bt(['calendar', '2026', '--check'], { cwd, env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`knows the same 100 trading days from 2026-01-05 to ${DAYS_OF_2026[99]}.`);
  });

  test('one that differs is named, day by day, and the command fails', async () => {
    const env = await gatewayOf([...DAYS_OF_2026.filter((day) => day !== '2026-03-03'), '2026-05-04'].toSorted());
    const { code, stderr } = await bt(['calendar', '2026', '--check'], { cwd, env });
    expect(code).toBe(1);
    expect(stderr).toContain('2026-03-03 (trades here, not there), 2026-05-04 (trades there, not here)');
  });

  test('one that knows nothing is said to know nothing', async () => {
    const { code, stdout } = await bt(['calendar', '2026', '--check'], { cwd, env: await gatewayOf([]) });
    expect(code).toBe(0);
    expect(stdout).toContain('knows no trading days from 2026-01-01 to 2026-12-31');
  });

  test('needs no --broker, and says what the gateway lacks', async () => {
    const { DEFAULT_BROKER: _named, ...env } = await gatewayOf(DAYS_OF_2026);
    expect((await bt(['calendar', '2026', '--check'], { cwd, env })).stdout).toContain(
      'knows the same 242 trading days',
    );
    const { code, stderr } = await bt(['calendar', '--check'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('QMT_SERVER_HOST');
  });
});
