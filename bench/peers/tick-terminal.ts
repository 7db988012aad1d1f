import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { createInterface } from 'node:readline';

/**
 * The terminal behind the stand-in of the SDK, as far as quotes go: what is subscribed it pushes whole, once a second, each time with
 * other prices and the time of the push.
 */
const PERIOD_MS = 1000;

interface Asked {
  readonly seq: number;
  readonly call: string;
  readonly args: { readonly codes?: readonly string[]; readonly code?: string; readonly seq?: number };
}

const DETAILS = { InstrumentName: '平安银行', PreClose: 10, UpStopPrice: 11, DownStopPrice: 9, InstrumentStatus: 0 };
let pushed = 0;

function tick(): object {
  const last = 10 + (pushed % 50) / 100;
  return {
    time: Date.now(),
    lastPrice: last,
    open: 10,
    high: 10.6,
    low: 9.9,
    lastClose: 10,
    // In milliseconds, for who measures how old it is when it arrives.
    amount: Date.now(),
    volume: 1e5 + pushed,
    stockStatus: 0,
    openInt: 13,
    askPrice: [0.01, 0.02, 0.03, 0.04, 0.05].map((step) => last + step),
    bidPrice: [0.01, 0.02, 0.03, 0.04, 0.05].map((step) => last - step),
    askVol: [5, 4, 3, 2, 1],
    bidVol: [1, 2, 3, 4, 5],
  };
}

function valueOf({ call, args }: Asked, subscribed: Map<number, readonly string[]>): unknown {
  const { codes = [] } = args;
  switch (call) {
    case 'subscribe_whole_quote':
      subscribed.set(args.seq ?? 0, codes);
      return null;
    case 'unsubscribe_quote':
      subscribed.delete(args.seq ?? 0);
      return null;
    case 'get_full_tick':
      return Object.fromEntries(codes.map((code) => [code, tick()]));
    case 'get_instrument_detail':
      return DETAILS;
    case 'get_trading_dates':
      return [Date.now()];
    case 'query_account_status':
      return [];
    case 'connect':
    case 'subscribe':
      return 0;
    default:
      return null;
  }
}

function welcome(socket: Socket): void {
  const subscribed = new Map<number, readonly string[]>();
  const send = (message: object): boolean => socket.write(`${JSON.stringify(message)}\n`);
  createInterface({ input: socket }).on('line', (line) => {
    const asked = JSON.parse(line) as Partial<Asked>;
    if (asked.seq !== undefined) send({ seq: asked.seq, value: valueOf(asked as Asked, subscribed) });
  });
  const timer = setInterval(() => {
    pushed += 1;
    for (const [seq, codes] of subscribed)
      send({ push: 'ticks', seq, rows: Object.fromEntries(codes.map((code) => [code, tick()])) });
  }, PERIOD_MS);
  socket.on('error', () => socket.destroy()).on('close', () => clearInterval(timer));
}

const server = createServer({ noDelay: true }, welcome);
server.listen(0, '127.0.0.1', () => {
  console.log(`READY ${(server.address() as AddressInfo).port}`);
});
