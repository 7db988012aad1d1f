import type { AccountView, IntentState, OrderView, TradeView } from '../domain/order/types.ts';

/** One due task as the trigger ledger has it. Times are market time, epoch ms. */
export interface ReportTrigger {
  readonly task: string;
  readonly due: number;
  readonly outcome: string;
  readonly reason: string | null;
}

/** Something that went wrong and that the user should know of. */
export interface ReportError {
  readonly time: number;
  readonly code: string;
  readonly message: string;
  /** The user's stack at his `.ts` lines, for strategy errors. */
  readonly stack: string | null;
  /** What was running. */
  readonly task: string;
}

/** One exchange order of ours, as the broker knows it. */
export interface ReportIntent {
  readonly orderId: string;
  readonly clientId: string;
  readonly brokerOrderId: string | null;
  readonly remark: string;
  readonly state: IntentState;
  readonly amount: number;
  readonly filled: number;
  readonly price: number;
}

/** A call that was refused here: nothing was sent, and the strategy got null. */
export interface ReportRefusal {
  readonly time: number;
  readonly security: string;
  /** What was asked for, as the strategy wrote it: `order 100`, `order_target_value 50000`. */
  readonly asked: string;
  readonly reason: string;
}

/** An alarm that was raised; `over`: when its all-clear came, market time, null = it stood at the end. */
export interface ReportAlarm {
  readonly time: number;
  readonly code: string;
  readonly subject: string | null;
  readonly text: string;
  readonly over: number | null;
}

/** Calls for data that threw for one reason, whether the strategy caught it or not. Times are market time. */
export interface ReportDataError {
  /** `quotes`, `bars`, or the name of a data set. */
  readonly what: string;
  readonly code: string;
  /** Of the last one. */
  readonly message: string;
  readonly first: number;
  readonly last: number;
  readonly count: number;
}

/** A step of the machine's clock, ms; negative = it was set back. `time` is of after it. */
export interface ReportClockStep {
  readonly time: number;
  readonly stepMs: number;
}

/** How a run went, as data (`--report`). `bt live` writes it; it knows nothing of what a strategy was meant to do. */
export interface RunReport {
  readonly version: 1;
  readonly strategy: string;
  readonly broker: string;
  readonly clock: string;
  /** Market time, epoch ms. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly exitCode: 0 | 1 | 2 | 3;
  readonly accountAtStart: AccountView;
  readonly accountAtEnd: AccountView;
  /** False: it could not be read at the end; `accountAtEnd.asOf` says of when it is. */
  readonly accountRead: boolean;
  readonly orders: readonly OrderView[];
  /** Calls that came to nothing here. */
  readonly refused: readonly ReportRefusal[];
  readonly intents: readonly ReportIntent[];
  readonly trades: readonly TradeView[];
  readonly triggers: readonly ReportTrigger[];
  readonly errors: readonly ReportError[];
  readonly alarms: readonly ReportAlarm[];
  /** Data that the strategy asked for and did not get. */
  readonly dataErrors: readonly ReportDataError[];
  readonly clockSteps: readonly ReportClockStep[];
  /** Orders that were still open or of unknown fate at the end. */
  readonly open: readonly OrderView[];
}
