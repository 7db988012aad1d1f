import { appendFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeInstanceFile } from '../../../src/ledger/instance-file.ts';
import { createLog } from '../../../src/platform/log.ts';
import { logFileOf, readLog } from '../../../src/status/log-lines.ts';
import { StatusPlace } from './status-folder.ts';

let place: StatusPlace;
let folder = '';
beforeEach(() => {
  place = new StatusPlace();
  folder = place.instance('one').folder;
});
afterEach(() => place.close());

const line = (text: string, level = 'info', source = 'bt'): string =>
  `${JSON.stringify({ level, time: '', market: '2026-07-06 10:00:00.000', source, text })}\n`;

test('the lines that a log writes are read as they were meant', async () => {
  const log = createLog({ level: 'info', screen: false, file: join(folder, 'bt.log'), clock: () => 0 });
  log.child('order').warning('too much', { security: '000001.XSHE' });
  log.close();
  expect((await readLog(folder)).lines).toEqual([
    {
      market: '1970-01-01 08:00:00.000',
      level: 'warning',
      source: 'order',
      text: 'too much',
      fields: { security: '000001.XSHE' },
    },
  ]);
});

test('by level, source and text; what is no line of ours is left out', async () => {
  const text = [
    line('a'),
    'garbage\n',
    '{"level":"info"}\n',
    line('b', 'error', 'order'),
    line('bc', 'debug', 'order'),
  ];
  place.file(folder, 'bt.log', text.join(''));
  const texts = async (query: Parameters<typeof readLog>[1]): Promise<string[]> =>
    (await readLog(folder, query)).lines.map(({ text: said }) => said);
  expect(await texts({})).toEqual(['a', 'b', 'bc']);
  expect(await texts({ level: 'info' })).toEqual(['a', 'b']);
  expect(await texts({ sources: ['order'] })).toEqual(['b', 'bc']);
  expect(await texts({ contains: 'c' })).toEqual(['bc']);
  expect(await texts({ lines: 1 })).toEqual(['bc']);
});

test('a page goes on where the last one ended, over a file that was set aside, and never shows half a line', async () => {
  const file = join(folder, 'bt.log');
  place.file(folder, 'bt.log', line('a'));
  const first = await readLog(folder);
  appendFileSync(file, `${line('b')}{"level":"in`);
  const second = await readLog(folder, { from: first.end });
  expect(second.lines.map(({ text }) => text)).toEqual(['b']);
  appendFileSync(file, line('c').slice('{"level":"in'.length));
  renameSync(file, join(folder, 'bt.2026-07-06.1.log'));
  place.file(folder, 'bt.log', line('d'));
  const third = await readLog(folder, { from: second.end });
  expect(third.lines.map(({ text }) => text)).toEqual(['c', 'd']);
  expect((await readLog(folder)).lines.map(({ text }) => text)).toEqual(['a', 'b', 'c', 'd']);
});

test('between two files nothing comes twice, and an old file is not read for a new one', async () => {
  place.file(folder, 'bt.2026-07-05.1.log', line('old'));
  const nothing = await readLog(folder);
  expect(nothing.lines.map(({ text }) => text)).toEqual(['old']);
  expect((await readLog(folder, { from: nothing.end })).lines).toEqual([]);
  place.file(folder, 'bt.log', line('a'));
  const first = await readLog(folder, { from: nothing.end });
  expect(first.lines.map(({ text }) => text)).toEqual(['a']);
  renameSync(join(folder, 'bt.log'), join(folder, 'bt.2026-07-06.1.log'));
  const gone = await readLog(folder, { from: first.end });
  expect(gone).toEqual({ lines: [], end: first.end });
  place.file(folder, 'bt.log', line('b'));
  expect((await readLog(folder, { from: gone.end })).lines.map(({ text }) => text)).toEqual(['b']);
});

test('a log that was named elsewhere is read there; one that is not there has no lines', async () => {
  writeInstanceFile(folder, { log: join(place.root, 'elsewhere.log') });
  expect(logFileOf(folder)).toBe(join(place.root, 'elsewhere.log'));
  expect((await readLog(folder)).lines).toEqual([]);
});

/** Everything that pages from there on have, one after the other. */
async function restOf(from: string): Promise<{ readonly texts: string[]; readonly pages: number }> {
  const texts: string[] = [];
  let end = from;
  for (let pages = 1; ; pages += 1) {
    const page = await readLog(folder, { from: end });
    texts.push(...page.lines.map(({ text }) => text));
    if (page.end === end) return { texts, pages };
    end = page.end;
  }
}

test('who reads slowly gets every line, over as many pages and files as were written meanwhile', async () => {
  const file = join(folder, 'bt.log');
  place.file(folder, 'bt.log', line('first'));
  const { end } = await readLog(folder);
  const long = 'x'.repeat(19_000);
  const wanted: string[] = [];
  for (const part of [1, 2, 3]) {
    const texts = Array.from({ length: 600 }, (_, n) => `${part}.${n} ${long}`);
    appendFileSync(file, texts.map((text) => line(text)).join(''));
    wanted.push(...texts);
    if (part === 3) continue;
    renameSync(file, join(folder, `bt.2026-07-06.${part}.log`));
    place.file(folder, 'bt.log', '');
  }
  const { texts, pages } = await restOf(end);
  expect(pages).toBeGreaterThan(3);
  expect(texts.length).toBe(wanted.length);
  expect(texts).toEqual(wanted);
});

test('lines whose file was removed before they were read are told as missing', async () => {
  place.file(folder, 'bt.log', line('a'));
  const { end } = await readLog(folder);
  renameSync(join(folder, 'bt.log'), join(folder, 'elsewhere'));
  place.file(folder, 'bt.log', line('b'));
  expect(await readLog(folder, { from: end })).toMatchObject({ lines: [{ text: 'b' }], isGap: true });
});

test('what is no line and longer than a page stops nothing', async () => {
  place.file(folder, 'bt.log', line('a'));
  const { end } = await readLog(folder);
  appendFileSync(join(folder, 'bt.log'), `${'y'.repeat(9 * 1024 * 1024)}\n${line('b')}`);
  expect((await restOf(end)).texts).toEqual(['b']);
});
