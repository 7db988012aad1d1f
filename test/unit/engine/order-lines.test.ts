import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lineOf } from '../../../src/engine/events-log.ts';
import { aQuote } from '../domain/order/builders.ts';
import { createWorld, type World } from './orders/world.ts';

const LIMIT = { kind: 'limit', limitPrice: 9.9 } as const;
/** What floating point makes of 7.56. */
const NOISE = 7.5600000000000005;

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const texts = (): string[] =>
  world.happened
    .filter(({ kind }) => kind === 'order' || kind === 'fill' || kind === 'order_note')
    .flatMap((event) => lineOf(event) ?? [])
    .map(({ level, text }) => `${level} ${text.replaceAll(/bt:[0-9a-z]{8}(?::\w+)?/gu, 'MARK')}`);

describe('one line for each change of an order, with cause and who', () => {
  test('at the end of its wait: the cancel that bt asks for, and its confirmation', async () => {
    await world.settle(world.order({ style: LIMIT, quantity: 200, waitTimeout: 3, keep: false }));
    expect(texts()).toEqual([
      'info buy 200 000001.XSHE at 9.9: accepted (1000)',
      'info buy 200 000001.XSHE at 9.9: to be cancelled (1000) by bt: its wait of 3 s ended',
      'info buy 200 000001.XSHE at 9.9: cancelled (1000) by bt: its wait of 3 s ended; 0 of 200 filled',
    ]);
  });

  test('of a wait that ends and leaves it open', async () => {
    await world.settle(world.order({ style: LIMIT, waitTimeout: 3, keep: true }));
    expect(texts()).toEqual([
      'info buy 100 000001.XSHE at 9.9: accepted (1000)',
      'info buy 100 000001.XSHE: its wait of 3 s ended, 0 of 100 filled; it stays open (1000).',
    ]);
  });

  test('by the strategy, whatever words the counter has for it', async () => {
    await world.settle(world.order({ style: LIMIT, quantity: 200, waitTimeout: 0 }));
    world.broker.fill('1000', 100);
    world.broker.onCancel = (id, broker) => {
      broker.set(id, { status: 'partly_canceled', statusText: '用户撤单' });
      return { kind: 'requested', order: null };
    };
    await world.settle(world.trading.desk.cancel('1000'));
    expect(texts()).toEqual([
      'info buy 200 000001.XSHE at 9.9: accepted (1000)',
      'info filled: buy 100 000001.XSHE at 9.9 (1000), 100 of 200',
      'info buy 200 000001.XSHE at 9.9: to be cancelled (1000) by the strategy: cancel_order',
      'info buy 200 000001.XSHE at 9.9: cancelled (1000) by the strategy: cancel_order; 100 of 200 filled',
    ]);
  });

  test.each([
    ['', 'warning buy 100 000001.XSHE at 9.9: cancelled (1000) by somebody else; 0 of 100 filled'],
    [
      '用户撤单',
      'warning buy 100 000001.XSHE at 9.9: cancelled (1000) by somebody else: cancelled by a user (用户撤单); 0 of 100 filled',
    ],
    [
      '[收盘撤单] 自动撤单',
      'warning buy 100 000001.XSHE at 9.9: cancelled (1000) by the counter: cancelled at the close ([收盘撤单] 自动撤单); 0 of 100 filled',
    ],
  ])('not by us (%s)', async (statusText, line) => {
    await world.settle(world.order({ style: LIMIT, waitTimeout: 0 }));
    world.broker.set('1000', { status: 'canceled', statusText });
    await world.pass(6_000);
    expect(texts().slice(1)).toEqual([line]);
  });

  test('junk after it was accepted', async () => {
    await world.settle(world.order({ style: LIMIT, waitTimeout: 0 }));
    world.broker.set('1000', { status: 'rejected', statusText: '废单' });
    await world.pass(6_000);
    expect(texts().slice(1)).toEqual([
      'warning buy 100 000001.XSHE at 9.9: rejected after it was accepted (1000) by the counter: void (废单)',
    ]);
  });

  test('with its day, and a fill that is listed after it', async () => {
    await world.close();
    world = await createWorld({ start: '14:58:00' });
    await world.settle(world.order({ style: LIMIT, waitTimeout: 0 }));
    await world.pass(4 * 60_000);
    world.broker.fill('1000', 100);
    await world.pass(10_000);
    expect(texts()).toEqual([
      'info buy 100 000001.XSHE at 9.9: accepted (1000)',
      'info buy 100 000001.XSHE at 9.9: expired (1000): the trading day ended; 0 of 100 filled',
      'info filled: buy 100 000001.XSHE at 9.9 (1000)',
    ]);
  });

  test('a target that is reached is no refusal, and a refusal names its security', async () => {
    world.broker.held = [];
    await world.settle(world.order({ kind: 'target', quantity: 0 }));
    await world.clock.walk(world.clock.now() + 6 * 3_600_000);
    await world.settle(world.order());
    expect(texts()).toEqual([
      'info Not ordered: nothing to do, 000001.XSHE is at its target of 0 already.',
      'warning Order refused: 000001.XSHE: the exchanges take no more orders today; they open next on 2026-07-07 09:15',
    ]);
  });
});

test('numbers stand on their tick in every message', async () => {
  world.quotes.set(
    '000001.XSHE',
    aQuote({ lastPrice: NOISE, preClose: NOISE, ask1: NOISE, bid1: NOISE, highLimit: 8.32, lowLimit: 6.8 }),
  );
  const noisy = { kind: 'limit', limitPrice: NOISE } as const;
  world.broker.onPlace = (request, broker) => broker.accept({ ...request, price: NOISE });
  await world.settle(world.order({ style: noisy, waitTimeout: 0, quantity: 300 }));
  world.broker.fill('1000', 100);
  await world.settle(world.order({ kind: 'target', quantity: 100, style: noisy, waitTimeout: 2 }));
  await world.settle(world.order({ style: { kind: 'limit', limitPrice: 6.120000000000001 } }));
  await world.settle(
    world.order({ style: { kind: 'limit', limitPrice: 9.120000000000001 }, quantity: 1e7, waitTimeout: 2 }),
  );
  await world.settle(world.order({ quantity: -700, waitTimeout: 2 }));
  const said = world.lines.map(({ text }) => text);
  expect(said.some((text) => text.includes('7.56'))).toBe(true);
  expect(said.some((text) => text.includes('6.12'))).toBe(true);
  expect(said.some((text) => text.includes('9.12'))).toBe(true);
  expect(said.filter((text) => /\d\.\d{5,}/u.test(text))).toEqual([]);
});

test('no message holds a price or an amount that did not pass the formatter', () => {
  const raw = /\$\{[^{}]*(?:[pP]rice|limitPrice|[lL]imit\b|[cC]ash|Value)\s*\}/gu;
  const sources = ['src/engine/orders', 'src/engine/operator', 'src/domain/order', 'src/venues', 'src/cli'].flatMap(
    (folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((name) =>
        name.endsWith('.ts') ? [join(folder, name)] : [],
      ),
  );
  const found = sources.flatMap((file) =>
    (readFileSync(file, 'utf8').match(raw) ?? []).map((text) => `${file} ${text}`),
  );
  // Two keys, and what a person typed; a figure that is doubted is shown as it was read.
  expect(found.filter((text) => !text.includes('/plausible-')).toSorted()).toEqual([
    'src/domain/order/fills.ts ${price}',
    'src/domain/order/reserves.ts ${price}',
    'src/engine/operator/verdict.ts ${price}',
  ]);
});
