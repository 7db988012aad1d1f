import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { after, every } from '../../src/platform/timers.ts';
import type { Timer } from '../../src/platform/timers.ts';
import type { SdkRow } from './terminal-rows.ts';

export type CounterArgs = Readonly<Record<string, unknown>>;

/** What answers the calls of the SDK. Rows as the vendor has them. */
export interface Counter {
  call(name: string, args: CounterArgs): unknown;
  orders(accountId: string): readonly SdkRow[];
  trades(accountId: string): readonly SdkRow[];
  tick(code: string): SdkRow;
}

/**
 * What goes wrong with a call: the answer is another (`value`, `raise`), comes later, or never (`hang`: not carried out; `lose`: carried
 * out and not answered); or the connection is gone before (`drop`).
 */
export interface Rule {
  readonly call: string;
  /** The how manieth of these calls from now on, from 1. */
  readonly nth: number;
  readonly value?: unknown;
  readonly raise?: string;
  readonly delayMs?: number;
  readonly happens?: 'hang' | 'lose' | 'drop';
  /** Pushed after the answer. */
  readonly push?: { readonly name: string; readonly row: SdkRow };
}

interface Peer {
  readonly socket: Socket;
  session: number | null;
  /** Of the process that the trader is in. */
  pid: number | null;
  readonly accounts: Set<string>;
  readonly subscriptions: Map<number, readonly string[]>;
}

interface Asked {
  readonly seq: number;
  readonly call: string;
  readonly args: CounterArgs;
}

const PUSH_MS = 50;

/** The terminal of the tests: what the SDK's stand-in connects to. It outlives every bridge, as a real one does. */
export class FakeTerminal {
  /** `FAKE_XTQUANT` for whoever imports the stand-in. */
  readonly address: string;
  /** Calls in their order, as `order_stock`. */
  readonly calls: { readonly name: string; readonly args: CounterArgs }[] = [];
  /** Each push is told so often: terminals repeat themselves after a reconnect. */
  pushes = 1;
  /** Accounts that are not logged in: their subscription fails. */
  readonly loggedOut = new Set<string>();
  readonly sessions: number[] = [];
  readonly #server: Server;
  readonly #counter: Counter;
  readonly #rules: { readonly rule: Rule; left: number }[] = [];
  readonly #peers = new Set<Peer>();
  readonly #told = new Map<string, string>();
  readonly #timer: Timer;
  #up = true;

  private constructor(server: Server, counter: Counter) {
    this.#server = server;
    this.#counter = counter;
    const { port } = server.address() as AddressInfo;
    this.address = `127.0.0.1:${port}`;
    server.on('connection', (socket) => this.#welcome(socket));
    this.#timer = every(PUSH_MS, () => this.tellChanges());
  }

  static async start(counter: Counter, port = 0): Promise<FakeTerminal> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return new FakeTerminal(server, counter);
  }

  rule(rule: Rule): void {
    this.#rules.push({ rule, left: rule.nth });
  }

  /** The terminal ends; every connection is gone, and until `comesUp` nobody connects. */
  goesDown(): void {
    this.#up = false;
    for (const { socket } of this.#peers) socket.destroy();
  }

  comesUp(): void {
    this.#up = true;
  }

  get connections(): number {
    return this.#peers.size;
  }

  /** The processes of the traders that are connected now. */
  get pids(): number[] {
    return [...this.#peers].flatMap(({ pid }) => (pid === null ? [] : [pid]));
  }

  async close(): Promise<void> {
    this.#timer.cancel();
    for (const { socket } of this.#peers) socket.destroy();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  /** Pushes what changed since it was last told, to whoever subscribed. */
  tellChanges(): void {
    for (const peer of this.#peers) {
      for (const account of peer.accounts) this.#tellAccount(peer, account);
      for (const [seq, codes] of peer.subscriptions) {
        const rows = Object.fromEntries(codes.map((code) => [code, this.#counter.tick(code)]));
        send(peer, { push: 'ticks', seq, rows });
      }
    }
  }

  #tellAccount(peer: Peer, account: string): void {
    const changed = (kind: string, id: unknown, state: string): boolean => {
      const key = `${peer.session}/${account}/${kind}/${String(id)}`;
      if (this.#told.get(key) === state) return false;
      this.#told.set(key, state);
      return true;
    };
    const tell = (name: string, row: SdkRow): void => {
      for (let n = 0; n < this.pushes; n += 1) send(peer, { push: name, row });
    };
    for (const row of this.#counter.orders(account))
      if (changed('order', row['order_id'], `${String(row['order_status'])}/${String(row['traded_volume'])}`))
        tell('stock_order', row);
    for (const row of this.#counter.trades(account))
      if (changed('trade', row['traded_id'], '')) tell('stock_trade', row);
  }

  #welcome(socket: Socket): void {
    socket.on('error', () => undefined);
    if (!this.#up) {
      socket.destroy();
      return;
    }
    const peer: Peer = { socket, session: null, pid: null, accounts: new Set(), subscriptions: new Map() };
    this.#peers.add(peer);
    socket.on('close', () => this.#peers.delete(peer));
    const lines = createInterface({ input: socket });
    lines.on('error', () => undefined); // the bridge was killed
    lines.on('line', (line) => {
      const message = JSON.parse(line) as Record<string, unknown>;
      const trader = message['trader'];
      if (typeof trader === 'object' && trader !== null && 'session' in trader) {
        peer.session = Number(trader.session);
        peer.pid = 'pid' in trader ? Number(trader.pid) : null;
      } else if ('seq' in message) this.#asked(peer, message as unknown as Asked);
    });
  }

  #asked(peer: Peer, asked: Asked): void {
    this.calls.push({ name: asked.call, args: asked.args });
    const rule = this.#ruleFor(asked.call);
    if (rule?.happens === 'hang') return;
    if (rule?.happens === 'drop') {
      peer.socket.destroy();
      return;
    }
    const value = this.#valueOf(peer, asked, rule);
    if (rule?.happens === 'lose') return;
    const answer = (): void => {
      if (asked.call.startsWith('download_')) tellProgress(peer, asked);
      send(peer, { seq: asked.seq, value });
      if (rule?.push !== undefined) send(peer, { push: rule.push.name, row: rule.push.row });
    };
    if (rule?.delayMs === undefined) answer();
    else after(rule.delayMs, answer);
  }

  #ruleFor(call: string): Rule | null {
    for (const [at, waiting] of this.#rules.entries()) {
      if (waiting.rule.call !== call) continue;
      waiting.left -= 1;
      if (waiting.left > 0) continue;
      this.#rules.splice(at, 1);
      return waiting.rule;
    }
    return null;
  }

  #valueOf(peer: Peer, { call, args }: Asked, rule: Rule | null): unknown {
    if (rule?.raise !== undefined) return { $raise: rule.raise };
    if (rule !== null && 'value' in rule) return rule.value;
    switch (call) {
      case 'connect':
        return this.#connect(peer);
      case 'subscribe':
        return this.#subscribe(peer, String(args['account']));
      case 'query_account_status':
        return [...peer.accounts].map((account) => ({ account_id: account, account_type: 2, status: 0 }));
      case 'subscribe_whole_quote':
        peer.subscriptions.set(Number(args['seq']), Array.isArray(args['codes']) ? args['codes'].map(String) : []);
        return null;
      case 'unsubscribe_quote':
        peer.subscriptions.delete(Number(args['seq']));
        return null;
      default:
        return this.#counter.call(call, args);
    }
  }

  /** A number that lives elsewhere is refused. */
  #connect(peer: Peer): number {
    const others = [...this.#peers].filter((one) => one !== peer && one.session === peer.session);
    if (peer.session !== null) this.sessions.push(peer.session);
    return others.length > 0 ? -1 : 0;
  }

  #subscribe(peer: Peer, account: string): number {
    if (this.loggedOut.has(account)) return -1;
    peer.accounts.add(account);
    return 0;
  }
}

/** A download tells of each security before it ends (source: vendor's documentation, xtdata). */
function tellProgress(peer: Peer, { seq, args }: Asked): void {
  const codes: unknown[] = Array.isArray(args['codes']) ? args['codes'] : [];
  for (const [at, stockcode] of codes.entries())
    send(peer, { push: 'progress', of: seq, row: { finished: at + 1, total: codes.length, stockcode, message: '' } });
}

function send({ socket }: Peer, message: Record<string, unknown>): void {
  if (!socket.destroyed) socket.write(`${JSON.stringify(message)}\n`);
}
