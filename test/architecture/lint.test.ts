import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const OXLINT = join(ROOT, 'node_modules', 'oxlint', 'bin', 'oxlint');
const FIXTURES: Readonly<Record<string, string>> = {
  'closeable.ts': 'export const sellable = (closeable: number, total: number): number => closeable || total;\n',
  'price.ts': "export function f(price: number): string {\n  if (price) return 'yes';\n  return 'no';\n}\n",
  'maybe.ts': 'export const known = (filled: number | null): boolean => (filled ? true : false);\n',
  'text.ts': "export const said = (reason: string): string => reason || 'none';\n",
  'floating.ts': 'export function f(): void {\n  Promise.resolve(1);\n}\n',
  'any.ts': 'export const f = (x: any): unknown => x;\n',
  'bang.ts': 'export const f = (x: string | null): string => x!;\n',
  'fine.ts': 'export const sellable = (closeable: number | null): number => closeable ?? 0;\n',
};

/** Rules that spoke, by file. */
const spoken = new Map<string, string[]>();
let folder = '';

interface Report {
  readonly diagnostics: readonly { readonly filename: string; readonly code: string }[];
}

beforeAll(async () => {
  // Inside the project, so that our own settings apply.
  folder = mkdtempSync(join(ROOT, 'test', 'architecture', 'lint-fixture-'));
  for (const [name, text] of Object.entries(FIXTURES)) writeFileSync(join(folder, name), text);
  const args = [OXLINT, '--type-aware', '--format', 'json', relative(ROOT, folder)];
  const run = promisify(execFile)(process.execPath, args, { cwd: ROOT });
  const { stdout } = await run.catch((error: unknown) => error as { stdout: string });
  for (const { filename, code } of (JSON.parse(stdout) as Report).diagnostics) {
    const name = filename.split(/[/\\]/u).at(-1) ?? '';
    spoken.set(name, [...(spoken.get(name) ?? []), code]);
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('our lint settings report', () => {
  test.each([
    ['closeable.ts', 'strict-boolean-expressions'],
    ['price.ts', 'strict-boolean-expressions'],
    ['maybe.ts', 'strict-boolean-expressions'],
    ['text.ts', 'strict-boolean-expressions'],
    ['floating.ts', 'no-floating-promises'],
    ['any.ts', 'no-explicit-any'],
    ['bang.ts', 'no-non-null-assertion'],
  ])('%s by %s', (name, rule) => {
    expect(spoken.get(name)?.join(' ') ?? 'nothing').toContain(rule);
  });

  test('nothing in code that asks properly', () => {
    expect(spoken.get('fine.ts')).toBeUndefined();
  });
});
