import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EXCEPTIONS } from './exceptions.ts';
import { violations } from './law.ts';
import type { Violation } from './law.ts';
import { ROOT, sources } from './sources.ts';

const manifest = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as { dependencies: Record<string, string> };
const DEPENDENCIES = new Set(Object.keys(manifest.dependencies));

function excepted(found: Violation): boolean {
  return EXCEPTIONS.some(
    ({ rule, path, subject }) => rule === found.rule && path === found.path && subject === found.subject,
  );
}

describe('the law of the architecture', () => {
  const found = sources().flatMap((file) => violations(file, DEPENDENCIES));

  test('is kept by every file', () => {
    const breaches = found.filter((one) => !excepted(one));
    expect(breaches.map(({ path, line, text }) => `${path}:${line} ${text}`)).toEqual([]);
  });

  test('has no exception that nobody needs, and none without a reason', () => {
    const idle = EXCEPTIONS.filter(
      ({ rule, path, subject }) =>
        !found.some((one) => one.rule === rule && one.path === path && one.subject === subject),
    );
    expect(idle).toEqual([]);
    expect(EXCEPTIONS.filter(({ reason }) => reason.length < 10)).toEqual([]);
  });

  test('was held against the real sources', () => {
    expect(sources().length).toBeGreaterThan(20);
  });
});

describe('the law can fail', () => {
  const breaks = (path: string, text: string): string[] =>
    violations({ path, text }, DEPENDENCIES).map(({ rule, subject }) => `${rule} ${subject}`);

  test.each([
    ['src/a.ts', ``, 'place src/a.ts'],
    ['src/tools/a.ts', ``, 'place src/tools/a.ts'],
    ['src/venues/contract.ts', ``, 'place src/venues/contract.ts'],
    ['src/domain/a.ts', `import { x } from '../platform/log.ts';`, 'import src/platform/log.ts'],
    ['src/domain/a.ts', `import type { X } from '../protocol/frame.ts';`, 'import src/protocol/frame.ts'],
    ['src/domain/a.ts', `export * from '../net/x.ts';`, 'import src/net/x.ts'],
    ['src/domain/a.ts', `export type { X } from '../net/x.ts';`, 'import src/net/x.ts'],
    ['src/domain/a.ts', `let x: import('../net/x.ts').X;`, 'import src/net/x.ts'],
    ['src/domain/a.ts', `import { readFile } from 'node:fs';`, 'package node:fs'],
    ['src/domain/a.ts', `import * as z from 'zod';`, 'package zod'],
    ['src/domain/errors.ts', `import 'luxon';`, 'package luxon'],
    ['src/platform/a.ts', `import { chinaDay } from '../domain/time.ts';`, 'import src/domain/time.ts'],
    ['src/protocol/a.ts', `import { x } from '../platform/log.ts';`, 'import src/platform/log.ts'],
    ['src/net/a.ts', `import { x } from '../exchange/x.ts';`, 'import src/exchange/x.ts'],
    ['src/exchange/a.ts', `import { x } from '../protocol/x.ts';`, 'import src/protocol/x.ts'],
    ['src/venues/broker.ts', `import { x } from '../platform/x.ts';`, 'import src/platform/x.ts'],
    ['src/venues/qmt-remote/a.ts', `import { x } from '../paper/x.ts';`, 'import src/venues/paper/x.ts'],
    ['src/venues/qmt-remote/a.ts', `import { x } from '../../exchange/x.ts';`, 'import src/exchange/x.ts'],
    ['src/venues/qmt-remote/a.ts', `import { x } from '../registry.ts';`, 'import src/venues/registry.ts'],
    ['src/ledger/a.ts', `import { x } from '../engine/x.ts';`, 'import src/engine/x.ts'],
    ['src/engine/a.ts', `import { x } from '../venues/qmt-remote/index.ts';`, 'import src/venues/qmt-remote/index.ts'],
    ['src/engine/a.ts', `import { x } from '../net/x.ts';`, 'import src/net/x.ts'],
    ['src/engine/a.ts', `new Worker(new URL('../server/x.ts', import.meta.url));`, 'import src/server/x.ts'],
    ['src/engine/orders/a.ts', `await import('../../cli/x.ts');`, 'import src/cli/x.ts'],
    ['src/server/a.ts', `import { x } from '../venues/registry.ts';`, 'import src/venues/registry.ts'],
    ['src/server/a.ts', `import { x } from '../../test/x.ts';`, 'import test/x.ts'],
    ['runtime/api/a.ts', `import { x } from '../../src/platform/x.ts';`, 'import src/platform/x.ts'],
    ['runtime/api/a.ts', `import { x } from 'jqdata';`, 'package jqdata'],
    ['strategies/a.ts', `import { x } from '../runtime/index.ts';`, 'import runtime/index.ts'],
    ['strategies/a.ts', `import { DateTime } from 'luxon';`, 'package luxon'],
    ['helpers/a.cjs', `require('fs');`, 'package fs'],
    ['src/cli/a.ts', `import { x } from '../bin/bt.js';`, 'import src/bin/bt.js'],
    ['src/cli/a.ts', `import fc from 'fast-check';`, 'package fast-check'],
    ['src/cli/a.ts', `await import(name);`, 'computed-import import'],
  ])('%s: %s', (path, text, breach) => {
    expect(breaks(path, text)).toEqual([breach]);
  });

  test.each([
    ['src/engine/a.ts', `Date.now();`, 'Date.now'],
    ['src/engine/a.ts', `new Date();`, 'new Date()'],
    ['src/engine/a.ts', `globalThis.Date.now();`, 'Date.now'],
    ['src/engine/a.ts', `const { now } = Date;`, 'Date.now'],
    ['src/engine/a.ts', `performance.now();`, 'performance'],
    ['src/engine/a.ts', `setTimeout(f, 1);`, 'setTimeout'],
    ['src/engine/a.ts', `globalThis.setInterval(f, 1);`, 'setInterval'],
    ['src/engine/a.ts', `const later = setImmediate;`, 'setImmediate'],
    ['src/engine/a.ts', `import { setTimeout as wait } from 'node:timers/promises';`, 'setTimeout'],
    ['src/engine/a.ts', `AbortSignal.timeout(5);`, 'AbortSignal.timeout'],
    ['src/engine/a.ts', `Math.random();`, 'Math.random'],
    ['src/engine/a.ts', `Math['random']();`, 'Math.random'],
    ['src/engine/a.ts', `import { randomUUID } from 'node:crypto';`, 'crypto.randomUUID'],
    ['src/engine/a.ts', `process.env.HOME;`, 'process.env'],
    ['src/engine/a.ts', `const { env } = process;`, 'process.env'],
    ['src/engine/a.ts', `import { env } from 'node:process';`, 'process.env'],
    ['src/cli/a.ts', `process.env.HOME;`, 'process.env'],
    ['src/engine/a.ts', `process.exit(1);`, 'process.exit'],
    ['src/platform/a.ts', `process.exit(1);`, 'process.exit'],
    ['src/cli/a.ts', `process.stdout.write('x');`, 'process.stdout'],
    ['src/engine/a.ts', `const { stderr } = process;`, 'process.stderr'],
    ['src/cli/a.ts', `console.log(1);`, 'console'],
    ['src/platform/a.ts', `console.log(1);`, 'console'],
    ['strategies/a.ts', `console.log(1);`, 'console'],
    ['runtime/a.ts', `const c = { console };`, 'console'],
  ])('%s: %s', (path, text, name) => {
    expect(breaks(path, text)).toContain(`ban ${name}`);
  });

  test('a file of 251 lines and a function of 41', () => {
    expect(breaks('src/engine/a.ts', '// line\n'.repeat(251))).toEqual(['file-length file']);
    const body = '  void 0;\n'.repeat(39);
    expect(breaks('src/engine/a.ts', `function f() {\n${body}}\n`)).toEqual(['function-length f']);
    expect(breaks('src/engine/a.ts', `class A {\n  m() {\n${body}}\n}\n`)).toEqual(['function-length m']);
    expect(breaks('src/engine/a.ts', `const g = () => {\n${body}};\n`)).toEqual(['function-length g']);
  });
});

describe('the law lets through', () => {
  test.each([
    ['src/domain/a.ts', `import { DateTime } from 'luxon'; import { BtError } from './errors.ts'; new Date(5);`],
    ['src/domain/order/a.ts', `import type { Side } from '../trading.ts'; // Date.now() setTimeout`],
    ['src/platform/a.ts', `import { BtError } from '../domain/errors.ts'; setTimeout(() => Date.now(), 1);`],
    ['src/protocol/a.ts', `import * as z from 'zod'; import { x } from '../domain/market/symbol.ts';`],
    ['src/venues/paper/a.ts', `import { x } from '../../exchange/x.ts'; import { y } from '../broker.ts';`],
    ['src/venues/registry.ts', `import { x } from './qmt-remote/index.ts';`],
    ['src/engine/a.ts', `import { x } from '../../runtime/host.ts'; import { y } from '../venues/broker.ts';`],
    ['src/engine/a.ts', `const timers = { setTimeout: 1 }; timers.setTimeout; clock.now(); my.console.log();`],
    ['src/cli/a.ts', `import { x } from '../server/index.ts'; process.exit(1); await import('../engine/live.ts');`],
    ['runtime/objects/a.ts', `import { DateTime } from 'luxon'; import { x } from '../../src/domain/errors.ts';`],
    ['strategies/a.ts', `import { order } from 'jqdata'; import type { Context } from 'jqdata';`],
    ['src/cli/a.ts', `new URL('../../package.json', import.meta.url);`],
    ['test/a.ts', `import { x } from '../src/bin/bt.js'; Date.now();`],
    ['src/engine/a.ts', `function f() {\n${'  void 0;\n'.repeat(38)}}\n`],
  ])('%s: %s', (path, text) => {
    expect(violations({ path, text }, DEPENDENCIES)).toEqual([]);
  });
});
