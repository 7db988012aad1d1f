import type { DispatchContext, KeptState, KeptVariable, LogLine, TaskRegistration } from '../../../../runtime/host.ts';
import type { AccountView } from '../../../../src/domain/order/types.ts';
import type { Log, LogEntry } from '../../../../src/platform/log.ts';
import type { EngineCalls } from '../../../../runtime/border/calls.ts';

const ACCOUNT: AccountView = {
  version: 0,
  asOf: 0,
  availableCash: 100_000,
  lockedCash: 0,
  transferableCash: null,
  totalValue: 100_000,
  startingCash: 100_000,
  positions: [],
};

/** An engine that remembers what it was asked and answers little; tests override what they need. */
export class FakeEngine implements EngineCalls {
  readonly lines: LogLine[] = [];
  readonly registered: TaskRegistration[] = [];
  /** Method and dispatch of each call, in order, without log. */
  readonly calls: { readonly method: string; readonly dispatch: DispatchContext }[] = [];
  cash = 100_000;

  /** What the strategy has logged. */
  get texts(): string[] {
    return this.lines.map(({ text }) => text);
  }

  account(dispatch: DispatchContext): Promise<AccountView> {
    this.calls.push({ method: 'account', dispatch });
    return Promise.resolve({ ...ACCOUNT, availableCash: this.cash });
  }

  placeOrder: EngineCalls['placeOrder'] = () => Promise.resolve(null);
  placeOrders: EngineCalls['placeOrders'] = (requests) => Promise.resolve(requests.map(() => null));
  setSubPortfolios: EngineCalls['setSubPortfolios'] = () => Promise.resolve();
  moveCash: EngineCalls['moveCash'] = () => Promise.resolve();
  cancelOrder: EngineCalls['cancelOrder'] = () => Promise.resolve(null);
  orders: EngineCalls['orders'] = () => Promise.resolve([]);
  trades: EngineCalls['trades'] = () => Promise.resolve([]);
  quotes: EngineCalls['quotes'] = (securities) => Promise.resolve(securities.map(() => null));
  history: EngineCalls['history'] = () => Promise.resolve([]);
  securityInfo: EngineCalls['securityInfo'] = () => Promise.resolve(null);
  data: EngineCalls['data'] = () => Promise.resolve({ rows: 0, columns: new Map() });
  tradeDays: EngineCalls['tradeDays'] = () => Promise.resolve(['2026-07-03', '2026-07-06']);

  readFile: EngineCalls['readFile'] = () => Promise.resolve(new Uint8Array());
  writeFile: EngineCalls['writeFile'] = () => Promise.resolve();

  register(task: TaskRegistration, dispatch: DispatchContext): Promise<void> {
    this.calls.push({ method: 'register', dispatch });
    this.registered.push(task);
    return Promise.resolve();
  }

  unscheduleAll(): Promise<void> {
    this.registered.length = 0;
    return Promise.resolve();
  }

  subscribe: EngineCalls['subscribe'] = () => Promise.resolve();
  unsubscribe: EngineCalls['unsubscribe'] = () => Promise.resolve();
  unsubscribeAll: EngineCalls['unsubscribeAll'] = () => Promise.resolve();
  message: EngineCalls['message'] = () => Promise.resolve(false);
  passTime: EngineCalls['passTime'] = () => Promise.resolve();

  /** What the strategy finds of an earlier run. */
  left: KeptState | null = null;
  /** Changes of g and context, one list for each dispatch that had any. */
  readonly changes: (readonly KeptVariable[])[] = [];

  kept(): Promise<KeptState | null> {
    return Promise.resolve(this.left);
  }

  keep(changes: readonly KeptVariable[]): void {
    this.changes.push(changes);
  }

  setting(): Promise<void> {
    return Promise.resolve();
  }

  /** Data that was asked for and not had: what, and why. */
  readonly failed: string[] = [];

  dataFailed(what: string, code: string): void {
    this.failed.push(`${what} ${code}`);
  }

  log(line: LogLine): void {
    this.lines.push(line);
  }
}

/** A log that keeps its entries. */
export class MemoryLog implements Log {
  readonly entries: LogEntry[] = [];

  write(entry: LogEntry): void {
    this.entries.push(entry);
  }

  debug(text: string): void {
    this.#say('debug', text);
  }

  info(text: string): void {
    this.#say('info', text);
  }

  warning(text: string): void {
    this.#say('warning', text);
  }

  error(text: string): void {
    this.#say('error', text);
  }

  child(): Log {
    return this;
  }

  /** Texts of one level, in order. */
  texts(level: LogEntry['level']): string[] {
    return this.entries.filter((entry) => entry.level === level).map(({ text }) => text);
  }

  #say(level: LogEntry['level'], text: string): void {
    this.write({ level, source: 'test', text, time: null });
  }
}
