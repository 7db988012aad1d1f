import type { SignalRow } from '../domain/follow/row.ts';
import type { RiskRule } from '../domain/order/risk/rule.ts';
import type { FillRow, IntentRow } from '../domain/order/rows.ts';
import type { Actor, IntentState, OrderView } from '../domain/order/types.ts';
import type { StrategyError } from './strategy/types.ts';
import type { TriggerRecord } from './time/triggers.ts';

/**
 * Something that somebody must look at. `code` is stable, `subject` is what it is about (a remark, a security, a session), and
 * the text says in words what happened and what to do.
 */
export interface Alarm {
  readonly code: AlarmCode;
  readonly subject: string | null;
  readonly text: string;
}

export type AlarmCode =
  | 'ORDER_UNKNOWN' // an order's fate is not known
  | 'ORDER_UNSEEN_END' // its day ended before its end was seen: a person must say
  | 'ORDER_LATE' // one of an earlier day is carried out today
  | 'ORDER_ADOPTED' // one that was given up turned up
  | 'ORDER_CONTRADICTED' // the broker's rows contradict the ledger
  | 'ORDER_IMPOSSIBLE' // a figure of its rows cannot be true
  | 'ORDER_MISSING' // the broker took it and does not show it
  | 'ORDER_UNLISTED' // its trades do not add up
  | 'ORDER_ANSWERED_OTHERWISE' // its answer and the broker's list disagree
  | 'ORDER_LEFT_OPEN' // a late order that nobody waits for stays open
  | 'CANCEL_UNCONFIRMED'
  | 'ACCOUNT_STALE' // what is shown of the account is older than it may be
  | 'ACCOUNT_OTHER' // the gateway shows another account
  | 'GATE_CLOSED' // trading waits, and that costs trades
  | 'GATEWAY_HANGS' // no answer for long
  | 'LEDGER_FAILED' // nothing more is sent in this run
  | 'CALENDAR_DOUBT' // the calendar has ended, or the provider says otherwise
  | 'RISK_STOPPED' // a limit, a pause or the kill switch stops orders
  | 'TICKS_MISSING' // what was subscribed before the restart is not given
  | 'STRATEGY_HALTED'
  | 'STRATEGY_LOST';

/** What became of an order, with who caused it: the change itself, never a text about it. */
export interface OrderChange {
  readonly kind: 'order';
  readonly order: OrderView;
  /** Null for a change of the order itself (parked, denied …). */
  readonly intent: IntentRow | null;
  readonly from: IntentState | null;
  readonly to: IntentState;
  readonly reason: string | null;
  /** Who is behind it; null = nobody in particular. */
  readonly by: Actor | null;
}

/**
 * Everything that happens in a run, once each. Log, report, messages and page listen; nobody has to read another one's text.
 * Times are the listener's to add.
 */
export type EngineEvent =
  | OrderChange
  /** `listed`: shares of the intent that are listed as filled, with this one. */
  | { readonly kind: 'fill'; readonly fill: FillRow; readonly intent: IntentRow; readonly listed: number }
  /** What the author should know about an order: it was cut to cash, its limit was moved, it was refused. */
  | {
      readonly kind: 'order_note';
      readonly level: 'info' | 'warning';
      readonly orderId: string | null;
      readonly text: string;
    }
  /** A limit denied something, or is told of. What it stops is an alarm, RISK_STOPPED. */
  | { readonly kind: 'risk'; readonly level: 'told' | 'denied'; readonly rule: RiskRule; readonly text: string }
  /** A signal has come, is ordered, waits for something, or has ended. */
  | {
      readonly kind: 'signal';
      readonly level: 'info' | 'warning';
      readonly signal: SignalRow;
      /** `came`: the first that is told of it, also where it is refused at once. `again`: it came again as something else. */
      readonly step: 'came' | 'goes_on' | 'again';
      readonly text: string;
    }
  /** Holdings of a followed strategy differ from what its source says. */
  | { readonly kind: 'deviation'; readonly strategy: string; readonly count: number; readonly text: string }
  /** A person has settled or adopted something. */
  | { readonly kind: 'operator'; readonly text: string; readonly orderId: string | null }
  /** Holdings changed without a trade: somebody moved shares, or a night did. */
  | { readonly kind: 'external_change'; readonly text: string }
  /** The account's projection has a new version. */
  | { readonly kind: 'account'; readonly version: number }
  /** What the venue says it is, when it has said so, and when it says otherwise. */
  | { readonly kind: 'venue'; readonly stub: boolean }
  | { readonly kind: 'gate'; readonly reason: string | null }
  | { readonly kind: 'link'; readonly session: string; readonly up: boolean; readonly reason: string | null }
  /** A reading of the venue is late, or failed; `waitedMs` of wall time so far. */
  | { readonly kind: 'reading'; readonly what: string; readonly waitedMs: number; readonly error: string | null }
  | { readonly kind: 'trigger'; readonly trigger: TriggerRecord }
  /** A due task that was not run because its record could not be written: it is in no ledger. */
  | { readonly kind: 'task_not_run'; readonly task: string; readonly due: number; readonly reason: string }
  /** The machine's clock was set, or the machine slept: by so much, ms. */
  | { readonly kind: 'clock_step'; readonly stepMs: number }
  /** A call of an earlier run that was cut off after it had ordered: what it changed of g is not kept. `beganAt`: market time. */
  | {
      readonly kind: 'call_cut_off';
      readonly call: string;
      readonly beganAt: number;
      readonly orders: readonly string[];
    }
  /** A call for data threw in the strategy, whether it caught it or not; `count`: so often, with this one, for that reason. */
  | {
      readonly kind: 'data_failed';
      readonly what: string;
      readonly code: string;
      readonly message: string;
      readonly count: number;
    }
  | { readonly kind: 'strategy_error'; readonly task: string; readonly error: StrategyError }
  /** The strategy ended itself (process.exit). */
  | { readonly kind: 'strategy_exit'; readonly code: number }
  | { readonly kind: 'alarm'; readonly alarm: Alarm }
  /** What an alarm was about is over. */
  | { readonly kind: 'all_clear'; readonly code: AlarmCode; readonly subject: string | null; readonly text: string };

/** One channel for all of it. Listeners are called in turn, at once; one that throws is a bug of ours and stops nobody else. */
export class Events {
  readonly #listeners = new Set<(event: EngineEvent) => void>();
  readonly #onFault: (error: unknown) => void;

  /** `onFault` hears what a listener threw. */
  constructor(onFault: (error: unknown) => void = () => undefined) {
    this.#onFault = onFault;
  }

  emit(event: EngineEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        this.#onFault(error);
      }
    }
  }

  alarm(code: AlarmCode, subject: string | null, text: string): void {
    this.emit({ kind: 'alarm', alarm: { code, subject, text } });
  }

  /** Something to be said of an order (null = of orders). */
  note(level: 'info' | 'warning', orderId: string | null, text: string): void {
    this.emit({ kind: 'order_note', level, orderId, text });
  }

  /** Returns the unsubscriber. */
  on(listener: (event: EngineEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
