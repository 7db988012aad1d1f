import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { eachLine } from '../../../../../src/engine/strategy/thread-runner/output-lines.ts';

async function linesOf(chunks: readonly (string | Buffer)[]): Promise<string[]> {
  const stream = new PassThrough();
  const lines: string[] = [];
  eachLine(
    stream,
    (line) => lines.push(line),
    () => 0,
  );
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  await new Promise((resolve) => stream.on('close', resolve));
  return lines;
}

test('are whole whatever the chunks, also the last one without its end', async () => {
  const bytes = Buffer.from('价格\r\ntwo\n\nlast');
  expect(await linesOf([...bytes].map((byte) => Buffer.of(byte)))).toEqual(['价格', 'two', '', 'last']);
});

test('are rationed, and one that never ends holds no memory', async () => {
  const lines = await linesOf(['a line\n'.repeat(100_000)]);
  expect(lines).toHaveLength(1_001);
  expect(lines.at(-1)).toBe('… 99,000 lines were not shown');
  const [endless = ''] = await linesOf(Array.from({ length: 200 }, () => 'x'.repeat(60_000)));
  expect(endless.length).toBeLessThanOrEqual(40_000);
});
