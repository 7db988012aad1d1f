import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readRiskLimits, RISK_VARIABLES } from '../../../src/cli/risk-limits.ts';
import { Settings } from '../../../src/cli/settings.ts';
import { DEFAULT_RISK_LIMITS, NO_RISK_LIMITS, type RiskLimits } from '../../../src/domain/order/risk/limits.ts';
import { loadEnv } from '../../../src/platform/env.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

function limits(environment: Record<string, string> = {}): RiskLimits {
  return readRiskLimits(new Settings(loadEnv({ cwd: tmpdir(), environment }), {}));
}

describe('the limits of a run', () => {
  it('have defaults', () => {
    expect(limits()).toEqual(DEFAULT_RISK_LIMITS);
    expect(DEFAULT_RISK_LIMITS).toMatchObject({
      maxOrderValue: 1_000_000,
      maxDailyValue: 10_000_000,
      maxDailyOrders: 500,
      maxDailyCancels: 500,
      maxCancelsPerOrder: 3,
      maxActionsPerSecond: 20,
      maxDailyActions: 5_000,
    });
  });

  it('each take a number, and off', () => {
    for (const variable of RISK_VARIABLES.slice(0, -5)) {
      const [on, off] = [limits({ [variable]: '7' }), limits({ [variable]: 'off' })];
      const changed = Object.entries(on).filter(
        ([name, value]) => value === 7 && off[name as keyof RiskLimits] === null,
      );
      expect(changed, variable).toHaveLength(1);
    }
  });

  it('are all off with RISK_CHECK_ENABLED=false, as in a file of the reference', () => {
    const set = { MAX_ORDER_VALUE: '100000', ALLOWED_SECURITIES: '000001.XSHE', FORBID_ST: 'true' };
    expect(limits({ RISK_CHECK_ENABLED: 'false', ...set, DENIED_SECURITIES: '600000.XSHG' })).toEqual(NO_RISK_LIMITS);
  });

  it('take codes in both spellings', () => {
    expect(limits({ DENIED_SECURITIES: '000001.XSHE, 600000.SH' }).denied).toEqual(
      new Set(['000001.XSHE', '600000.XSHG']),
    );
  });

  it.each([
    ['MAX_ORDER_VALUE', '-1', /above 0, or off/],
    ['MAX_DAILY_TRADES', '1.5', /whole number/],
    ['DENIED_SECURITIES', 'nonsense', /codes like/],
    ['LOSS_STOPS', 'some', /buying or all/],
    ['STOP_LOSS_RATIO', '5', /StopMarketOrderStyle/],
  ])('%s=%s is refused with what to write', (variable, value, text) => {
    expect(() => limits({ [variable]: value })).toThrow(text);
  });

  it.each(['docs/limits.md', 'docs/limits.zh-CN.md'])('%s has a row for each variable', (path) => {
    const text = readFileSync(`${ROOT}${path}`, 'utf8');
    expect(RISK_VARIABLES.filter((variable) => !text.includes(`| \`${variable}\` |`))).toEqual([]);
  });
});
