import { errorMessage } from '../../src/domain/errors.ts';
import type { Quote } from '../../src/domain/trading.ts';
import { newClientId, shortId } from '../../src/platform/ids.ts';
import { wallNow } from '../../src/platform/timers.ts';
import { createQmtRemote } from '../../src/venues/qmt-remote/index.ts';
import type { QmtRemote } from '../../src/venues/qmt-remote/index.ts';
import type { PlaceOutcome } from '../../src/venues/broker.ts';
import type { Row } from './rows.ts';
import { TOKEN } from './servers.ts';

const GOLD = '518880.XSHG';

/** What `bt live` trades through, against a server: each call of the ports once. */
export async function runOurClient(port: number): Promise<Row[]> {
  const venue = createQmtRemote({
    env: { QMT_SERVER_HOST: '127.0.0.1', QMT_SERVER_PORT: String(port), QMT_SERVER_TOKEN: TOKEN },
  });
  const rows: Row[] = [];
  const trial = async <T>(what: string, call: () => Promise<T>): Promise<T | null> => {
    try {
      const found = await call();
      rows.push({ what, kind: 'ok', text: typeof found === 'string' ? found : '' });
      return found;
    } catch (error) {
      rows.push({ what, kind: error instanceof Difference ? 'differs' : 'fails', text: errorMessage(error) });
      return null;
    }
  };
  try {
    await trial('connect', () => Promise.all([venue.broker.start(), venue.provider.start()]));
    await reads(venue, trial);
    await orders(venue, trial);
  } finally {
    await Promise.all([venue.broker.stop(), venue.provider.stop()]);
  }
  return rows;
}

type Try = <T>(what: string, call: () => Promise<T>) => Promise<T | null>;

/** It answers, but not what it should. */
class Difference extends Error {}

function need(condition: boolean, text: string): void {
  if (!condition) throw new Difference(text);
}

async function reads({ broker, provider }: QmtRemote, trial: Try): Promise<void> {
  const { quotes, bars, calendar, instruments } = provider.offers;
  await trial('health', async () => (await broker.health()).detail);
  await trial('account', async () => {
    const { availableCash, totalValue } = await broker.account();
    need(availableCash > 0 && totalValue >= availableCash, `${availableCash} of ${totalValue}`);
  });
  await trial('positions', async () => `${(await broker.positions()).length} rows`);
  await trial('trade days', async () => `${(await calendar.tradeDays('2026-03-20', '2026-04-01')).length} days`);
  await trial('security info', async () => (await instruments.securityInfo(GOLD))?.type ?? 'unknown');
  await trial('quote', async () => `last ${String((await quote(quotes))?.lastPrice)}`);
  await trial('daily bars', async () => {
    const asked = { security: GOLD, unit: '1d', count: 3, start: null, end: wallNow(), adjust: 'none' } as const;
    return `${(await bars.bars(asked)).time.length} rows`;
  });
}

function quote(quotes: QmtRemote['provider']['offers']['quotes']): Promise<Quote | null> {
  return quotes.quote(GOLD);
}

async function orders({ broker, provider }: QmtRemote, trial: Try): Promise<void> {
  const low =
    (await trial('the day’s limits', async () => {
      const { lowLimit } = (await quote(provider.offers.quotes)) ?? { lowLimit: null };
      if (lowLimit === null) throw new Difference('no lower limit');
      return lowLimit;
    })) ?? 9;
  const clientId = newClientId();
  const remark = `bt:${shortId()}:interop`;
  const request = { clientId, remark, security: GOLD, side: 'buy', amount: 100, price: low, style: 'limit' } as const;
  const orderId = await trial('limit order', async () => accepted(await broker.place(request)));
  if (orderId === null) return;
  await trial('the same order again is one order', async () => {
    need(accepted(await broker.place(request)) === orderId, 'another order');
    need((await broker.orders()).length === 1, `${(await broker.orders()).length} orders`);
  });
  await trial('the order in the list', async () => {
    const order = (await broker.orders()).find((one) => one.orderId === orderId);
    need(order?.amount === 100 && order.limitPrice === low, JSON.stringify(order));
    need(order?.remark.includes(remark) === true, `remark ${order?.remark ?? 'missing'}`);
  });
  await trial('an order of 150 is not changed', async () => {
    const odd = { ...request, clientId: newClientId(), amount: 150 };
    const outcome = await broker.place(odd);
    if (outcome.kind === 'rejected') return 'refused';
    const order = (await broker.orders()).at(-1);
    need(order?.amount === 150, `became ${order?.amount ?? 'nothing'}`);
    return 'entered as 150';
  });
  await trial('cancel', async () => {
    const outcome = await broker.cancel(orderId);
    need(outcome.kind === 'final' || outcome.kind === 'requested', outcome.kind);
    return outcome.kind;
  });
  await trial('trades', async () => `${(await broker.trades()).length} rows`);
}

function accepted(outcome: PlaceOutcome): string {
  if (outcome.kind === 'accepted') return outcome.orderId;
  throw new Difference(`${outcome.kind}: ${outcome.reason}`);
}
