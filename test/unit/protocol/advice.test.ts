import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { accountPayload, historyPayload } from '../../../src/protocol/encode/requests.ts';

const ROOT = join(import.meta.dirname, '../../../src');

/** Every parameter that a message tells the reader to leave out of a request, with its file. */
function advised(): [parameter: string, file: string][] {
  const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return files.flatMap((file) => {
    const lines = readFileSync(join(ROOT, file), 'utf8').split('\n');
    const code = lines.filter((line) => !/^\s*(?:\/?\*|\/\/)/u.test(line)).join('\n');
    const found = code.matchAll(/\b(?:ask|again|call|it|this) without [`"]?\\?`?(\w+)`/giu);
    return [...found].map((match): [string, string] => [match[1] ?? '', file]);
  });
}

it('no message advises to leave out of a request what its call never has', () => {
  const day = Date.parse('2026-07-06T00:00:00+08:00');
  const request = { security: '000001.XSHE', unit: '1d', count: 1, start: day, end: day, adjust: 'pre' } as const;
  const sent = new Set([
    ...Object.keys(historyPayload(request)),
    ...Object.keys(accountPayload({ accountKey: null, subAccountId: null })),
  ]);
  expect(sent.has('fields')).toBe(false);
  expect(advised().filter(([parameter]) => !sent.has(parameter))).toEqual([]);
});
