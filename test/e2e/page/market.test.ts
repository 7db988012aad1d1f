import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Ledger } from '../../../src/ledger/ledger.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { BT, start } from '../cli-process.ts';
import type { Running } from '../cli-process.ts';
import { choose, LACKS_CHROMIUM, logIn, needsChromium, openBrowser, openTab, shows, view } from './browser.ts';

const DAY = '2026-07-06';
const SECRET = 'a-secret-of-this-test';
const HTML = '<img src=x onerror="window.hurt=1">';

/** Buys at the market once, and each minute places an order that rests, far below it. */
const STRATEGY = `
import { get_current_data, log, order, LimitOrderStyle, run_daily } from 'jqdata';
export function initialize() { run_daily(buy, 'every_bar'); order('518880.XSHG', 100); }
function buy(context) {
  const price = get_current_data()['510300.XSHG'].low_limit + context.current_dt.minute / 1000;
  log.info('${HTML} ordered ' + (order('510300.XSHG', 100, new LimitOrderStyle(price)) !== null));
}
`;

const LIVE = ['live', 'buys.ts', '--broker', 'qmt-remote', '--with-stub', '--state', 'kept'];
const CLOCK = ['--at', `${DAY} 09:31:00`, '--speed', '20'];

interface Market {
  readonly folder: string;
  readonly run: Running;
  readonly url: string;
  readonly token: string;
}

/** A run on a paper market, with its page. */
async function startMarket(): Promise<Market> {
  const home = temporaryFolder('page');
  writeFileSync(join(home, 'buys.ts'), STRATEGY);
  const env = { TMPDIR: home, SOME_TOKEN: SECRET };
  const run = start(BT, [...LIVE, ...CLOCK, '--page', '127.0.0.1:0'], { cwd: home, env });
  onTestFinished(async () => {
    run.child.kill('SIGKILL');
    await run.finished.catch(() => undefined);
  });
  const [, url = '', token = ''] = await run.output(/^PAGE (\S+) log in with the token (\S+)$/mu);
  await run.output(/READY/u);
  return { folder: join(home, 'kept'), run, url, token };
}

interface Row {
  readonly security: string;
  readonly side: string;
  readonly amount: string;
  readonly filled: string;
}

const rowText = ({ security, side, amount, filled }: Row): string => `${security} ${side} ${amount} ${filled}`;

/** The orders of the page's table, as it shows them. */
function shownOrders(page: Page): Promise<string[]> {
  return page.$$eval('main .card:first-of-type tbody tr:not(.below)', (rows) =>
    rows.map((row) => {
      const cells = [...row.children].map((cell) => cell.textContent);
      return `${cells[2]} ${cells[3]} ${cells[5]} ${cells[6]}`;
    }),
  );
}

/** The same from the ledger. */
function keptOrders(folder: string): string[] {
  const ledger = Ledger.read(folder);
  try {
    return ledger.ordersOf(DAY).map(({ orderId, security, side, amount }) => {
      const filled = ledger.intentsOfOrder(orderId).reduce((sum, intent) => sum + intent.filled, 0);
      return rowText({ security, side, amount: String(amount), filled: String(filled) });
    });
  } finally {
    ledger.close();
  }
}

describe.skipIf(LACKS_CHROMIUM)(needsChromium('the page of a run on a paper market'), () => {
  test(
    'shows what the ledger holds, keeps its session, tells a second tab, and its kill button stops the next order',
    { timeout: 180_000 },
    async () => {
      const { folder, run, url, token } = await startMarket();
      const browser = await openBrowser();
      const page = await openTab(browser, url);
      await logIn(page, token);
      await choose(page, { language: 'en' });
      // A reload keeps the session: that was one.
      await shows(page, 'Positions');
      await shows(page, '518880.XSHG');
      await run.output(/ordered true[\s\S]*ordered true/u);

      await page.locator('.stops button:not(.grave)').click();
      await page.locator('dialog input[name=reason]').fill('to compare');
      await page.locator('dialog .main').click();
      await page.waitForSelector('dialog .done');
      await page.keyboard.press('Escape');
      await shows(page, 'to compare');
      await view(page, 'orders');
      const kept = keptOrders(folder).toSorted();
      expect(kept.length).toBeGreaterThanOrEqual(3);
      await page.waitForFunction(
        (count) => document.querySelectorAll('main .card:first-of-type tbody tr:not(.below)').length === count,
        {},
        kept.length,
      );
      expect((await shownOrders(page)).toSorted()).toEqual(kept);
      await page.locator('button.opener').click();
      await page.waitForFunction(() => document.querySelectorAll('.history li').length > 1);

      await view(page, 'log');
      await shows(page, `${HTML} ordered true`);
      expect(await page.evaluate(() => Reflect.get(window, 'hurt') as unknown)).toBeUndefined();
      expect(await page.evaluate(() => document.body.innerText)).not.toMatch(new RegExp(`${SECRET}|${token}`, 'u'));

      await page.locator('.stops .main').click();
      await page.locator('dialog input[name=reason]').fill('compared');
      await page.locator('dialog .main').click();
      await page.waitForSelector('dialog .done');
      await page.keyboard.press('Escape');
      const tab = await openTab(browser, url);
      await shows(tab, 'Positions');

      // A tab that nobody sees draws nothing.
      await page.bringToFront();
      await page.locator('.stops .grave').click();
      await page.locator('dialog input[value=cancel]').click();
      await page.locator('dialog input[name=reason]').fill('seen enough');
      await page.locator('dialog .grave').click();
      await page.waitForSelector('dialog .done');
      const before = keptOrders(folder).length;
      await tab.bringToFront();
      await shows(tab, 'The kill switch has stopped everything');
      await shows(tab, 'seen enough');
      await run.output(/waits: the kill switch stops everything/u);
      expect(keptOrders(folder)).toHaveLength(before);

      run.child.kill('SIGINT');
      await tab.waitForSelector('main.stale');
      await run.finished;
    },
  );
});
