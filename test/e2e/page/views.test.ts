import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { FakeSource } from '../../unit/page/fake-source.ts';
import { DEVIATION, fakeOrder, fakePosition, fakeSignal, fakeStatus, UNKNOWN } from '../../unit/page/fake-status.ts';
import {
  barriers,
  choose,
  LACKS_CHROMIUM,
  logIn,
  needsChromium,
  openBrowser,
  openTab,
  shows,
  showsNoMore,
  view,
} from './browser.ts';
import { serveMadeUp, TOKEN } from './made-up.ts';
import type { InstanceStatus } from '../../../src/status/types.ts';

const VIEWS = ['overview', 'orders', 'tasks', 'risk', 'log', 'health'] as const;
/** A follower has no tasks. */
const OF_A_FOLLOWER = ['overview', 'signals', 'orders', 'risk', 'log', 'health'] as const;
const NAME = 'demo-1a2b3c4d';

/** Something of everything, also of what is wrong. */
function troubled(more: Partial<InstanceStatus> = {}): FakeSource {
  const { engine, risk } = fakeStatus();
  const source = new FakeSource(
    fakeStatus(
      {},
      {
        unknowns: [UNKNOWN],
        foreign: [
          {
            brokerOrderId: '1073742000',
            security: '000001.XSHE',
            side: 'buy',
            amount: 500,
            filled: 0,
            price: 10.1,
            remark: 'by hand',
          },
        ],
        engine: engine === null ? null : { ...engine, gate: 'the account is being read' },
        risk: { ...risk, stops: [{ rule: 'daily_loss', stops: 'buying', at: 1, day: null, text: 'a loss of 3 %' }] },
        ...more,
      },
    ),
    fakeStatus({ orders: 0, positions: 0 }, { instance: 'other-2', name: 'other' }),
  );
  for (const level of ['debug', 'info', 'warning', 'error'] as const) source.say(`a line of ${level}`, { level });
  return source;
}

const text = (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, (element) => element.textContent ?? '');

describe.skipIf(LACKS_CHROMIUM)(needsChromium('the page'), () => {
  test(
    'has no barriers in any view, in both themes and languages, nor in its dialogs',
    { timeout: 240_000 },
    async () => {
      const { url } = await serveMadeUp(troubled());
      const page = await openTab(await openBrowser(), url);
      await page.waitForSelector('#token');
      expect(await barriers(page)).toEqual([]);
      await logIn(page, TOKEN);
      for (const choices of [
        { theme: 'light', language: 'en' },
        { theme: 'dark', language: 'zh', colors: 'redUp' },
      ]) {
        await choose(page, choices);
        for (const name of VIEWS) {
          await view(page, name);
          if (name === 'orders') await page.locator('button.opener').click();
          expect(await barriers(page), `${name} ${choices.theme}`).toEqual([]);
        }
        for (const button of ['.stops .grave', '.stops .main', '.unknowns button']) {
          await page.locator(button).click();
          await page.waitForSelector('dialog[open]');
          expect(await barriers(page), `${button} ${choices.theme}`).toEqual([]);
          await page.keyboard.press('Escape');
          await page.waitForSelector('dialog', { hidden: true });
        }
      }
    },
  );

  test('fits on a phone in every view, in both languages', async () => {
    const { url } = await serveMadeUp(troubled());
    const page = await openTab(await openBrowser(), url);
    await page.setViewport({ width: 390, height: 844, isMobile: true, hasTouch: true });
    await logIn(page, TOKEN);
    for (const language of ['en', 'zh']) {
      await choose(page, { language });
      for (const name of VIEWS) {
        await view(page, name);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(width, `${name} ${language}`).toBeLessThanOrEqual(390);
      }
    }
  });

  test('keeps every text a text, whoever wrote it', async () => {
    const html = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script><b>bold</b>';
    const order = { ...fakeOrder(1, { state: 'rejected' }), reason: html, task: html };
    const source = new FakeSource(
      fakeStatus(
        {},
        {
          name: html,
          positions: [{ ...fakePosition(1), name: html }],
          orders: [{ ...order, parts: order.parts.map((part) => ({ ...part, remark: html })) }],
          triggers: [{ task: html, due: 1, outcome: html, reason: html, startedAt: null, endedAt: null }],
          unknowns: [{ ...UNKNOWN, reason: html, remark: html }],
          follows: true,
          signals: [fakeSignal(1, { strategy: html, id: html, code: html, reason: html })],
          deviations: [{ ...DEVIATION, why: html }],
          problem: html,
        },
      ),
    );
    source.say(html, { source: html, level: 'error' });
    const { url } = await serveMadeUp(source);
    const page = await openTab(await openBrowser(), url);
    await logIn(page, TOKEN);
    await choose(page, { language: 'en' });
    for (const name of OF_A_FOLLOWER) {
      await view(page, name);
      if (name === 'orders') await page.locator('button.opener').click();
      await shows(page, html);
      expect(await page.$$eval('main img, main b:not(.line b), main script', (all) => all.length), name).toBe(0);
    }
    expect(await page.evaluate(() => Reflect.get(window, 'hurt') as unknown)).toBeUndefined();
  });

  test('of a follower shows its signals and what differs from their sources, and no tasks', async () => {
    const signals = [fakeSignal(1), fakeSignal(2, { phase: 'waiting', end: null, waitsFor: 'sells go first' })];
    const { url } = await serveMadeUp(troubled({ follows: true, signals, deviations: [DEVIATION] }));
    const page = await openTab(await openBrowser(), url);
    await logIn(page, TOKEN);
    await choose(page, { language: 'en' });
    expect(await page.$('nav a[href="#/tasks"]')).toBeNull();
    await view(page, 'signals');
    await shows(page, 'sells go first');
    await shows(page, 'UNFILLED: nobody sold more');
    await shows(page, DEVIATION.why ?? '');
    expect(await text(page, 'nav a[href="#/signals"] .mark')).toBe('1');
    expect(await barriers(page)).toEqual([]);
  });

  test('says at once that its server is lost, greys what it shows, and comes back by itself', async () => {
    const served = await serveMadeUp();
    const page = await openTab(await openBrowser(), served.url);
    await logIn(page, TOKEN);
    await choose(page, { language: 'en' });
    await shows(page, '1,052,340.50');
    expect(await page.$('main.stale')).toBeNull();
    await served.stop();
    await page.waitForSelector('main.stale');
    await shows(page, 'The page has lost its server');
    await page.waitForFunction(() => /Figures are \d+ s old/u.test(document.body.innerText));
    await shows(page, '1,052,340.50');
    await served.again();
    // Its sessions were the old server's.
    await logIn(page, TOKEN);
    await page.waitForSelector('main:not(.stale)');
  });

  test('logs in in the language of BT_LANG, and in that of this browser where one was chosen', async () => {
    const { url } = await serveMadeUp(new FakeSource(), 'zh');
    const page = await openTab(await openBrowser(), url);
    await page.waitForSelector('#token');
    await shows(page, '登录');
    expect(await page.title()).toBe('登录 · bt');
    await page.evaluate(() => localStorage.setItem('bt-page', '{"language":"en"}'));
    await page.reload();
    await page.waitForSelector('#token');
    await shows(page, 'The token was printed');
  });

  test('where no engine runs, says so on each button but Kill, which works', async () => {
    const { risk } = fakeStatus();
    const gone = { running: false, engine: null, pid: null } as const;
    const { url, source } = await serveMadeUp(new FakeSource(fakeStatus({}, { ...gone, unknowns: [UNKNOWN] })));
    const page = await openTab(await openBrowser(), url);
    await logIn(page, TOKEN);
    await choose(page, { language: 'en' });
    await shows(page, 'Of the buttons only Kill works');
    const disabled = (): Promise<string[]> =>
      page.$$eval('button:disabled', (all) =>
        all.map((one) => `${one.textContent}: ${one.parentElement?.title ?? ''}`),
      );
    const needs = 'Needs a running engine: none runs here.';
    expect(await disabled()).toEqual([`Pause: ${needs}`, `Resolve: ${needs}`]);
    await shows(page, needs);
    expect(await barriers(page)).toEqual([]);
    await page.locator('.stops .grave').click();
    await page.locator('dialog .grave').click();
    await shows(page, 'kill is done');
    expect(source.commands).toEqual([{ instance: NAME, request: { command: 'kill', values: {} } }]);
    await page.keyboard.press('Escape');
    const kill = { cancel: true, flatten: false, done: false };
    const stop = { rule: 'kill', stops: 'all', at: 1, day: null, text: 'A kill.' } as const;
    source.change(NAME, { risk: { ...risk, stops: [stop], kill } });
    await shows(page, 'This is done when it is started again.');
    expect((await disabled())[0]).toMatch(/^Resume: Needs a running engine: without one, bt resume/u);
  });

  test('says when the instance cannot be read, and shows no figure as one of now', async () => {
    const { url, source } = await serveMadeUp();
    const page = await openTab(await openBrowser(), url);
    await logIn(page, TOKEN);
    await choose(page, { language: 'en' });
    await shows(page, '1,052,340.50');
    source.problem = new Error('the ledger is locked');
    source.change(NAME, {});
    await page.waitForSelector('main.stale');
    await shows(page, 'The instance cannot be read');
    source.problem = null;
    await page.waitForSelector('main:not(.stale)');
  });

  test('shows what is not known as a dash, and what is 0 as 0', async () => {
    const { portfolio } = fakeStatus();
    const positions = [
      { ...fakePosition(5), security: 'A', price: null, value: null, profit: null, profitPercent: null, weight: null },
      { ...fakePosition(1), security: 'B', profit: 0, profitPercent: 0 },
    ];
    const unknown =
      portfolio === null ? null : { ...portfolio, dayProfit: null, dayProfitPercent: null, lockedCash: 0 };
    const { url } = await serveMadeUp(new FakeSource(fakeStatus({}, { positions, portfolio: unknown })));
    const page = await openTab(await openBrowser(), url);
    await logIn(page, TOKEN);
    await choose(page, { language: 'en' });
    await shows(page, '1,052,340.50');
    const cells = await page.$$eval('table:first-of-type tbody tr', (rows) =>
      rows.slice(0, 2).map((row) => [...row.children].slice(-4).map((cell) => cell.textContent)),
    );
    expect(cells[0]).toEqual(['—', '—', '—', '—']);
    expect(cells[1]?.slice(1, 3)).toEqual(['0.00', '0.00%']);
    const figures = await page.$$eval('.figure dd', (all) => all.map((one) => one.textContent));
    expect(figures).toEqual(['1,052,340.50', '— —', '+52,340.50 +5.23%', '412,118.22', '0.00', '—']);
  });
});

describe.skipIf(LACKS_CHROMIUM)(needsChromium('a person'), () => {
  test('does everything with the keyboard alone', async () => {
    const { url, source } = await serveMadeUp();
    const page = await openTab(await openBrowser(), url);
    await page.waitForSelector('#token');
    await page.keyboard.press('Tab');
    await page.keyboard.type(TOKEN);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.figures');
    const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '');
    /** Goes on by Tab until that is reached. */
    const reach = async (wanted: RegExp): Promise<void> => {
      for (let step = 0; step < 60; step += 1) {
        await page.keyboard.press('Tab');
        if (wanted.test(await focused())) return;
      }
      throw new Error(`not reached by Tab: ${String(wanted)}`);
    };
    await reach(/^Kill$/u);
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog[open]');
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog', { hidden: true });
    expect(source.commands).toEqual([]);
    expect(await focused()).toBe('Kill');
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog[open]');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.type('too fast');
    await page.keyboard.press('Enter');
    await shows(page, 'kill is done');
    const values = { cancel: 'yes', reason: 'too fast' };
    expect(source.commands).toEqual([{ instance: NAME, request: { command: 'kill', values } }]);
    await page.keyboard.press('Escape');
    await reach(/^Orders$/u);
    await page.keyboard.press('Enter');
    await page.waitForSelector('button.opener');
    await reach(/^▸$/u);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.history');
  });

  test('may ask again in the turn in which the dialog before is closed', async () => {
    const { url } = await serveMadeUp();
    const page = await openTab(await openBrowser(), url);
    await logIn(page, TOKEN);
    await page.locator('.stops .grave').click();
    await page.waitForSelector('dialog[open]');
    await page.evaluate(async () => {
      const dialog = document.querySelector('dialog');
      const isTold = new Promise((resolve) => dialog?.addEventListener('close', resolve));
      dialog?.close();
      document.querySelector<HTMLButtonElement>('.stops .grave')?.click();
      await isTold;
    });
    await page.waitForSelector('dialog[open]');
  });

  test('sells everything only when he says so twice, and goes on only with a reason', async () => {
    const { url, source } = await serveMadeUp();
    const page = await openTab(await openBrowser(), url);
    await logIn(page, TOKEN);
    await choose(page, { language: 'en' });
    await page.locator('.stops .grave').click();
    await page.locator('dialog input[value=flatten]').click();
    await page.locator('dialog .grave').click();
    expect(await page.$eval('dialog input[name=sure]', (box) => box.matches(':invalid'))).toBe(true);
    expect(source.commands).toEqual([]);
    await page.locator('dialog input[name=sure]').click();
    await page.locator('dialog .grave').click();
    await shows(page, 'kill is done');
    expect(source.commands).toEqual([{ instance: NAME, request: { command: 'kill', values: { flatten: 'yes' } } }]);
    await page.keyboard.press('Escape');
    const { risk } = fakeStatus();
    source.change(NAME, { risk: { ...risk, killFile: true } });
    await shows(page, 'The kill switch has stopped everything');
    await page.locator('.stops .main').click();
    await page.locator('dialog .main').click();
    expect(await page.$eval('dialog input[name=reason]', (field) => field.matches(':invalid'))).toBe(true);
    expect(source.commands).toHaveLength(1);
  });

  test('settles an order of unknown fate, and takes one of others over', async () => {
    const { url, source } = await serveMadeUp(troubled());
    const page = await openTab(await openBrowser(), url);
    await logIn(page, TOKEN);
    await choose(page, { language: 'en' });
    await page.locator('.unknowns button').click();
    await page.locator('dialog input[value=as]').click();
    await page.locator('dialog input[name=as]').fill('1073741901');
    source.answer = () => {
      throw new Error('the broker has no such order');
    };
    await page.locator('dialog .main').click();
    await shows(page, 'Not done');
    source.answer = () => 'it is settled';
    await page.locator('dialog .main').click();
    await shows(page, 'it is settled');
    expect(source.commands.at(-1)?.request).toEqual({
      command: 'resolve',
      values: { id: 'k3v9x0aa', as: '1073741901' },
    });
    await page.keyboard.press('Escape');
    await view(page, 'orders');
    await page.$$eval('main button', (all) => all.find((one) => one.textContent === 'Adopt')?.click());
    await page.locator('dialog .main').click();
    await page.waitForSelector('dialog .done');
    expect(source.commands.at(-1)?.request).toEqual({ command: 'adopt', values: { id: '1073742000' } });
  });

  test('chooses language, theme and colours, which stay over a reload', async () => {
    const { url } = await serveMadeUp();
    const page = await openTab(await openBrowser(), url);
    await logIn(page, TOKEN);
    await shows(page, 'Positions');
    const up = (): Promise<string> => page.$eval('dd.up', (element) => getComputedStyle(element).color);
    const green = await up();
    await page.locator('.menu summary').click();
    const selects = await page.$$('.menu select');
    await selects[0]?.select('zh');
    await shows(page, '持仓');
    await showsNoMore(page, 'Positions');
    expect(await up()).not.toBe(green);
    await page.locator('.menu summary').click();
    await (await page.$$('.menu select'))[1]?.select('dark');
    await page.waitForFunction(() => document.documentElement.dataset['theme'] === 'dark');
    await page.reload();
    await shows(page, '持仓');
    expect(
      await page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset['theme']]),
    ).toEqual(['zh-CN', 'dark']);
  });

  test('filters log and orders, and looks at another instance', async () => {
    const { url } = await serveMadeUp(troubled());
    const page = await openTab(await openBrowser(), url);
    await logIn(page, TOKEN);
    await choose(page, { language: 'en' });
    await view(page, 'log');
    expect(await page.$$eval('.line', (all) => all.length)).toBe(4);
    await (await page.$('.filters select'))?.select('warning');
    await page.waitForFunction(() => document.querySelectorAll('.line').length === 2);
    await page.locator('.filters input').fill('error');
    await page.waitForFunction(() => document.querySelectorAll('.line').length === 1);
    expect(await text(page, '.line')).toContain('a line of error');
    await view(page, 'orders');
    await (await page.$('.filters select'))?.select('open');
    await page.waitForFunction(() =>
      [...document.querySelectorAll('.badge')].some((one) => one.textContent === 'open'),
    );
    await (await page.$('select.instance'))?.select('other-2');
    await shows(page, 'No orders on this day.');
  });
});
