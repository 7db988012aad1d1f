import type { TradingDayCalendar } from '../../domain/market/trading-hours.ts';
import { NO_RISK_LIMITS, type RiskLimits } from '../../domain/order/risk/limits.ts';
import type { RiskRule } from '../../domain/order/risk/rule.ts';
import type { OrderRow } from '../../domain/order/rows.ts';
import type { AccountView } from '../../domain/order/types.ts';
import type { SeenAccount } from '../../domain/status/seen-account.ts';
import type { LimitUse } from '../../domain/status/risk-status.ts';
import type { SecurityInfo } from '../../domain/trading.ts';
import type { InstanceState } from '../../ledger/instance-state.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Clock } from '../../platform/clock.ts';
import type { KillOrder } from '../../platform/kill-file.ts';
import type { TimerSource } from '../../platform/timers.ts';
import type { Events } from '../events.ts';
import type { OrderBook } from '../orders/book/order-book.ts';
import type { RiskControls } from '../operator/risk-commands.ts';
import type { OrderDesk } from '../orders/desk.ts';
import type { OrderDriver } from '../orders/driver.ts';
import { EquityWatch } from './equity-watch.ts';
import { isOfKillSwitch } from './kill-orders.ts';
import { KillSwitch, type KillFilePort } from './kill-switch.ts';
import { RiskGuard } from './risk-guard.ts';

/** So often the kill switch's file is looked for while nothing is placed, wall ms. */
const LOOK_MS = 1_000;

/** So often a switch that has not done all it is to do tries again, wall ms. */
const AGAIN_MS = 60_000;

/** What a run says of its limits. */
export interface RiskOptions {
  /** Absent = none. */
  readonly risk?: RiskLimits;
  /** Where the kill switch's file is looked for; absent = nowhere. */
  readonly killFile?: KillFilePort;
  /** Master data of a security on a day, for limits that ask for it; absent = nobody knows any. */
  readonly instrument?: (security: string, day: string) => Promise<SecurityInfo | null>;
}

export interface TradingRiskParts extends RiskOptions {
  readonly ledger: Ledger;
  readonly state: InstanceState;
  /** A new life begins with this run. */
  readonly fresh?: boolean;
  readonly book: OrderBook;
  readonly clock: Clock;
  readonly timers: TimerSource;
  readonly calendar: TradingDayCalendar;
  readonly events: Events;
  readonly waits: () => string | null;
  readonly onFatal: (error: unknown) => void;
}

/** What carries orders out, and what the account is. */
export interface RiskPath {
  readonly desk: OrderDesk;
  readonly driver: OrderDriver;
  readonly view: () => AccountView | null;
}

/** Limits, kill switch and the account's worth of one run, wired. */
export class TradingRisk implements RiskControls {
  readonly guard: RiskGuard;
  readonly #parts: TradingRiskParts;
  #kill: KillSwitch | null = null;
  #equity: EquityWatch | null = null;

  constructor(parts: TradingRiskParts) {
    const { risk: limits = NO_RISK_LIMITS, instrument = () => Promise.resolve(null), ledger } = parts;
    this.#parts = parts;
    const changesOf = (orderId: string) => ledger.look.changesOfOrder(orderId);
    this.guard = new RiskGuard({ ...parts, limits, instrument, changesOf, store: ledger.risk });
  }

  /** Before anything is planned. */
  connect({ desk, driver, view }: RiskPath): void {
    const { ledger, state, clock, events, fresh, killFile: file = null } = this.#parts;
    const { stops, limits } = this.guard;
    const common = { ...this.#parts, stops, limits, store: ledger.risk, look: ledger.look, view };
    this.#kill = new KillSwitch({ ...common, desk, driver, account: view, file });
    this.#equity = new EquityWatch({ ...common, since: () => state.beganAt() ?? (fresh === true ? clock.now() : 0) });
    events.on((event) => {
      if (event.kind === 'account') this.#valued();
      this.#kill?.heard(event);
      if (event.kind === 'gate' && event.reason === null) void this.#kill?.act();
    });
  }

  /** Trading begins: what a switch that was pulled while nobody ran is to do, and one that is pulled while nothing is placed. Returns what ends it. */
  begin(): () => void {
    const { killFile, timers, ledger } = this.#parts;
    this.#left(() => ledger.look.keepLimits(this.guard.limits));
    this.#left(() => this.#equity?.keepSeen());
    this.#kill?.look();
    void this.#kill?.act();
    const timer = killFile === undefined ? null : timers.every(LOOK_MS, () => this.#kill?.look());
    // What could not be sold for the moment, for want of a quote for example, is tried again.
    const again = timers.every(AGAIN_MS, () => void this.#kill?.act());
    return () => {
      timer?.cancel();
      again.cancel();
      this.#left(() => this.#equity?.keepSeen());
    };
  }

  pull(order: KillOrder): void {
    this.#kill?.pull(order);
  }

  /** Why that order may not be sent now by what has been stopped, or null. */
  closed(order: Pick<OrderRow, 'requestKey' | 'side'>): string | null {
    this.#kill?.look();
    const { stops } = this.guard;
    const killed = stops.all().find(({ rule }) => rule === 'kill');
    if (killed !== undefined && isOfKillSwitch(order, killed.at)) return null;
    // What it was about to sell when a person let everything go on stays.
    return stops.reason(order.side) ?? (isOfKillSwitch(order) ? 'the kill switch stops nothing any more' : null);
  }

  /** Why no hook that may trade is run, or null. */
  pausesHooks(): string | null {
    this.#kill?.look();
    const stop = this.guard.stops.all().find(({ rule }) => rule === 'kill' || rule === 'pause');
    if (stop === undefined) return null;
    return stop.rule === 'kill'
      ? 'the kill switch stops everything ("bt resume" ends it)'
      : 'it is paused ("bt resume" ends that)';
  }

  /** A person pauses it: no orders, no hooks. Throws LEDGER_WRITE_FAILED. */
  pause(why: string): void {
    this.guard.stops.stop({ rule: 'pause', stops: 'all', day: null, text: `${why}.` });
  }

  stopped(): readonly RiskRule[] {
    // A file that has just come must not be removed by a resume that speaks of something else.
    this.#kill?.look();
    return this.guard.stops.all().map(({ rule }) => rule);
  }

  /** A person lets it go on. Throws KILL_FILE_STAYS, LEDGER_WRITE_FAILED. */
  lift(why: string): void {
    const rules = this.stopped();
    this.#kill?.forget();
    this.guard.stops.lift(why);
    if (rules.includes('daily_loss') || rules.includes('drawdown')) this.#equity?.restart();
  }

  /** Another part of the account is seen than before: its values are of another kind. Throws LEDGER_WRITE_FAILED. */
  otherPart(): void {
    this.#equity?.restart();
  }

  /** What of the limits is used, with the account as it is seen. */
  limitUse(account: SeenAccount | null): LimitUse {
    const marks = this.#equity?.marks() ?? null;
    const { guard } = this;
    const [firstOfDay, best] = [marks?.first ?? null, marks?.best ?? null];
    return { tally: guard.tally(), account, firstOfDay, best, actionsNow: guard.pace.now() };
  }

  #valued(): void {
    this.#left(() => this.#equity?.look());
  }

  /** Writes what is left for later; a ledger that cannot be written ends all sending. */
  #left(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#parts.onFatal(error);
    }
  }
}
