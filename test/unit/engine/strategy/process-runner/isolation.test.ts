import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { start } from '../running.ts';

/** What isolation is, and is not: docs/architecture.md, "Isolation". */

test('a strategy is trusted code of its user: its environment holds a time zone only, and it may read the files its user may read', async () => {
  const running = await start(`
    import { readFileSync } from 'node:fs';
    function initialize() { log.info('environment', JSON.stringify(process.env)); }
    function look() { log.info(readFileSync(new URL('.env.local', import.meta.url), 'utf8')); }`);
  writeFileSync(running.space.path('.env.local'), 'QMT_SERVER_TOKEN=of-its-user');
  await running.hook('initialize');
  await running.task('look');
  expect(running.engine.lines.map(({ text }) => text)).toEqual([
    'environment {"TZ":"Asia/Shanghai"}',
    'QMT_SERVER_TOKEN=of-its-user',
  ]);
});

test('of a hundred thousand lines in one call a ration reaches the engine, and a count of the others', async () => {
  const running = await start('function initialize() { for (let n = 0; n < 100_000; n += 1) log.info(n); }');
  await running.hook('initialize');
  const texts = running.engine.lines.map(({ text }) => text);
  const counts = texts.flatMap((text) => /^… ([\d,]+) lines were not shown$/u.exec(text)?.[1] ?? []);
  const dropped = counts.map((count) => Number(count.replaceAll(',', ''))).reduce((sum, count) => sum + count, 0);
  expect(dropped).toBeGreaterThan(50_000);
  expect(texts.length - counts.length + dropped).toBe(100_000);
});
