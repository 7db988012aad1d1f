import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { mendRecording } from '../../../../src/engine/replay/mend-recording.ts';
import { readRecording } from '../../../../src/engine/replay/read-recording.ts';
import { RecordFile } from '../../../../src/engine/replay/record-file.ts';
import type { RecordLine } from '../../../../src/engine/replay/recording.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { CONTEXT } from '../strategy/running.ts';

function aFile(): { file: string; folder: string } {
  const folder = temporaryFolder('mend');
  return { folder, file: join(folder, 'day.rec') };
}

const lines = (hash: string): RecordLine[] => [
  {
    kind: 'start',
    format: 'bt-recording',
    version: 1,
    strategy: 's.ts',
    hash,
    entryModule: 's.ts',
    runParams: { type: 'live', frequency: 'minute', startDate: '2026-07-06' },
    loadContext: CONTEXT,
  },
  ...Array.from({ length: 200 }, (_, i) => ({
    kind: 'call' as const,
    name: 'log' as const,
    args: [`${i} ${(i * 7919) % 1009} ${hash} ${'-'.repeat(200)}`],
    reply: null,
  })),
];

async function append(file: string, hash: string): Promise<void> {
  const sink = new RecordFile(file, () => expect.unreachable());
  for (const line of lines(hash)) sink.write(line);
  await sink.close();
}

/** Mends, goes on with a run, and tells what was warned of, what runs there are, and what else lies in the folder. */
async function goOn(file: string, folder: string): Promise<{ warnings: string[]; runs: string[]; others: string[] }> {
  const warnings: string[] = [];
  expect(await mendRecording(file, (text) => warnings.push(text))).toBe(true);
  await append(file, 'next');
  const runs = (await readRecording(file, () => expect.unreachable())).map(({ start }) => start.hash);
  return { warnings, runs, others: readdirSync(folder).filter((name) => name !== 'day.rec') };
}

describe('a recording is gone on with', () => {
  test('as it is when it was closed: not a byte is rewritten', async () => {
    const { file } = aFile();
    await append(file, 'a');
    await append(file, 'b');
    const [before, { ino }] = [readFileSync(file), statSync(file)];
    expect(await mendRecording(file, () => expect.unreachable())).toBe(true);
    expect([readFileSync(file), statSync(file).ino]).toEqual([before, ino]);
  });

  test('wherever its process was killed: also before anything whole was written', async () => {
    const { file: whole } = aFile();
    await append(whole, 'a');
    const bytes = readFileSync(whole);
    for (const size of [1, 2, 9, 10, 11, 15, 40, 400, bytes.length - 25, bytes.length - 5, bytes.length - 1]) {
      const { file, folder } = aFile();
      writeFileSync(file, bytes.subarray(0, size));
      const { warnings, runs, others } = await goOn(file, folder);
      expect([size, warnings, others]).toEqual([size, [], []]);
      expect(runs.at(-1)).toBe('next');
      expect(runs.length).toBe(size < 400 ? 1 : 2);
    }
  });

  test('when a later run was cut off', async () => {
    const { file, folder } = aFile();
    await append(file, 'a');
    await append(file, 'b');
    truncateSync(file, statSync(file).size - 30);
    expect(await goOn(file, folder)).toEqual({ warnings: [], runs: ['a', 'b', 'next'], others: [] });
  });

  test('when it holds more than fits into a string, piece by piece', async () => {
    const { file, folder } = aFile();
    const [start] = lines('a');
    const line = `${JSON.stringify({ kind: 'call', name: 'log', args: ['x'.repeat(2 ** 20)], reply: null })}\n`;
    const member = gzipSync(line.repeat(64), { level: 1 });
    const cut = member.subarray(0, member.length - 20);
    writeFileSync(file, Buffer.concat([gzipSync(`${JSON.stringify(start)}\n`), ...Array(9).fill(member), cut]));
    expect(await mendRecording(file, () => expect.unreachable())).toBe(true);
    expect(readdirSync(folder)).toEqual(['day.rec']);
  }, 60_000);
});

describe('a damaged recording', () => {
  const damages: [string, (bytes: Buffer) => Buffer][] = [
    ['in its first run', (bytes) => flipped(bytes, 300)],
    ['where a later run begins', (bytes) => flipped(bytes, bytes.indexOf(Buffer.from([0x1f, 0x8b]), 100))],
    ['by zeros', (bytes) => Buffer.alloc(bytes.length)],
    ['in its head', (bytes) => flipped(bytes, 3)],
    ['of another version', () => gzipSync(`${JSON.stringify({ ...lines('a')[0], version: 9 })}\n`)],
    ['of text that cannot be read', () => gzipSync('{"kind"\n')],
  ];

  test.each(damages)('%s is moved aside with one warning, and a new one begins', async (_what, damage) => {
    const { file, folder } = aFile();
    await append(file, 'a');
    await append(file, 'b');
    const bytes = damage(readFileSync(file).subarray(0, -30));
    writeFileSync(file, bytes);
    const { warnings, runs, others } = await goOn(file, folder);
    expect(runs).toEqual(['next']);
    expect(warnings.length).toBe(1);
    expect(others).toEqual([expect.stringMatching(/^day\.rec\.damaged-\d{14}-/u)]);
    expect(readFileSync(join(folder, String(others[0])))).toEqual(bytes);
    expect(warnings[0]).toContain(String(others[0]));
  });

  test('is read as far as it goes, and what is wrong is told', async () => {
    const { file } = aFile();
    for (const hash of ['a', 'b', 'c']) await append(file, hash);
    const bytes = readFileSync(file);
    writeFileSync(file, flipped(bytes, Math.floor(bytes.length / 2)));
    const told: string[] = [];
    const runs = await readRecording(file, (why) => told.push(why));
    expect(runs[0]?.start.hash).toBe('a');
    expect(runs.length).toBeLessThan(3);
    expect(told.length).toBe(1);
  });
});

test('a file that is no recording is refused and left as it is', async () => {
  const { file } = aFile();
  writeFileSync(file, 'export function initialize() {}');
  const mending = mendRecording(file, () => expect.unreachable());
  await expect(mending).rejects.toMatchObject({ code: 'BAD_RECORDING' });
  expect(readFileSync(file, 'utf8')).toBe('export function initialize() {}');
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0xff;
  return copy;
}
