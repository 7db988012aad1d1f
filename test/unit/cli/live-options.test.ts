import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { readLivePlan, untilInstant } from '../../../src/cli/live-options.ts';
import type { LivePlan } from '../../../src/cli/live-options.ts';
import { Settings } from '../../../src/cli/settings.ts';
import { DEFAULT_RISK_LIMITS } from '../../../src/domain/order/risk/limits.ts';
import { DEFAULT_LIMITS } from '../../../src/engine/live-options.ts';
import { loadEnv } from '../../../src/platform/env.ts';

const MORNING = Date.parse('2026-07-06T09:34:30+08:00');

function plan(flags: Record<string, unknown> = {}, environment: Record<string, string> = {}): LivePlan {
  const env = loadEnv({ cwd: tmpdir(), environment });
  return readLivePlan(new Settings(env, { broker: 'qmt-remote', ...flags }));
}

test('a plain run trades on the wall clock with the defaults', () => {
  expect(plan()).toEqual({
    broker: 'qmt-remote',
    data: null,
    manner: { compat: true, python2: false, debugpy: null },
    python: null,
    frequency: 'minute',
    fresh: false,
    force: false,
    recordFile: null,
    withStub: false,
    seed: 1,
    clock: { kind: 'wall' },
    until: null,
    metrics: null,
    dayReports: null,
    name: null,
    page: null,
    stateFolder: null,
    runtimeDir: '.bt',
    reportFile: null,
    logFile: null,
    real: false,
    positions: null,
    limits: DEFAULT_LIMITS,
    risk: DEFAULT_RISK_LIMITS,
  });
});

describe('the clock', () => {
  test.each([
    [{ at: '2026-07-06 09:34:30' }, { kind: 'simulated', start: MORNING, speed: 1 }],
    [
      { at: '2026-07-06 09:34:30', speed: '30' },
      { kind: 'simulated', start: MORNING, speed: 30 },
    ],
    [
      { at: '2026-07-06 09:34:30', speed: 'MAX' },
      { kind: 'simulated', start: MORNING, speed: 'max' },
    ],
    [{ clock: 'gateway' }, { kind: 'gateway' }],
    [{ clock: 'wall' }, { kind: 'wall' }],
  ])('%j', (flags, clock) => {
    expect(plan(flags).clock).toEqual(clock);
  });

  test.each([
    [{ speed: '30' }, '--speed needs --at'],
    [{ at: '2026-07-06 09:34', speed: '0' }, '--speed is "0"'],
    [{ at: '2026-07-06 09:34', speed: 'fast' }, '--speed is "fast": write a number above 0 or max.'],
    [{ at: '2026-07-06 09:34', clock: 'gateway' }, 'exclude each other'],
    [{ clock: 'gateway', withStub: true }, 'with --with-stub use --at'],
    [{ clock: 'sun' }, '--clock is "sun": write wall or gateway.'],
    [{ until: '9.30' }, '--until is "9.30"'],
    [{ until: '24:00' }, '--until is "24:00"'],
    [{ until: '2026-07-32 15:00' }, '--until is "2026-07-32 15:00"'],
    [{ until: '2026-07-08' }, '--until is "2026-07-08"'],
  ])('%j is refused', (flags, text) => {
    expect(() => plan(flags)).toThrow(expect.objectContaining({ message: expect.stringContaining(text) as string }));
  });
});

test('limits come from the variables of the reference', () => {
  const { limits, broker } = plan(
    { broker: undefined },
    {
      DEFAULT_BROKER: 'qmt-remote',
      TRADE_MAX_WAIT_TIME: '0',
      EVENT_TIME_OUT: '90',
      HOOK_TIME_OUT: '60',
      QUOTE_MAX_AGE_SECONDS: '0',
      MARKET_BUY_PRICE_PERCENT: '0.02',
      MARKET_SELL_PRICE_PERCENT: '-.01',
      STRATEGY_MEMORY_MB: '1024',
    },
  );
  expect(broker).toBe('qmt-remote');
  expect(limits).toEqual({
    maxWaitSeconds: 0,
    buyPercent: 0.02,
    sellPercent: -0.01,
    quoteMaxAgeMs: 0,
    eventTimeoutMs: 90_000,
    hookTimeoutMs: 60_000,
    memoryLimitMb: 1024,
  });
});

test.each([
  [{ MARKET_BUY_PRICE_PERCENT: '1.5' }, 'MARKET_BUY_PRICE_PERCENT is "1.5" (environment): write a share of the price'],
  [{ EVENT_TIME_OUT: '0' }, 'EVENT_TIME_OUT is "0"'],
  [{ STRATEGY_MEMORY_MB: '1' }, 'STRATEGY_MEMORY_MB is "1"'],
])('%j is refused', (environment, text) => {
  expect(() => plan({}, environment as Record<string, string>)).toThrow(
    expect.objectContaining({ message: expect.stringContaining(text) as string }),
  );
});

test('--until is a time of the day the clock begins in, or names its day, and is not past', () => {
  expect(untilInstant(null, MORNING)).toBeNull();
  expect(untilInstant('09:41', MORNING)).toBe(Date.parse('2026-07-06T09:41:00+08:00'));
  expect(untilInstant('15:31:30', MORNING)).toBe(Date.parse('2026-07-06T15:31:30+08:00'));
  expect(untilInstant('2026-07-08 15:31', MORNING)).toBe(Date.parse('2026-07-08T15:31:00+08:00'));
  expect(untilInstant('2026-07-06T09:34:31', MORNING)).toBe(MORNING + 1_000);
  expect(() => untilInstant('09:34:30', MORNING)).toThrow('--until 09:34:30 is past');
  expect(() => untilInstant('2026-07-05 10:00', MORNING)).toThrow('--until 2026-07-05 10:00 is past');
});

describe('the source of market data', () => {
  test('is the broker itself, where it has any, or the one that is named', () => {
    expect(plan({ data: 'qmt-remote' }).data).toBeNull();
    expect(plan({ broker: 'qmt-http', data: 'qmt-remote' }).data).toBe('qmt-remote');
    expect(plan({ broker: 'qmt-http' }, { DATA_SOURCE: 'qmt-remote' }).data).toBe('qmt-remote');
  });

  test('is asked for where the broker has none, and must have some', () => {
    expect(() => plan({ broker: 'qmt-http' })).toThrow('qmt-http has no market data of its own: add --data qmt-remote');
    expect(() => plan({ data: 'qmt-http' })).toThrow('--data is "qmt-http": write a source of market data: qmt-remote');
  });
});
