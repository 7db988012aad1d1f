import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLog } from '../../../src/platform/log.ts';
import { orderIds, type KnownOrders } from '../../../src/engine/order-trace.ts';
import { LiveRuns } from './live-runs.ts';
import { anIntent, anOrderRow } from './orders/rows.ts';
import { Workspace } from './strategy/workspace.ts';

const STRATEGY = `
export function initialize() { run_daily(trade, '10:00'); }
function trade() {
  const rest = order('000001.XSHE', 100, new LimitOrderStyle(9.5));
  log.info('- rests ' + rest.order_id);
  cancel_order(rest);
  log.info('- refused ' + String(order('000001.XSHE', -500)));
  log.info('- lost ' + order('600000.XSHG', 300, new LimitOrderStyle(10)).order_id);
}
`;
/** Lines of the source "order" that are about no order. */
const GENERAL = /^(?:There (?:is|are)|Orders of |--positions)/u;

interface Line {
  readonly source: string;
  readonly text: string;
  readonly order_id?: string;
  readonly call_id?: string;
  readonly client_id?: string;
  readonly tag?: string;
  readonly broker_order_id?: string;
}

let space: Workspace;
beforeEach(async () => {
  space = await Workspace.make({ 'main.ts': STRATEGY });
});
afterEach(() => space.remove());

test('one id is on every line of an order, from the call that placed it to its end at the broker', async () => {
  const runs = new LiveRuns(space);
  const file = space.path('log.jsonl');
  const log = createLog({ file, level: 'debug', screen: false });
  // Of the second order no answer comes; the lists show it later.
  runs.broker.onPlace = (request, broker) => {
    if (request.security !== '600000.XSHG') return broker.accept(request);
    broker.enter(request);
    return { kind: 'unknown', code: 'REQUEST_TIMEOUT', reason: 'no answer', answered: false };
  };
  const read = (): Line[] =>
    readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
  const found = async (): Promise<unknown> =>
    vi.waitFor(() => expect(read().some(({ text }) => text.startsWith('Found: order'))).toBe(true), {
      timeout: 10_000,
    });
  await runs.run('2026-07-06 09:50', '2026-07-06 10:02', [['2026-07-06 10:00:30', found]], { log });
  log.close();

  const lines = read();
  const said = (what: string): string | undefined =>
    lines.find(({ text }) => text.startsWith(`- ${what} `))?.text.split(' ')[2];
  const of = (id: string | undefined): Line[] => lines.filter(({ order_id: orderId }) => orderId === id);
  const rests = of(said('rests'));
  expect(rests.map(({ text }) => text.replace(/ \(.*/u, ''))).toEqual([
    'buy 100 000001.XSHE at 9.5: accepted',
    'buy 100 000001.XSHE at 9.5: to be cancelled',
    'buy 100 000001.XSHE at 9.5: cancelled',
  ]);
  const [one] = rests;
  expect(one).toMatchObject({ broker_order_id: '1000', tag: runs.broker.placed[0]?.remark.slice(3) });
  expect(new Set(rests.map(({ client_id: id }) => id))).toEqual(new Set([runs.broker.placed[0]?.clientId]));
  expect(new Set(rests.map(({ call_id: id }) => id)).size).toBe(1);
  expect(one?.call_id).toContain('trade');

  const lost = of(said('lost')).map(({ text }) => text);
  expect(lost[0]).toContain('is of UNKNOWN fate');
  expect(lost.some((text) => text.startsWith('Found: order'))).toBe(true);
  const refused = lines.find(({ text }) => /^(?:Order refused|Not ordered)/u.test(text));
  expect(refused?.order_id).toMatch(/^[0-9a-z]{20}$/u);
  const without = lines.filter((line) => line.source === 'order' && line.order_id === undefined);
  expect(without.filter(({ text }) => !GENERAL.test(text))).toEqual([]);
});

test('an alarm about a remark names its order; one about anything else names none', () => {
  const known: KnownOrders = {
    book: () => ({ life: () => ({ order: anOrderRow({ placedIn: 'task 1' }), intents: [] }) }),
    ledger: { intentOfTag: (tag) => (tag === 'k3v9x0aa' ? anIntent() : null) },
  };
  const about = (subject: string | null): unknown =>
    orderIds({ kind: 'alarm', alarm: { code: 'ORDER_UNKNOWN', subject, text: '' } }, known);
  expect(about('bt:k3v9x0aa:label')).toEqual({
    order_id: 'o1',
    call_id: 'task 1',
    client_id: 'c1',
    tag: 'k3v9x0aa',
  });
  expect([about('bt:zzzzzzzz'), about('000001.XSHE'), about(null)]).toEqual([null, null, null]);
});
