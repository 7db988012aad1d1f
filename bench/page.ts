import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import puppeteer from 'puppeteer-core';
import type { Browser } from 'puppeteer-core';
import { loadAssets } from '../src/page/server/assets.ts';
import { atMost } from './figure.ts';
import type { Figure, Row, Skipped } from './figure.ts';
import { delays, probe } from './loop-delay.ts';
import { ORDERS, POSITIONS, startInstance, TOKEN } from './page-instance.ts';
import type { BenchInstance } from './page-instance.ts';
import { launch, ROOT, temporaryFolder } from './processes.ts';
import { spreadOf } from './stats.ts';

const CHROMIUM = '/usr/bin/chromium';
const RUNS = 5;
const PAGES = 10;
const MEASURED_MS = 8_000;
const FIRST_PAINT_MS = 1_000;
const LOOP_MS = 2;
const BUNDLE_KB = 150;

/** The page of an instance with a full day: how long a browser draws, what it loads, and what ten of them cost the loop that trades. */
export const figure: Figure = {
  async run() {
    const instance = await startInstance();
    try {
      return [...(await paints(instance)), await bundle(), await loop(instance)];
    } finally {
      await instance.stop();
    }
  },
};

async function bundle(): Promise<Row> {
  const bytes = [...(await loadAssets()).values()].reduce((sum, { body }) => sum + gzipSync(body).length, 0);
  const spread = spreadOf([bytes / 1_000]);
  const target = atMost(BUNDLE_KB, 'kB', 'compressed', bytes / 1_000);
  return { what: 'what a browser loads for the page', unit: 'kB', shape: 'runs', spread, floor: null, target };
}

async function paints({ url }: BenchInstance): Promise<(Row | Skipped)[]> {
  const what = `the page with ${ORDERS} orders and ${POSITIONS} positions, until it is drawn`;
  if (!existsSync(CHROMIUM)) return [{ what, skipped: 'no Chromium here' }];
  const args = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'];
  const browser = await puppeteer.launch({ executablePath: CHROMIUM, args });
  try {
    await logIn(browser, url);
    const times: number[] = [];
    for (let run = 0; run < RUNS; run += 1) times.push(await drawn(browser, url));
    const target = atMost(FIRST_PAINT_MS, 'ms', 'median', spreadOf(times).p50);
    return [{ what, unit: 'ms', shape: 'runs', spread: spreadOf(times), floor: null, target }];
  } finally {
    await browser.close();
  }
}

async function logIn(browser: Browser, url: string): Promise<void> {
  const page = await browser.newPage();
  await page.goto(url);
  await page.locator('#token').fill(TOKEN);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.figures');
  await page.close();
}

/** Ms from asking for the page to the frame in which every position stands. */
async function drawn(browser: Browser, url: string): Promise<number> {
  const page = await browser.newPage();
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  const handle = await page.waitForFunction(
    `document.querySelectorAll('.figures').length === 1 && document.querySelectorAll('tbody tr').length >= ${POSITIONS} && performance.now()`,
    { polling: 'raf' },
  );
  const ms = Number(await handle.jsonValue());
  await page.close();
  return ms;
}

async function loop(instance: BenchInstance): Promise<Row> {
  await wait(1_000);
  const idle = await measured(instance);
  const script = join(ROOT, 'bench', 'page-readers.ts');
  const readers = launch([script, instance.url, String(PAGES)], { cwd: temporaryFolder() });
  await readers.printed(/reading/u);
  const busy = await measured(instance);
  await readers.stop();
  return {
    what: `delay of the engine's loop, ${PAGES} pages are open`,
    unit: 'ms',
    shape: 'samples',
    spread: busy,
    floor: { what: 'nobody looks', spread: idle },
    target: atMost(LOOP_MS, 'ms', 'p99 beyond that', Math.max(0, busy.p99 - idle.p99)),
  };
}

/** An order moves each quarter of a second meanwhile. */
async function measured(instance: BenchInstance): Promise<ReturnType<typeof delays>> {
  const histogram = probe();
  for (let passed = 0; passed < MEASURED_MS; passed += 250) {
    instance.move();
    await wait(250);
  }
  return delays(histogram);
}
