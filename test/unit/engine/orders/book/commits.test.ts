import { afterEach, beforeEach, expect, it } from 'vitest';
import { OrderBook } from '../../../../../src/engine/orders/book/order-book.ts';
import { Events } from '../../../../../src/engine/events.ts';
import { Ledger } from '../../../../../src/ledger/ledger.ts';
import { nextTurn } from '../../../../../src/platform/turn.ts';
import { temporaryFolder } from '../../../../temporary-folder.ts';
import { anIntent, anOrderRow, SENT_AT } from '../rows.ts';

/** Writes of the ledger, in order: whether they waited for the disk. */
let writes: ('forced' | 'unforced')[];
let failures: unknown[];
let ledger: Ledger;
let book: OrderBook;
beforeEach(() => {
  [writes, failures] = [[], []];
  ledger = Ledger.open(temporaryFolder('commits'), { committed: (kind) => writes.push(kind) });
  book = new OrderBook(ledger, new Events(), (error) => failures.push(error));
});
afterEach(() => ledger.close());

const ask = (): void => book.enter(anOrderRow({ phase: 'new', amount: 0 }), [], SENT_AT);
const plan = (): void => {
  const about = { side: 'buy', amount: 100, costBefore: null, quoted: 10, waitUntil: null } as const;
  book.advance('o1', [{ kind: 'planned', ...about, intents: [anIntent()] }], SENT_AT);
};

it('an order that is asked for, planned and sent in one turn waits for the disk once, before it is sent', async () => {
  ask();
  plan();
  expect(writes).toEqual(['unforced', 'unforced']);
  book.news({ clientId: 'c1', event: 'send', sentAt: SENT_AT }, SENT_AT);
  expect(writes).toEqual(['unforced', 'unforced', 'forced']);
  await nextTurn();
  await nextTurn();
  expect(writes).toHaveLength(3);
});

it('one whose plan takes longer, or that waits to be sent, is on the disk at the end of its turn', async () => {
  ask();
  await nextTurn();
  await nextTurn();
  expect(writes).toEqual(['unforced', 'forced']);
  plan();
  await nextTurn();
  await nextTurn();
  expect(writes).toEqual(['unforced', 'forced', 'unforced', 'forced']);
});

it.each([
  ['is parked', { kind: 'parked', side: 'buy', amount: 100, costBefore: null, quoted: 10, opensAt: SENT_AT } as const],
  ['is refused', { kind: 'denied', reason: 'no cash' } as const],
  ['is to be cancelled', { kind: 'cancel', why: 'cancel_order', insists: true } as const],
])('one that %s is durable before anybody hears of it', (_, fact) => {
  ask();
  const seen: (string | undefined)[] = [];
  book.onChange(() => seen.push(writes.at(-1)));
  book.advance('o1', [fact], SENT_AT);
  expect(seen).toEqual(['forced']);
});

it('a disk that does not take it at the end of the turn is told, and ends all sending', async () => {
  ask();
  ledger.settle = () => {
    throw new Error('the disk is full');
  };
  await nextTurn();
  await nextTurn();
  expect(failures).toEqual([new Error('the disk is full')]);
});
