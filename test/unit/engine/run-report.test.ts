import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IntentState } from '../../../src/domain/order/types.ts';
import type { ReportError, RunReport } from '../../../src/engine/report.ts';
import { buildRunReport } from '../../../src/engine/run-report.ts';
import type { TriggerRow } from '../../../src/ledger/rows.ts';
import { anAccount } from '../domain/order/builders.ts';
import { chinaInstant } from '../../../src/domain/time.ts';
import { aFill, anOrderRow, Bench, DAY, SENT_AT } from './orders/rows.ts';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => {
  bench.close();
});

const failure: ReportError = { time: 1, code: 'STRATEGY_ERROR', message: 'x', stack: null, task: 't' };

function report(change: { errors?: readonly ReportError[]; triggers?: readonly TriggerRow[] } = {}): RunReport {
  return buildRunReport({
    strategy: 'demo',
    broker: 'qmt-remote',
    clock: 'simulated',
    startedAt: SENT_AT,
    endedAt: SENT_AT + 1,
    accountAtStart: anAccount(),
    accountAtEnd: anAccount({ version: 2 }),
    accountRead: true,
    errors: [],
    alarms: [],
    dataErrors: [],
    clockSteps: [],
    triggers: [],
    lives: bench.book.lives(),
    fills: [...bench.book.fillLog()],
    ...change,
  });
}

/** One order for each state. */
function hold(...states: readonly IntentState[]): void {
  for (const [index, state] of states.entries()) {
    const id = `${bench.book.size()}${index}`;
    bench.hold({ clientId: id, orderId: id, tag: `aaaaaa${id}`, state, brokerOrderId: id, sentAt: SENT_AT });
  }
}

describe('the exit code', () => {
  it('is 0 after a clean end', () => {
    hold('filled', 'canceled', 'rejected', 'not_sent', 'not_placed', 'expired');
    expect(report()).toMatchObject({ exitCode: 0, open: [] });
  });

  it('is 2 when the strategy failed', () => {
    expect(report({ errors: [failure] }).exitCode).toBe(2);
  });

  it.each(['planned', 'sending', 'unknown', 'accepted', 'canceling'] as const)(
    'is 3 while an order is %s, also when the strategy failed',
    (state) => {
      hold('filled', state);
      expect(report()).toMatchObject({ exitCode: 3, open: [{ state }] });
      expect(report({ errors: [failure] }).exitCode).toBe(3);
    },
  );

  it('is 3 while an order waits for its sending window', () => {
    bench.book.enter(anOrderRow({ phase: 'parked', opensAt: chinaInstant(DAY, '13:00:00') }), [], SENT_AT);
    expect(report()).toMatchObject({ exitCode: 3, open: [{ state: 'planned' }] });
  });
});

describe('the report', () => {
  it('holds orders, intents, trades, triggers and errors as data that survives JSON', () => {
    bench.accepted();
    bench.book.reading([{ clientId: 'c1', event: 'filled', filled: 100 }], [aFill()], SENT_AT);
    const trigger = { key: 'k', task: 'f', due: 5, outcome: 'skipped', reason: 'late', startedAt: null, endedAt: null };
    const whole = report({ errors: [failure], triggers: [trigger] });
    expect(whole.orders).toMatchObject([{ orderId: 'o1', state: 'filled', filled: 100, price: 10 }]);
    expect(whole.intents).toEqual([
      {
        orderId: 'o1',
        clientId: 'c1',
        brokerOrderId: '7',
        remark: 'bt:k3v9x0aa',
        state: 'filled',
        amount: 100,
        filled: 100,
        price: 10,
      },
    ]);
    expect(whole.trades).toMatchObject([{ orderId: 'o1', amount: 100, commission: 5 }]);
    expect(whole.triggers).toEqual([{ task: 'f', due: 5, outcome: 'skipped', reason: 'late' }]);
    expect(whole.errors).toEqual([failure]);
    expect(JSON.parse(JSON.stringify(whole))).toEqual(whole);
  });

  it('leaves out calls that were denied at once: for the strategy they are no orders', () => {
    bench.book.enter(anOrderRow({ denied: 'no cash' }), [], SENT_AT);
    expect(report()).toMatchObject({ orders: [], open: [], exitCode: 0 });
    const [refused] = report().refused;
    expect(refused).toMatchObject({ security: '000001.XSHE', asked: 'order 100', reason: 'no cash' });
    bench.book.enter(
      anOrderRow({ orderId: 'o9', requestKey: 'o9', denied: 'nothing to do, it is so already.' }),
      [],
      SENT_AT,
    );
    expect(report().refused).toHaveLength(1);
  });
});
