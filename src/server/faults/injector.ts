import { errorMessage } from '../../domain/errors.ts';
import type { Log } from '../../platform/log.ts';
import { Rng } from '../../platform/random.ts';
import { systemTimers } from '../../platform/timers.ts';
import type { TimerSource } from '../../platform/timers.ts';
import { isJsonObject } from '../../protocol/json.ts';
import type { JsonObject } from '../../protocol/json.ts';
import type { Interceptor, Link } from '../interceptor.ts';
import { hasId } from '../messages.ts';
import type { StubOptions } from '../options.ts';
import { toText } from '../python.ts';
import type { SessionSocket } from '../session-socket.ts';
import type { ServerControl } from './control.ts';
import { FaultRecord } from './fault-record.ts';
import { FaultyOutbox } from './faulty-outbox.ts';
import { JumpingClock } from './jumping-clock.ts';
import type { ArmedFault, Effect, FaultCall } from './kind.ts';
import { faultKind } from './kinds.ts';
import { orderStates } from './order-states.ts';
import { badFault } from './plan.ts';
import { PooledTimers } from './pooled-timers.ts';
import { SelectorState } from './selector.ts';
import type { FaultOptions, FaultReport } from './types.ts';

interface Planned extends ArmedFault {
  readonly kind: string;
  readonly index: number;
  readonly selector: SelectorState;
}

type Next = (message: JsonObject) => Promise<JsonObject | null>;

/** A request as it came, or as faults changed it. */
interface Arrival {
  readonly action: string;
  readonly message: JsonObject;
  readonly link: Link;
  /** Carries a request out. */
  readonly next: Next;
}

/** A fault that takes a request, with its view of it. */
interface Active {
  readonly effect: Effect;
  readonly call: FaultCall;
}

/** Decides request by request which faults of the plan happen, and lets them happen in the order of the plan. */
export class FaultInjector implements Interceptor {
  /** The server's market clock: the one it was given, and what `clock_jump` adds. */
  readonly clock: JumpingClock;
  readonly #faults: readonly Planned[];
  readonly #timers: PooledTimers;
  readonly #record: FaultRecord;
  readonly #log: Log;
  readonly #previousId = new WeakMap<Link, unknown>();
  #control: ServerControl | null = null;
  /** Monotonic ms until which nothing is read or written. */
  #hungUntil = 0;

  /** Throws BtError BAD_FAULTS when the market cannot have a fault of the plan. */
  constructor({ plan, onFault }: FaultOptions, options: StubOptions, log: Log) {
    const rng = new Rng(plan.seed).fork('selectors');
    this.#faults = plan.faults.map((spec, index) => {
      const kind = faultKind(spec.kind);
      if (kind === undefined) throw badFault(plan.name, index, spec.kind, 'is no kind of fault');
      const armed = kind.arm(spec);
      if (armed.simulatedOnly && options.market === 'reference') {
        throw badFault(plan.name, index, spec.kind, 'needs --market simulated');
      }
      return { ...armed, kind: spec.kind, index, selector: new SelectorState(spec, kind.actions, rng.fork(index)) };
    });
    this.clock = new JumpingClock(options.clock);
    this.#timers = new PooledTimers(options.timers ?? systemTimers);
    this.#log = log.child('fault');
    this.#record = new FaultRecord(this.#log, onFault ?? (() => {}));
  }

  /** Gives the server its faults act on; before anything else. */
  bind(control: ServerControl): void {
    this.#control = control;
  }

  report(): FaultReport {
    return this.#record.report();
  }

  /** Ends what is held back: with its effects when the server stops, without them when it dies. */
  end(how: 'stop' | 'kill'): void {
    if (how === 'stop') this.#timers.finish();
    else this.#timers.forget();
  }

  outbox(socket: SessionSocket, timers: TimerSource, onStall: () => void): FaultyOutbox {
    const outbox = new FaultyOutbox(socket, timers, onStall);
    const left = this.#hungUntil - this.#timers.monotonic();
    if (left > 0) {
      // Before the session listens, or it would read what is there.
      socket.pause();
      this.#silence(outbox, left, () => socket.resume());
    }
    return outbox;
  }

  #hang(ms: number, links: Iterable<Link>): void {
    this.#hungUntil = Math.max(this.#hungUntil, this.#timers.monotonic() + ms);
    for (const link of links) {
      link.holdReading(ms);
      if (link.outbox instanceof FaultyOutbox) this.#silence(link.outbox, ms, () => {});
    }
  }

  #silence(outbox: FaultyOutbox, ms: number, after: () => void): void {
    outbox.hold();
    this.#timers.after(ms, () => {
      outbox.release();
      after();
    });
  }

  refuseHandshake(message: JsonObject): JsonObject | null {
    for (const { effect } of this.#faults) {
      const refusal = effect.handshake?.(message) ?? null;
      if (refusal !== null) return refusal;
    }
    return null;
  }

  answersPing(message: JsonObject, link: Link): boolean {
    const ping: Arrival = { action: 'ping', message, link, next: () => Promise.resolve(null) };
    return this.#taken(ping).every((fault) => fault.effect.ping?.(this.#call(fault, ping)) ?? true);
  }

  async handle(message: JsonObject, link: Link, next: Next): Promise<void> {
    try {
      await this.#run({ action: toText(message['action']), message, link, next });
    } catch (error) {
      this.#log.error(`A fault failed itself: ${errorMessage(error)}`);
      link.cut();
    }
    this.#previousId.set(link, message['id'] ?? null);
  }

  async #run(given: Arrival): Promise<void> {
    const taken = this.#taken(given);
    const arrival = this.#changed(given, taken);
    const active = taken.map((fault) => ({ effect: fault.effect, call: this.#call(fault, arrival) }));
    for (const { effect, call } of active) {
      const step = (await effect.before?.(call)) ?? 'on';
      if (step === 'gone') return;
      if (step !== 'on') {
        await this.#deliver(step.answer, active, given);
        return;
      }
    }
    let answer = await this.#execute(arrival);
    for (const { effect, call } of active) {
      const step = (await effect.after?.(answer, call)) ?? 'on';
      if (step === 'gone') return;
      if (step !== 'on') ({ answer } = step);
    }
    if (answer !== null) await this.#deliver(answer, active, given);
  }

  /** Carries the request out; the answer as every request of this server gets it. */
  async #execute(arrival: Arrival): Promise<JsonObject | null> {
    let answer = await arrival.next(arrival.message);
    for (const fault of this.#faults) {
      const { lasting } = fault.effect;
      if (answer !== null && lasting !== undefined) answer = lasting.answer(answer, this.#call(fault, arrival));
    }
    return answer;
  }

  async #deliver(answer: JsonObject, active: readonly Active[], { message, link }: Arrival): Promise<void> {
    // A request without an id gets its errors only.
    if (!hasId(message['id']) && answer['type'] !== 'error') return;
    const delivering = active.find(({ effect }) => effect.deliver !== undefined);
    if (delivering !== undefined) {
      await delivering.effect.deliver?.(answer, delivering.call);
      return;
    }
    link.send(answer);
    for (const { effect } of this.#faults) effect.sent?.(link);
  }

  #changed(arrival: Arrival, taken: readonly Planned[]): Arrival {
    const given = payloadOf(arrival.message);
    let payload = given;
    for (const fault of taken) payload = fault.effect.request?.(payload, this.#call(fault, arrival)) ?? payload;
    for (const fault of this.#faults) {
      payload = fault.effect.lasting?.request(payload, this.#call(fault, arrival)) ?? payload;
    }
    return payload === given ? arrival : { ...arrival, message: { ...arrival.message, payload } };
  }

  /** Every selector is asked, also after one took the request: each counts for itself. */
  #taken({ action, message }: Arrival): Planned[] {
    const now = this.clock.now();
    const payload = payloadOf(message);
    return this.#faults.filter(({ selector }) => selector.takes(action, payload, now));
  }

  #call(fault: Planned, arrival: Arrival): FaultCall {
    const control = this.#control;
    const { action, message, link } = arrival;
    if (control === null || !(link.outbox instanceof FaultyOutbox)) throw new Error('The injector is not bound.');
    const payload = payloadOf(message);
    return {
      action,
      message,
      payload,
      link,
      outbox: link.outbox,
      control,
      clock: this.clock,
      timers: this.#timers,
      log: this.#log,
      previousId: this.#previousId.get(link) ?? null,
      execute: () => this.#execute(arrival),
      hang: (ms) => this.#hang(ms, control.links()),
      happened: (answer) => {
        this.#record.add({
          kind: fault.kind,
          variant: fault.variant,
          index: fault.index,
          action,
          session: link.id,
          id: message['id'],
          time: this.clock.now(),
          states: orderStates(action, payload, answer ?? null, () => control.book(payload, link.identity).ordersNow()),
        });
      },
    };
  }
}

/** Payloads that are no objects are refused later; no fault looks into them. */
function payloadOf(message: JsonObject): JsonObject {
  return isJsonObject(message['payload']) ? message['payload'] : {};
}
