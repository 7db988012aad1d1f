import { describe, expect, onTestFinished, test } from 'vitest';
import type { DepthQuote } from '../../../src/domain/gateway.ts';
import { NATIVE } from '../../../src/server/dialects/native.ts';
import { createGatewayServer } from '../../../src/server/index.ts';
import { nullLog } from '../../../src/platform/log.ts';
import { SteppedClock } from '../../../src/platform/stepped-clock.ts';
import type { JsonObject } from '../../../src/protocol/json.ts';
import type { AccountEvent, LiveQuotes } from '../../../src/server/adapters/gateway.ts';
import { FakeTimers } from '../platform/fake-timers.ts';
import { FakeGateway, openOrder } from './fake-gateway.ts';
import { PairClient, turns } from './pair-client.ts';
import { MORNING } from './world.ts';

/** A gateway that tells by itself. */
class TellingGateway extends FakeGateway {
  watched: readonly string[] = [];
  tell: (quote: DepthQuote) => void = () => {};
  happen: (event: AccountEvent) => void = () => {};

  override get data(): FakeGateway['data'] & { readonly live: LiveQuotes } {
    const live: LiveQuotes = {
      watch: (securities) => {
        this.watched = securities;
      },
      onQuote: (listener) => {
        this.tell = listener;
        return () => {
          this.tell = () => {};
        };
      },
    };
    return { ...super.data, live };
  }

  onAccountEvent(listener: (event: AccountEvent) => void): () => void {
    this.happen = listener;
    return () => {
      this.happen = () => {};
    };
  }
}

interface World {
  readonly gateway: TellingGateway;
  readonly timers: FakeTimers;
  readonly open: (handshake?: JsonObject) => PairClient;
}

async function start(): Promise<World> {
  const gateway = new TellingGateway();
  const timers = new FakeTimers();
  const market = { gateway, dialect: NATIVE, exchange: null, book: null, saved: [], keep: () => null };
  const accounts = ['main', 'hedge'].map((key) => ({ key, id: key, type: 'stock' }));
  const server = await createGatewayServer(
    { token: 'stub', clock: new SteppedClock(MORNING), timers, accounts, accessLog: false },
    () => Promise.resolve(market),
    nullLog,
  );
  onTestFinished(() => server.kill());
  return {
    gateway,
    timers,
    open: (handshake = {}) => {
      const client = new PairClient(server, null);
      client.send({ type: 'handshake', token: 'stub', ...handshake });
      return client;
    },
  };
}

const eventsOf = (client: PairClient): unknown[] =>
  client.messages.filter(({ type }) => type === 'event').map(({ event, payload }) => [event, payload]);

describe('ticks that the market pushes', () => {
  test('go to each session that asked, under the symbol it asked with; nobody is asked for them', async () => {
    const { gateway, timers, open } = await start();
    const [one, other] = [open(), open()];
    await one.request('data.subscribe', { securities: ['518880.XSHG', '000001.sz'] });
    await other.request('data.subscribe', { securities: ['000001.XSHE'] });
    await timers.advance(1000);
    expect(gateway.watched.toSorted()).toEqual(['000001.XSHE', '518880.XSHG']);
    gateway.tell(await gateway.data.quote('000001.XSHE'));
    gateway.quote.mockClear();
    await turns(() => eventsOf(one).length === 1 && eventsOf(other).length === 1);
    expect(eventsOf(one)).toMatchObject([['tick', { symbol: '000001.SZ', sid: '000001.XSHE', last_price: 6 }]]);
    expect(eventsOf(other)).toMatchObject([['tick', { symbol: '000001.XSHE' }]]);
    await one.request('data.unsubscribe_all');
    await timers.advance(1000);
    expect(gateway.watched).toEqual(['000001.XSHE']);
    expect(gateway.quote).not.toHaveBeenCalled();
  });
});

describe('orders and fills that the counter tells', () => {
  test('go to the sessions that asked for them, of the account they named', async () => {
    const { gateway, open } = await start();
    const all = open({ features: ['tick', 'order_stream'] });
    const hedge = open({ features: ['order_stream'], account_key: 'hedge' });
    const none = open({ features: ['tick'] });
    for (const client of [all, hedge, none]) await client.request('admin.health');
    const ack = all.messages.find(({ type }) => type === 'handshake_ack');
    expect(ack?.['features']).toContain('order_stream');
    const order = openOrder('7', {
      security: '518880.XSHG',
      side: 'buy',
      amount: 100,
      price: 6,
      style: 'limit',
      remark: 'r',
      strategyName: 's',
      scenario: null,
    });
    gateway.happen({ accountKey: 'main', order });
    await turns(() => eventsOf(all).length === 1);
    expect(eventsOf(all)).toMatchObject([['order', { account_key: 'main', order_id: '7', raw_status: 50 }]]);
    const trade = { tradeId: 't', orderId: '7', security: '518880.XSHG', side: 'buy', amount: 100, price: 6 } as const;
    gateway.happen({ accountKey: 'hedge', trade: { ...trade, time: null, commission: null, tax: null, remark: 'r' } });
    await turns(() => eventsOf(hedge).length === 1);
    expect(eventsOf(hedge)).toMatchObject([['trade', { account_key: 'hedge', trade_id: 't', amount: 100 }]]);
    expect(eventsOf(none)).toEqual([]);
  });
});
