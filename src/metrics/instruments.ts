import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { ANSWERS, FAST, LIVES, unread, type In } from './make.ts';
import { signalInstruments } from './signal-instruments.ts';

/**
 * Every metric of a run, in a registry of its own, as docs/metrics.md describes them. Names and units by Prometheus' conventions; a
 * label has a few values known beforehand, never a security, an order or a text.
 */
export type Instruments = ReturnType<typeof createInstruments>;

export function createInstruments() {
  const registry = new Registry();
  const of = { registers: [registry] };
  return {
    registry,
    ...orderInstruments(of),
    ...orderTimes(of),
    ...venueInstruments(of),
    ...strategyInstruments(of),
    ...callInstruments(of),
    ...signalInstruments(of),
    ...machineInstruments(of),
    accountInstruments: accountInstruments(of),
  };
}

/** What Node tells of its own process: memory, CPU, event loop, collections. */
export function addProcessMetrics(registry: Registry): void {
  collectDefaultMetrics({ register: registry });
}

function orderInstruments(of: In) {
  return {
    ordersEnded: new Counter({
      ...of,
      name: 'bt_orders_total',
      help: 'Wire orders that have ended, by how; and orders of the strategy of which nothing was sent.',
      labelNames: ['side', 'outcome'],
    }),
    ordersUnknown: new Counter({
      ...of,
      name: 'bt_orders_unknown_total',
      help: 'Wire orders whose fate became unknown.',
    }),
    openOrders: unread(of, 'bt_orders_open', 'Orders of the strategy that have not ended.'),
    unknownOrders: unread(of, 'bt_orders_of_unknown_fate', 'Orders of which a part is of unknown fate now.'),
    fills: new Counter({ ...of, name: 'bt_fills_total', help: 'Fills that were listed.', labelNames: ['side'] }),
    traded: new Counter({
      ...of,
      name: 'bt_traded_value_cny_total',
      help: 'Worth of these fills, CNY.',
      labelNames: ['side'],
    }),
    denials: new Counter({
      ...of,
      name: 'bt_risk_denials_total',
      help: 'Orders that a limit refused.',
      labelNames: ['rule'],
    }),
  };
}

function orderTimes(of: In) {
  return {
    sendSeconds: new Histogram({
      ...of,
      name: 'bt_order_send_seconds',
      help: 'From a wire order that is written down to its bytes handed to the socket.',
      buckets: FAST,
    }),
    acceptSeconds: new Histogram({
      ...of,
      name: 'bt_order_accept_seconds',
      help: 'From its bytes handed to the socket to the broker having taken it.',
      buckets: ANSWERS,
    }),
    endSeconds: new Histogram({
      ...of,
      name: 'bt_order_end_seconds',
      help: 'From the broker having taken it to its end.',
      labelNames: ['outcome'],
      buckets: LIVES,
    }),
  };
}

function venueInstruments(of: In) {
  return {
    tradingPossible: new Gauge({
      ...of,
      name: 'bt_trading_possible',
      help: '1 = an order could be sent now, as far as bt is concerned: what /health says.',
    }),
    gateOpen: new Gauge({ ...of, name: 'bt_gate_open', help: '1 = the gate is open, 0 = trading waits.' }),
    gateClosings: new Counter({ ...of, name: 'bt_gate_closings_total', help: 'How often the gate closed.' }),
    linkUp: new Gauge({
      ...of,
      name: 'bt_link_up',
      help: '1 = that session with the gateway is up.',
      labelNames: ['session'],
    }),
    linkLosses: new Counter({
      ...of,
      name: 'bt_link_losses_total',
      help: 'How often that session was lost.',
      labelNames: ['session'],
    }),
    lateReadings: new Counter({
      ...of,
      name: 'bt_readings_late_total',
      help: 'Readings of the gateway that were late or failed, as told.',
    }),
    quotesAge: unread(of, 'bt_quotes_age_seconds', 'Market time since the newest quote that has been seen.'),
    alarms: new Counter({ ...of, name: 'bt_alarms_total', help: 'Alarms, by code.', labelNames: ['code'] }),
  };
}

function strategyInstruments(of: In) {
  return {
    tasks: new Counter({
      ...of,
      name: 'bt_tasks_total',
      help: 'Due tasks and hooks, by what became of them.',
      labelNames: ['outcome'],
    }),
    taskLateness: new Histogram({
      ...of,
      name: 'bt_task_lateness_seconds',
      help: 'Market time from a task being due to its call.',
      buckets: ANSWERS,
    }),
    taskSeconds: new Histogram({
      ...of,
      name: 'bt_task_seconds',
      help: 'Market time that a task took.',
      buckets: LIVES,
    }),
    strategyUp: new Gauge({
      ...of,
      name: 'bt_strategy_up',
      help: '1 = the strategy is called, 0 = it is loading, halted, paused or has ended.',
    }),
    strategyMemory: unread(
      of,
      'bt_strategy_resident_memory_bytes',
      'Memory that the processes of the strategy hold (Linux).',
    ),
  };
}

function callInstruments(of: In) {
  return {
    callSeconds: new Histogram({
      ...of,
      name: 'bt_host_call_seconds',
      help: 'What the engine took to answer a call of the strategy (an order: as long as the call waits).',
      labelNames: ['call'],
      buckets: FAST,
    }),
    callFailures: new Counter({
      ...of,
      name: 'bt_host_call_failures_total',
      help: 'Calls of the strategy that were answered with an error.',
      labelNames: ['call'],
    }),
    strategyErrors: new Counter({
      ...of,
      name: 'bt_strategy_errors_total',
      help: 'Errors that came out of the strategy, by whose fault they are.',
      labelNames: ['fault'],
    }),
  };
}

function machineInstruments(of: In) {
  return {
    commitSeconds: new Histogram({
      ...of,
      name: 'bt_ledger_commit_seconds',
      help: 'What a write of the ledger took; forced = until it was on the disk.',
      labelNames: ['kind'],
      buckets: FAST,
    }),
    commitFailures: new Counter({
      ...of,
      name: 'bt_ledger_commit_failures_total',
      help: 'Writes of the ledger that failed: nothing is sent any more.',
    }),
    ledgerBytes: new Gauge({ ...of, name: 'bt_ledger_bytes', help: 'Size of the ledger with its log.' }),
    clockStep: new Gauge({
      ...of,
      name: 'bt_clock_step_seconds',
      help: 'By how much the clock of this machine was last set, or slept; 0 = not in this run.',
    }),
    info: new Gauge({
      ...of,
      name: 'bt_info',
      help: 'Always 1; what runs stands in the labels.',
      labelNames: ['version', 'broker', 'clock'],
    }),
    startTime: new Gauge({
      ...of,
      name: 'bt_start_time_seconds',
      help: 'When this run began, wall time since 1970.',
    }),
  };
}

function accountInstruments(of: In) {
  return {
    totalValue: unread(of, 'bt_account_total_value_cny', 'Whole worth of the account.'),
    availableCash: unread(of, 'bt_account_available_cash_cny', 'Cash that can be used.'),
    positions: unread(of, 'bt_account_positions', 'Securities that are held.'),
    age: unread(
      of,
      'bt_account_age_seconds',
      'Market time since the reading of the account that is shown was asked for.',
    ),
  };
}
