import { readFileSync } from 'node:fs';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as jqdata from 'jqdata';
import { createBarData } from '../../../runtime/objects/bar-data.ts';
import { context } from '../../../runtime/objects/context.ts';
import { handle_data, initialize } from '../../../strategies/minute-average.ts';
import { account, bindFake, block, position, quote } from '../runtime/fake-host.ts';
import type { FakeHost } from '../runtime/fake-host.ts';

const ETF = '510300.XSHG';
let host: FakeHost;

beforeAll(() => {
  // As the strategy's process has them.
  for (const [name, value] of Object.entries(jqdata)) Reflect.set(globalThis, name, value);
});

beforeEach(() => {
  host = bindFake();
  host.quoteViews.set(ETF, quote(ETF));
});

function minute(close: number): void {
  host.bars = (security, request) =>
    request.unit === '1m'
      ? block(security, ['2026-07-06 09:35'], { close: [close] })
      : block(security, ['2026-06-29', '2026-06-30', '2026-07-01', '2026-07-02', '2026-07-03'], {
          close: [4, 4, 4, 4, 4],
        });
  handle_data(context, createBarData());
}

test('uses no import at all', () => {
  const source = readFileSync(new URL('../../../strategies/minute-average.ts', import.meta.url), 'utf8');
  expect(source).not.toMatch(/\bimport\b(?! 也)/);
});

test('initialize sets the benchmark and the universe', () => {
  initialize(context);
  expect(host.settings.map(([name]) => name)).toEqual(['set_benchmark', 'set_universe']);
  expect(context.universe).toEqual([ETF]);
});

describe('each minute', () => {
  test.each([
    [4.05, false, [1000]],
    [4.03, false, []],
    [3.9, false, []],
    [4.05, true, []],
    [3.99, true, [0]],
    [Number.NaN, true, []],
  ])('close %s, held %s: targets %j', (close, held, targets) => {
    host.accountView = account(held ? [position({ security: ETF })] : []);
    minute(close);
    expect(host.placed.map(({ kind, quantity }) => [kind, quantity])).toEqual(
      targets.map((target) => ['target', target]),
    );
  });

  test('does nothing while it is paused or that is not known', () => {
    host.quoteViews.set(ETF, quote(ETF, { paused: null }));
    minute(5);
    expect(host.placed).toEqual([]);
  });
});
