import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { useLanguage, type Language } from '../../../src/platform/language.ts';
import { dayReport } from '../../../src/report/day-report.ts';
import { reportPage } from '../../../src/report/page.ts';
import { anOrder, aPosition, aStatus, aTrade, at } from './a-status.ts';

afterEach(() => useLanguage(null));

const EVIL = `<script>alert(1)</script><img src=x onerror=alert(2)>"'&`;

function page(language: Language, change: Parameters<typeof aStatus>[0] = {}): string {
  useLanguage(language);
  return reportPage(dayReport(aStatus(change), [], at('15:30:00')));
}

describe('the page', () => {
  test('loads nothing and runs nothing: its policy allows its own style alone, by its hash', () => {
    const text = page('en');
    const style = /<style>(.*)<\/style>/su.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(style, 'utf8').digest('base64');
    expect(text).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(text).not.toMatch(/<script|<link|<iframe|\bsrc=|\bhref=|\bstyle=|url\(|@import|https?:/iu);
  });

  test('keeps as text whatever a strategy, a broker or a list of securities says', () => {
    const text = page('en', {
      name: EVIL,
      broker: EVIL,
      endpoint: EVIL,
      account: EVIL,
      orders: [anOrder({ reason: EVIL, task: EVIL, security: EVIL })],
      trades: [aTrade({ security: EVIL })],
      positions: [aPosition({ name: EVIL, security: EVIL })],
      triggers: [{ task: EVIL, due: 0, outcome: EVIL, reason: EVIL, startedAt: null, endedAt: null }],
      risk: {
        limits: [],
        stops: [],
        log: [{ at: 0, level: 'denied', rule: 'kill', orderId: null, text: EVIL }],
        killFile: false,
        kill: null,
      },
    });
    expect(text).not.toMatch(/<script|<img/u);
    expect(text.match(/&lt;script&gt;/gu)?.length).toBeGreaterThan(10);
    const tags = new Set([...text.matchAll(/<\/?([a-z0-9]+)/giu)].map(([, name = '']) => name.toLowerCase()));
    const own =
      'html head meta title style body header main h1 h2 p span dl div dt dd small table thead tr th tbody td ul li figure svg line polyline figcaption';
    expect([...tags].filter((name) => !own.split(' ').includes(name))).toEqual([]);
  });

  test('shows the worth of the day as a curve that is also said in words', () => {
    const equity = [100_000, 100_500, 99_900].map((total, index) => ({
      at: at('09:31:00') + index * 60_000,
      total,
      cash: 0,
    }));
    const text = page('en', { equity });
    expect(text).toMatch(/<polyline points="8\.0,[\d.]+ 500\.0,8\.0 992\.0,212\.0"/u);
    expect(text).toContain('first 100,000.00, last 99,900.00, lowest 99,900.00, highest 100,500.00 CNY');
    expect(page('en')).toContain('No values');
  });

  test('writes what is not known as a dash, never as 0', () => {
    const text = page('en', {
      portfolio: null,
      orders: [anOrder({ callPrice: null })],
      trades: [aTrade({ commission: null })],
    });
    expect(text).toContain('The account is not known.');
    expect(text).toMatch(/<dt>Fees<\/dt>\s*<dd>—/u);
  });

  test.each(['en', 'zh'] as const)('has no sign before what rounds to zero (%s)', (language) => {
    const { portfolio } = aStatus();
    const tiny = { dayProfit: -0.001, dayProfitPercent: -0.001, totalProfit: 0.001, totalProfitPercent: 0.001 };
    const text = page(language, { portfolio: portfolio === null ? null : { ...portfolio, ...tiny } });
    expect(text.match(/[^\d.]0\.00 %/gu)).toHaveLength(2);
    expect(text).not.toMatch(/[+-]0\.00/u);
  });

  test('is in one language: no word of the other one stands in it', () => {
    const names = { name: 'demo', positions: [aPosition({ name: 'X' })] };
    expect(page('en', names)).not.toMatch(/\p{Script=Han}/u);
    const chinese = page('zh', { ...names, orders: [anOrder({ task: null })], trades: [] });
    expect(chinese).toContain('lang="zh-CN"');
    const said = chinese
      .replace(/<style>.*<\/style>/su, '')
      .replaceAll(/<[^>]*>/gu, ' ')
      .match(/[A-Za-z]{3,}/gu);
    // Codes, names that are given, and what the test itself wrote.
    expect(new Set(said)).toEqual(new Set(['demo', 'qmt', 'remote', 'stub', 'XSHE', 'buy', 'daily']));
  });
});
