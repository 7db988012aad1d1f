import { chinaDay, chinaInstant, weekday } from '../../../src/domain/time.ts';
import { exchangeCalendar } from '../../../src/domain/market/calendar.ts';
import { sessionPhase } from '../../../src/domain/market/session.ts';
import { isFinal } from '../../../src/domain/order/state.ts';
import { DEFAULT_LIMITS } from '../../../src/engine/live-options.ts';
import { NO_RISK_LIMITS } from '../../../src/domain/order/risk/limits.ts';
import type { RiskOptions } from '../../../src/engine/risk/trading-risk.ts';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import type { KillOrder } from '../../../src/platform/kill-file.ts';
import type { JsonObject } from '../../../src/protocol/json.ts';
import type { LogEntry } from '../../../src/platform/log.ts';
import type { FaultEvent } from '../../../src/server/index.ts';
import type { RecordStore } from '../../../src/server/record/types.ts';
import { Rng } from '../../../src/platform/random.ts';
import { drive, type Driver } from './driver.ts';
import { Engine } from './engine.ts';
import { firstBook } from './first-book.ts';
import type { FrameLabel } from './frame-label.ts';
import { Gateway } from './gateway.ts';
import { Herald } from './herald.ts';
import { MemoryDisk } from './memory-disk.ts';
import { MarketTime } from './market-time.ts';
import { OddGateway } from './odd-gateway.ts';
import { OutsideWorld } from './outside-world.ts';
import { Mischief } from './mischief.ts';
import { Network } from './network.ts';
import { Process } from './process.ts';
import { VirtualTime } from './virtual-time.ts';
import { Truth } from '../oracle/truth.ts';
import { SignalLaw } from '../oracle/signal-law.ts';
import { Watch } from '../oracle/watch.ts';
import type { SignalSink } from '../../../src/domain/follow/signal.ts';
import { Witness, type OrderState } from '../oracle/witness.ts';
import { brokerWith } from '../mutants/broker-with.ts';
import type { Mutant } from '../mutants/mutant.ts';
import type { Broker } from '../../../src/venues/broker.ts';
import type { CrashPoint, FaultKind, Occasion, Plan, Restart, ServerCrash } from '../plan/types.ts';
import { listeningLog, type Trace } from '../trace.ts';

/** Answers that show the account as it is at that moment. */
const OBSERVED: ReadonlySet<string> = new Set([
  'broker.account',
  'broker.positions',
  'broker.orders',
  'broker.trades',
  'broker.place_order',
  'broker.cancel_order',
]);

const LISTS: ReadonlySet<string> = new Set(['broker.orders', 'broker.trades']);

/** How often the engine's machine loses power when its process dies. */
const LOSES_POWER = 0.25;

/** Different markets; more would only be slower to make. */
const MARKETS = 7;

export interface WorldOptions {
  readonly plan: Plan;
  readonly trace: Trace;
  readonly mutant: Mutant | null;
}

/** One simulated world: engine, ledger, network, gateway and exchange, and the plan that happens to them. */
export class World {
  readonly plan: Plan;
  readonly time = new VirtualTime();
  readonly market: MarketTime;
  readonly gateway: Gateway;
  readonly disk = new MemoryDisk();
  readonly ledger: Ledger = this.disk.reader();
  readonly witness: Witness;
  readonly mischief: Mischief;
  readonly network: Network;
  readonly #trace: Trace;
  readonly #mutant: Mutant | null;
  readonly #rng: Rng;
  /** Whether a machine loses power when its engine dies. */
  readonly #power: Rng;
  readonly #driver: Driver;
  readonly truth = new Truth((tag) => (tag === null ? null : (this.ledger.intentOfTag(tag)?.price ?? null)));
  readonly watch: Watch;
  readonly signals = new SignalLaw(this);
  readonly #odd = new OddGateway(this);
  readonly #herald: Herald;
  readonly outside: OutsideWorld | null;
  /** The file KILL in the engine's folder. */
  killFile: KillOrder | null = null;
  #engine: Engine | null = null;
  #lives = 0;
  /** Nothing more goes wrong. */
  isCalm = false;

  constructor({ plan, trace, mutant }: WorldOptions) {
    this.plan = plan;
    this.#trace = trace;
    this.#mutant = mutant;
    this.#rng = new Rng(plan.seed).fork('world');
    this.#power = new Rng(plan.seed).fork('power');
    const start = chinaInstant(plan.day, plan.start);
    this.market = new MarketTime(this.time, start);
    trace.follow(() => ({ wall: this.time.now(), market: this.market.now() }));
    this.mischief = new Mischief({
      plan,
      trace,
      now: () => this.time.now(),
      onFault: (kind) => this.struck(kind),
      crashEngine: (point) => this.#crashEngine(point),
      crashServer: (crash) => this.#crashServer(crash),
      onRequest: (label, frame) => this.#noteRequest(label, frame),
      onAnswer: (label) => this.#noteAnswer(label),
      oddFacts: () => this.#odd.facts(),
    });
    this.network = new Network(this.time, this.#rng.fork('network'), this.mischief);
    this.witness = new Witness(plan.positions);
    const state = firstBook(this.marketSeed, start);
    this.outside =
      plan.outside === null ? null : new OutsideWorld(this, plan.outside, state, this.#rng.fork('outside'));
    this.gateway = new Gateway({
      marketSeed: this.marketSeed,
      state,
      outside: this.outside?.gatewayOptions() ?? null,
      network: this.network,
      log: listeningLog('server', (entry) => this.#log('server', entry)),
      newProcess: () => new Process('server', this.time, this.market),
      faults: plan.stub === null ? null : { plan: plan.stub, onFault: (event) => this.#stubFault(event) },
      onEnd: (exchange) => this.witness.look(exchange),
    });
    this.#herald = new Herald(this, this.#rng.fork('stream'));
    this.#driver = drive(this);
    this.watch = new Watch(this);
  }

  /** Of the prices of this world. */
  get marketSeed(): number {
    return this.plan.seed % MARKETS;
  }

  get engine(): Engine | null {
    return this.#engine;
  }

  async open(): Promise<void> {
    await this.gateway.start();
    this.startEngine();
    this.#driver.begin();
    this.watch.begin();
    this.#odd.begin();
    this.#herald.begin();
  }

  /** A client hears of an order or a fill without having asked. */
  isTold(event: 'order' | 'trade', payload: JsonObject, process: Process): void {
    this.#mutant?.pushed?.(event, payload, process);
  }

  startEngine(): void {
    if (this.#engine?.process.alive === true) return;
    this.#lives += 1;
    const process = new Process(`engine ${this.#lives}`, this.time, this.market);
    const log = listeningLog('engine', (entry) => {
      if (process.alive) this.#log(process.name, entry);
    });
    const ledger = this.disk.open(process, {
      before: () => this.mischief.commit('before'),
      after: () => this.mischief.commit('after'),
    });
    const engine = new Engine({
      process,
      ledger: this.#mutant?.ledger?.(ledger) ?? ledger,
      dial: this.network.dial(process),
      random: () => this.#rng.next(),
      log,
      rpcTimeoutSeconds: this.plan.rpcTimeoutSeconds,
      positions: this.plan.positions,
      limits: { ...DEFAULT_LIMITS, ...this.#mutant?.limits },
      calendar: this.#mutant?.calendar?.(exchangeCalendar()) ?? exchangeCalendar(),
      follows: this.plan.signals.length > 0,
      risk: this.#riskOptions(),
      wrapBroker: (broker) => this.#watched(this.#mutant?.broker?.(broker, process) ?? broker, process),
      onView: (view) => {
        this.witness.view(view, this.gateway.exchange, chinaDay(this.market.now()));
        this.watch.published();
      },
      // That orders are stopped excuses nothing that is shown.
      onAlarm: (alarm) => alarm.code === 'RISK_STOPPED' || this.witness.alarm(alarm, this.time.now()),
      onAllClear: (what) => this.witness.allClear(what, this.time.now()),
      onFailed: (reason) => {
        this.note('engine', `gave up: ${reason}`);
        this.#endEngine(2_000);
      },
    });
    this.#mutant?.trading?.(engine.trading);
    this.#engine = engine;
    this.note('world', `${process.name} starts`);
    void engine.begin();
  }

  #riskOptions(): RiskOptions {
    const { maxDailyOrders, operator } = this.plan;
    const byFile = operator.some((act) => act.kind === 'kill' && act.by === 'file');
    const killFile = { read: () => this.killFile, remove: () => (this.killFile = null) };
    return { risk: { ...NO_RISK_LIMITS, maxDailyOrders }, ...(byFile ? { killFile } : {}) };
  }

  /** The broker, with the law looking on when something is placed. */
  #watched(broker: Broker, process: Process): Broker {
    return brokerWith(broker, {
      place: (order) => {
        // What is left of the last step of a dead one writes nothing.
        if (process.alive) {
          if (this.plan.laws.has('stopped')) this.watch.stopped.places(order);
          if (this.plan.signals.length > 0) this.signals.places(order);
        }
        return broker.place(order);
      },
    });
  }

  /** From now on nothing more goes wrong, and everybody is up. */
  calm(): void {
    this.isCalm = true;
    this.note('world', 'calm from here on');
    this.mischief.stop();
    this.#driver.end();
    this.gateway.calm();
    this.startEngine();
    this.outside?.client.calm();
    if (!this.gateway.up) void this.gateway.start();
  }

  close(): void {
    this.#engine?.process.kill();
    this.gateway.close();
    this.outside?.close();
    this.disk.close();
  }

  /** How a sender reaches a follower, with the mutant's hands in between. */
  takeOf({ process }: Engine, desk: SignalSink): SignalSink['take'] {
    const take: SignalSink['take'] = (signal) => desk.take(signal);
    return this.#mutant?.take?.(take, process) ?? take;
  }

  note(who: string, text: string): void {
    this.#trace.add(who, text);
  }

  /** Killed by the clock, whatever it does. */
  killEngine({ downMs }: Restart): void {
    if (this.#engine?.process.alive !== true) return;
    this.note('fault', `the engine is killed; it comes back in ${Math.round(downMs)} ms`);
    const day = chinaDay(this.market.now());
    const states = this.#states();
    this.#endEngine(downMs);
    this.time.after(downMs, () => this.struck(restartKind(day, chinaDay(this.market.now())), states));
  }

  /** The engine's process is gone; it is started again after a while. */
  #endEngine(downMs: number): void {
    if (this.#engine?.process.alive === true) {
      this.#engine.process.kill();
      this.disk.dies(this.#power.next() < LOSES_POWER);
    }
    this.watch.calls.forget();
    this.witness.allClear(null, this.time.now());
    this.time.after(downMs, () => this.startEngine());
  }

  restartEngine(downMs: number): void {
    this.#endEngine(downMs);
  }

  #crashEngine(point: CrashPoint): void {
    const engine = this.#engine;
    if (engine === null || !engine.process.alive) return;
    this.note('fault', `the engine dies ${point.side} a ${point.point} ${point.action}`);
    this.struck(`crash-${point.point}`);
    this.#endEngine(point.downMs);
  }

  /** The record as a life of the gateway writes it, with the mutant's hands in it. */
  recordOf(store: RecordStore, process: Process): RecordStore {
    return this.#mutant?.record?.(store, process) ?? store;
  }

  crashServer(crash: ServerCrash): void {
    this.#crashServer(crash);
  }

  #crashServer({ memory, point, downMs }: ServerCrash): void {
    this.struck(`server-restart-${memory}`);
    const die = (): void => {
      this.note('fault', `the server dies (${point}), memory: ${memory}`);
      this.gateway.kill(memory);
      if (memory === 'none' || memory === 'ids') this.witness.amnesia(memory === 'ids');
      this.time.after(downMs, () => {
        if (!this.gateway.up) void this.gateway.start();
      });
    };
    // What it has just written must be on its way.
    if (point === 'answered') this.time.after(0, die);
    else die();
  }

  /** `states`: of the orders that it befalls; those that there are now when absent. */
  struck(kind: FaultKind, states: readonly OrderState[] = this.#states()): void {
    const now = this.market.now();
    const trades = exchangeCalendar().isTradingDay(chinaDay(now));
    this.witness.struck(kind, states, trades ? sessionPhase(now) : 'no trading day');
  }

  /** States of today's orders, and of those of earlier days that are not settled. */
  #states(): OrderState[] {
    const engine = this.#engine;
    if (engine === null || !engine.process.alive) return [];
    const today = chinaDay(this.market.now());
    return engine.trading.book.lives().flatMap(({ order, intents }): OrderState[] => {
      if (order.phase === 'parked') return ['parked'];
      return intents.filter(({ state }) => order.day === today || !isFinal(state)).map(({ state }) => state);
    });
  }

  #stubFault({ kind, variant, action }: FaultEvent): void {
    this.note('fault', `${kind} ${variant} befalls ${action}`);
    const { exchange } = this.gateway;
    if (kind === 'restart' && exchange !== null) this.witness.look(exchange);
    this.struck(`stub ${kind}`);
  }

  #noteRequest(label: FrameLabel, frame: Buffer): void {
    this.note('wire', `→ ${label.action} ${label.id}`);
    if (label.action === 'broker.cancel_order') {
      const remark = this.witness.cancels(frame.toString('utf8', 4), this.gateway.exchange);
      if (remark !== null && this.plan.laws.has('ends')) this.watch.ends.cancels(remark);
    }
    if (label.action === 'broker.place_order' && this.#odd.showsOther())
      this.witness.violate('an order is sent although the gateway shows another account');
  }

  #noteAnswer(label: FrameLabel): void {
    const { exchange } = this.gateway;
    // What the lists tell before a night is seen, or it is nowhere any more.
    if (exchange !== null && this.plan.skips.length > 0 && LISTS.has(label.action)) this.witness.look(exchange);
    if (OBSERVED.has(label.action))
      this.watch.observe(label.action === 'broker.positions' || label.action === 'broker.account');
    this.#odd.answers(label);
  }

  #log(who: string, entry: LogEntry): void {
    this.note(who, `${entry.level} ${entry.text}`);
    if (who !== 'server') this.witness.log(entry);
  }
}

function restartKind(died: string, back: string): Occasion {
  if (died === back) return 'restart same-day';
  const nights = (chinaInstant(back, '00:00') - chinaInstant(died, '00:00')) / 86_400_000;
  return nights > 1 || weekday(back) > 5 ? 'restart days-later' : 'restart next-day';
}
