import { DAY } from '../domain/time.ts';
import type { PaperExchange } from '../exchange/types.ts';
import type { Clock } from '../platform/clock.ts';
import type { TimerSource } from '../platform/timers.ts';
import type { JsonObject } from '../protocol/json.ts';
import type { AccountConfig, SubAccountConfig } from './account-types.ts';
import type { ServedSides } from './actions/action.ts';
import type { Gateway } from './adapters/gateway.ts';
import type { Audit } from './audit.ts';
import type { BookStore } from './book-store.ts';
import type { FaultOptions, FaultReport } from './faults/types.ts';
import type { MarketRoom } from './fit-order.ts';
import type { HttpOptions } from './http/options.ts';
import type { History } from './monitor/history.ts';
import type { RiskLimits } from './order-risk.ts';
import type { RecordStore } from './record/types.ts';
import type { Outcome } from './requests.ts';
import type { SessionNews } from './session-news.ts';
import type { SessionSocket } from './session-socket.ts';
import type { SessionView } from './session-view.ts';

/** `reference`: the recorded stub's constants, accepts everything. `simulated`: the paper exchange. */
export type MarketKind = 'reference' | 'simulated';

/** Where a server listens, and whom it lets in. */
export interface ListenOptions {
  readonly host: string;
  /** 0 = any free port; the one taken is in `RunningServer.port`. */
  readonly port: number;
  /** Addresses or CIDR blocks, IPv4 or IPv6; empty or absent = everybody. */
  readonly allowlist?: readonly string[];
  /** PEM files; both together switch TLS on. */
  readonly tls?: TlsFiles | null;
  /** A door for HTTP beside the wire; null or absent = none. */
  readonly http?: HttpOptions | null;
}

/** What every server is told, whatever stands behind it. */
export interface GatewayOptions {
  readonly token: string;
  /** Market time. The server never stops it: its owner does. */
  readonly clock: Clock;
  /** Empty or absent: one account `default`. */
  readonly accounts?: readonly AccountConfig[];
  readonly subAccounts?: readonly SubAccountConfig[];
  /** Authenticated sessions at a time; 64. */
  readonly maxConnections?: number;
  /** Tick subscriptions of one session; 200. */
  readonly maxSubscriptions?: number;
  /** Wall ms a request may take; 60000. */
  readonly requestTimeoutMs?: number;
  /** Wall ms added to a place request's own wait; 30000. */
  readonly placeMarginMs?: number;
  /** Wall ms a finished idempotency key is remembered where no record keeps it; a day. */
  readonly idempotencyTtlMs?: number;
  /** A log line for each request (true), for those that place and cancel orders ('orders'), for none; 'orders'. */
  readonly accessLog?: boolean | 'orders';
  readonly risk?: RiskLimits | null;
  /** Where accounts are kept minute by minute; its owner closes it. Null or absent = nowhere. */
  readonly history?: History | null;
  /** Whether the text of `admin.print_account` goes into the log too: it holds the money. No. */
  readonly logsAccounts?: boolean;
  /** Which half of the protocol is answered; both. */
  readonly sides?: ServedSides;
  /** Of a market order without a price; ±1.5 %. */
  readonly marketRoom?: MarketRoom;
  /** File of the record of a gateway outside this process; null or absent = in memory only. A market in this process has its book. */
  readonly recordPath?: string | null;
  /** A rehearsal: orders are answered as placed and reach no counter; it is said in every answer. */
  readonly dryRun?: boolean;
  /** Hears of every order, cancel and handshake; null or absent = nobody does. */
  readonly audit?: Audit | null;
  /** Where that record is kept instead. */
  readonly recordStore?: RecordStore | null;
  /** Wall time: deadlines, time-outs, ticks, memory of idempotency keys; the machine's own when absent. */
  readonly timers?: TimerSource;
  /** Hears who comes, goes and is not let in; must not throw. */
  readonly onSession?: (news: SessionNews) => void;
  /** Ids of new sessions; random when absent. */
  readonly newSessionId?: () => string;
}

/** A server with a market of its own behind it. */
export interface StubOptions extends GatewayOptions {
  readonly serverType?: 'stub';
  readonly market: MarketKind;
  /** The market time at which the clock was told to begin, kept with the book; epoch ms, null or absent = none. */
  readonly begun?: number | null;
  readonly seed: number;
  /** File that lets the book survive a crash; null or absent = memory only. Simulated market only. */
  readonly statePath?: string | null;
  /** Where the book survives instead of `statePath`; simulated market only. */
  readonly store?: BookStore | null;
  /** What goes wrong on purpose; nothing when absent. */
  readonly faults?: FaultOptions | null;
}

/** A stub that listens. */
export interface ServerOptions extends StubOptions, ListenOptions {}

export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

/** A server that takes its connections from whoever has them. */
export interface GatewayServer {
  /** The paper market behind it (of its present life, where faults restart it); null with any other. */
  readonly exchange: PaperExchange | null;
  /** What stands behind it, in its present life. */
  readonly gateway: Gateway;
  /** Takes a connection over; it is destroyed at once when the server is down or too many strangers are there. */
  attach(socket: SessionSocket): void;
  /** Authenticated sessions now. */
  sessions(): number;
  /** One request of another door than the wire's: carried out, limited and logged as a session's. Never rejects. */
  ask(action: string, payload: JsonObject, caller: SessionView): Promise<Outcome>;
  /** What went wrong on purpose so far; null when nothing is to. */
  faults(): FaultReport | null;
  /** Lets running requests answer (their waits are cut short), closes the sessions, writes the state. */
  stop(): Promise<void>;
  /**
   * Dies as a process does: every connection is dropped in this very turn, nothing runs on that could change the book, and what
   * its store has not is lost. Resolves when a write that was under way has ended and the store is free for another server.
   */
  kill(): Promise<void>;
}

export interface RunningServer extends GatewayServer {
  readonly port: number;
  /** Null without a door for HTTP. */
  readonly httpPort: number | null;
  /** Stops accepting, then as above. */
  stop(): Promise<void>;
}

export const SERVER_DEFAULTS = {
  maxConnections: 64,
  maxSubscriptions: 200,
  requestTimeoutMs: 60_000,
  placeMarginMs: 30_000,
  idempotencyTtlMs: DAY,
} as const;
