import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import puppeteer from 'puppeteer-core';
import type { Browser, Page } from 'puppeteer-core';
import { onTestFinished } from 'vitest';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where a browser is; null = there is none here. Where one is required (BT_CHROMIUM=required) its absence fails the tests. */
export const CHROMIUM = PLACES.find((place) => existsSync(place)) ?? null;
export const LACKS_CHROMIUM = CHROMIUM === null && process.env['BT_CHROMIUM'] !== 'required';

/** The title of tests that need it. */
export function needsChromium(title: string): string {
  return LACKS_CHROMIUM ? `${title}: needs Chromium (Debian: apt-get install chromium)` : title;
}

/** A browser of its own, without a window; closed with the test. */
export async function openBrowser(): Promise<Browser> {
  if (CHROMIUM === null) throw new Error('no Chromium here: apt-get install chromium');
  const args = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--lang=en-US'];
  const browser = await puppeteer.launch({ executablePath: CHROMIUM, args, protocolTimeout: 120_000 });
  onTestFinished(() => browser.close());
  return browser;
}

/** A tab that complains: an error of its script, or something that the policy has refused, fails the test. */
export async function openTab(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage();
  // Below the test's own: what was waited for is then named.
  page.setDefaultTimeout(50_000);
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted/u.test(message.text())) troubles.push(message.text());
  });
  onTestFinished(() => {
    if (troubles.length > 0) throw new Error(`the page had troubles: ${troubles.join('; ')}`);
  });
  await page.goto(url);
  return page;
}

export async function logIn(page: Page, token: string): Promise<void> {
  await page.locator('#token').fill(token);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.figures, .empty');
}

/** Waits until the page shows a text. */
export async function shows(page: Page, text: string): Promise<void> {
  await page.waitForFunction((wanted) => document.body.innerText.includes(wanted), {}, text);
}

/** Waits until it does no more. */
export async function showsNoMore(page: Page, text: string): Promise<void> {
  await page.waitForFunction((wanted) => !document.body.innerText.includes(wanted), {}, text);
}

/** Looks at a view by its address. */
export async function view(page: Page, name: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/${name}`);
  await page.waitForSelector(`nav a[href="#/${name}"][aria-current="page"]`);
}

/** Chooses as the menu does, and loads the page again. */
export async function choose(page: Page, choices: Readonly<Record<string, string>>): Promise<void> {
  await page.evaluate((text) => localStorage.setItem('bt-page', text), JSON.stringify(choices));
  await page.reload();
  await page.waitForSelector('main');
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What is wrong with a page for people who cannot see it, or use no mouse. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  });
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }[];
}

declare const axe: { run(root: Document, options: object): Promise<AxeResult> };
