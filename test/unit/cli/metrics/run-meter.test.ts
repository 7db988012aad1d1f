import { beforeEach, expect, test } from 'vitest';
import { RunMeter } from '../../../../src/cli/metrics/run-meter.ts';
import { newSignalRow } from '../../../../src/domain/follow/new-row.ts';
import type { SignalRow } from '../../../../src/domain/follow/row.ts';
import type { EngineEvent, OrderChange } from '../../../../src/engine/events.ts';
import { createInstruments, type Instruments } from '../../../../src/metrics/instruments.ts';
import { AT, aSignal } from '../../domain/follow/rules.ts';
import { aFill, anIntent } from '../../engine/orders/rows.ts';

let of: Instruments;
let meter: RunMeter;
let now = 0;
beforeEach(() => {
  of = createInstruments();
  now = 0;
  meter = new RunMeter(of, () => now);
});

/** Samples of that metric which are not 0, as `name{labels} value`. */
async function samples(name: string): Promise<string[]> {
  const text = await of.registry.getSingleMetricAsString(name);
  return text.split('\n').filter((line) => !line.startsWith('#') && line !== '' && !line.endsWith(' 0'));
}

function change(part: Partial<OrderChange>): OrderChange {
  const view = { orderId: 'o1', side: 'sell' } as OrderChange['order'];
  return { kind: 'order', order: view, intent: null, from: null, to: 'planned', reason: null, by: null, ...part };
}

test('orders are counted by how they end, once each', async () => {
  const intent = anIntent();
  for (const to of ['planned', 'sending', 'unknown', 'accepted', 'canceling', 'canceled'] as const)
    meter.hear(change({ intent, to }));
  meter.hear(change({ to: 'planned' }));
  meter.hear(change({ to: 'not_sent', reason: 'not enough cash' }));
  meter.hear(change({ to: 'not_sent', reason: 'nothing to do: it is held already.' }));
  expect(await samples('bt_orders_total')).toEqual(
    expect.arrayContaining([
      'bt_orders_total{side="buy",outcome="canceled"} 1',
      'bt_orders_total{side="sell",outcome="denied"} 1',
    ]),
  );
  expect(await samples('bt_orders_unknown_total')).toEqual(['bt_orders_unknown_total 1']);
});

test('an outcome that has not been met is counted as 0 from the beginning', async () => {
  const text = await of.registry.getSingleMetricAsString('bt_orders_total');
  expect(text).toContain('bt_orders_total{side="buy",outcome="rejected"} 0');
});

test('fills and their worth are counted by side', async () => {
  meter.hear({ kind: 'fill', fill: aFill({ amount: 200, price: 9.5 }), intent: anIntent(), listed: 200 });
  expect(await samples('bt_fills_total')).toEqual(['bt_fills_total{side="buy"} 1']);
  expect(await samples('bt_traded_value_cny_total')).toEqual(['bt_traded_value_cny_total{side="buy"} 1900']);
});

test('a task is late by what passed until its call, and is counted when it has ended', async () => {
  const trigger = { key: 'k', task: 't', due: 1_000, reason: null, startedAt: 3_500, endedAt: null };
  meter.hear({ kind: 'trigger', trigger: { ...trigger, outcome: 'started' } });
  expect(await samples('bt_tasks_total')).toEqual([]);
  meter.hear({ kind: 'trigger', trigger: { ...trigger, outcome: 'ran', endedAt: 4_500 } });
  meter.hear({ kind: 'trigger', trigger: { ...trigger, outcome: 'skipped', startedAt: null } });
  expect(await samples('bt_tasks_total')).toEqual([
    'bt_tasks_total{outcome="ran"} 1',
    'bt_tasks_total{outcome="skipped"} 1',
  ]);
  expect(await samples('bt_task_lateness_seconds')).toContain('bt_task_lateness_seconds_sum 2.5');
  expect(await samples('bt_task_seconds')).toContain('bt_task_seconds_sum 1');
});

test('a session that is lost is counted once, however often its return fails', async () => {
  meter.session({ kind: 'connected', session: 'read' });
  for (let tries = 0; tries < 3; tries += 1) meter.session({ kind: 'disconnected', session: 'read', reason: 'reset' });
  expect(await samples('bt_link_losses_total')).toEqual(['bt_link_losses_total{session="read"} 1']);
  expect(await of.registry.getSingleMetricAsString('bt_link_up')).toContain('bt_link_up{session="read"} 0');
});

test('a signal is counted once at its end, timed from its coming, and its age is its sender’s', async () => {
  const told = (step: 'came' | 'goes_on' | 'again', change: Partial<SignalRow>): void => {
    const signal = {
      ...newSignalRow(aSignal({ receivedAt: AT + 1_500 }), {
        origin: 'source',
        refusal: null,
        orderableAt: AT,
        now: AT,
      }),
      ...change,
    };
    meter.hear({ kind: 'signal', level: 'info', step, signal, text: '' });
  };
  told('came', {});
  now += 20;
  told('goes_on', { phase: 'ordered', attempt: 1 });
  now += 480;
  told('goes_on', { phase: 'done', attempt: 1, end: 'filled' });
  told('again', { phase: 'done', attempt: 1, end: 'filled' });
  told('came', { key: 'alpha:2', phase: 'done', end: 'refused' });
  // It was open when the run began.
  told('goes_on', { key: 'alpha:0', phase: 'done', end: 'partly_filled' });
  const text = (await of.registry.metrics()).split('\n');
  for (const line of [
    'bt_signals_total{outcome="filled"} 1',
    'bt_signals_total{outcome="refused"} 1',
    'bt_signals_total{outcome="partly_filled"} 1',
    'bt_signals_total{outcome="nothing"} 0',
    'bt_signal_age_seconds_sum 3',
    'bt_signal_age_seconds_count 2',
    'bt_signal_order_seconds_sum 0.02',
    'bt_signal_end_seconds_sum{outcome="filled"} 0.5',
  ])
    expect(text).toContain(line);
  expect(text.some((line) => line.startsWith('bt_signal_end_seconds_count{outcome="partly_filled"}'))).toBe(false);
});

test('gate, alarms, denials, errors, calls and commits have their metric', async () => {
  const events: EngineEvent[] = [
    { kind: 'gate', reason: 'reading' },
    { kind: 'gate', reason: null },
    { kind: 'alarm', alarm: { code: 'LEDGER_FAILED', subject: null, text: '' } },
    { kind: 'risk', level: 'denied', rule: 'daily_orders', text: '' },
    { kind: 'risk', level: 'told', rule: 'daily_orders', text: '' },
    {
      kind: 'strategy_error',
      task: 't',
      error: { code: 'X', message: '', fault: null, stack: '', location: null },
    },
    { kind: 'reading', what: 'orders', waitedMs: 5_000, error: null },
    { kind: 'clock_step', stepMs: -2_000 },
    { kind: 'task_not_run', task: 't', due: 0, reason: '' },
  ];
  for (const event of events) meter.hear(event);
  meter.committed('forced', 4, true);
  meter.committed('unforced', 1, false);
  meter.answered('quotes', 12, false);
  const text = await of.registry.metrics();
  for (const line of [
    'bt_gate_open 1',
    'bt_gate_closings_total 1',
    'bt_alarms_total{code="LEDGER_FAILED"} 1',
    'bt_risk_denials_total{rule="daily_orders"} 1',
    'bt_strategy_errors_total{fault="strategy"} 1',
    'bt_readings_late_total 1',
    'bt_clock_step_seconds -2',
    'bt_tasks_total{outcome="not_recorded"} 1',
    'bt_ledger_commit_seconds_sum{kind="forced"} 0.004',
    'bt_ledger_commit_failures_total 1',
    'bt_host_call_seconds_sum{call="quotes"} 0.012',
    'bt_host_call_failures_total{call="quotes"} 1',
  ])
    expect(text.split('\n')).toContain(line);
});
