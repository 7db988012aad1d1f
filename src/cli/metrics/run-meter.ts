import { isNothingToDo } from '../../domain/order/plan.ts';
import { isFinal } from '../../domain/order/state.ts';
import { FINAL_INTENT_STATES } from '../../domain/order/types.ts';
import type { EngineEvent, OrderChange } from '../../engine/events.ts';
import type { Instruments } from '../../metrics/instruments.ts';
import { OrderTimes } from '../../metrics/order-times.ts';
import { SignalTimes } from '../../metrics/signal-times.ts';
import type { Meter } from '../../platform/meter.ts';
import type { VenueStatus } from '../../venues/broker.ts';
import { monotonic } from '../../platform/timers.ts';

/** How an order ends, as a label. */
const OUTCOMES = [...FINAL_INTENT_STATES, 'denied', 'nothing_to_do'];

type Hearers = { readonly [K in EngineEvent['kind']]?: (event: Extract<EngineEvent, { kind: K }>) => void };

/** Measures a run as it goes: hears its events, and what no event tells. */
export class RunMeter implements Meter {
  readonly #instruments: Instruments;
  readonly #times: OrderTimes;
  readonly #signals: SignalTimes;
  readonly #up = new Set<string>();

  constructor(instruments: Instruments, now: () => number = monotonic) {
    this.#instruments = instruments;
    this.#times = new OrderTimes(instruments, now);
    this.#signals = new SignalTimes(instruments, now);
    instruments.gateOpen.set(0);
    instruments.clockStep.set(0);
    // A rate over what was never counted is nothing, not 0.
    for (const side of ['buy', 'sell'] as const)
      for (const outcome of OUTCOMES) instruments.ordersEnded.inc({ side, outcome }, 0);
  }

  committed(kind: 'forced' | 'unforced', ms: number, ok: boolean): void {
    this.#instruments.commitSeconds.observe({ kind }, ms / 1_000);
    if (!ok) this.#instruments.commitFailures.inc();
  }

  answered(call: string, ms: number, ok: boolean): void {
    this.#instruments.callSeconds.observe({ call }, ms / 1_000);
    if (!ok) this.#instruments.callFailures.inc({ call });
  }

  handedOver(clientId: string): void {
    this.#times.handedOver(clientId);
  }

  /** Heard of the venue itself: the first of it comes before the run has begun. */
  session({ kind, session }: VenueStatus): void {
    const { linkUp, linkLosses } = this.#instruments;
    const isUp = kind === 'connected';
    // Each try that fails says so again: what was up is lost once.
    if (!isUp && this.#up.has(session)) linkLosses.inc({ session });
    if (isUp) this.#up.add(session);
    else this.#up.delete(session);
    linkUp.set({ session }, isUp ? 1 : 0);
  }

  hear(event: EngineEvent): void {
    // By the same kind, which the index does not say.
    const hearer = this.#hearers[event.kind] as ((event: EngineEvent) => void) | undefined;
    hearer?.(event);
  }

  readonly #hearers: Hearers = {
    order: (event) => this.#order(event),
    trigger: ({ trigger }) => this.#task(trigger),
    task_not_run: () => this.#instruments.tasks.inc({ outcome: 'not_recorded' }),
    fill: ({ fill: { amount, price }, intent: { side } }) => {
      this.#instruments.fills.inc({ side });
      this.#instruments.traded.inc({ side }, amount * price);
    },
    signal: ({ signal, step }) => {
      if (step === 'came') this.#signals.came(signal);
      else if (step === 'goes_on') this.#signals.goesOn(signal);
    },
    risk: ({ level, rule }) => {
      if (level === 'denied') this.#instruments.denials.inc({ rule });
    },
    alarm: ({ alarm: { code } }) => this.#instruments.alarms.inc({ code }),
    strategy_error: ({ error: { fault } }) => this.#instruments.strategyErrors.inc({ fault: fault ?? 'strategy' }),
    clock_step: ({ stepMs }) => this.#instruments.clockStep.set(stepMs / 1_000),
    reading: () => this.#instruments.lateReadings.inc(),
    gate: ({ reason }) => {
      this.#instruments.gateOpen.set(reason === null ? 1 : 0);
      if (reason !== null) this.#instruments.gateClosings.inc();
    },
  };

  #order({ order, intent, to, reason }: OrderChange): void {
    const { ordersEnded, ordersUnknown } = this.#instruments;
    if (intent === null) {
      if (to !== 'not_sent') return;
      const outcome = isNothingToDo(reason ?? '') ? 'nothing_to_do' : 'denied';
      ordersEnded.inc({ side: order.side, outcome });
      return;
    }
    const { clientId, side } = intent;
    if (to === 'planned') this.#times.written(clientId);
    else if (to === 'accepted') this.#times.accepted(clientId);
    else if (to === 'unknown') ordersUnknown.inc();
    else if (isFinal(to)) {
      this.#times.ended(clientId, to);
      ordersEnded.inc({ side, outcome: to });
    }
  }

  /** `started` comes before the call, everything else is an end. */
  #task({ outcome, due, startedAt, endedAt }: Extract<EngineEvent, { kind: 'trigger' }>['trigger']): void {
    const { tasks, taskLateness, taskSeconds } = this.#instruments;
    if (outcome === 'started') {
      if (startedAt !== null) taskLateness.observe(Math.max(0, startedAt - due) / 1_000);
      return;
    }
    if (outcome === 'pending') return;
    tasks.inc({ outcome });
    if (startedAt !== null && endedAt !== null) taskSeconds.observe((endedAt - startedAt) / 1_000);
  }
}
