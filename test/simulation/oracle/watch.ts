import { chinaDay, chinaTimeOfDay } from '../../../src/domain/time.ts';
import type { World } from '../world/world.ts';
import { CallLaw } from './call-law.ts';
import { tradingDayOf } from './continuous.ts';
import { EndsLaw } from './ends-law.ts';
import { MemoryLaw } from './memory-law.ts';
import { StopLaw } from './stop-law.ts';
import { StoppedLaw } from './stopped-law.ts';
import { ViewLaw } from './view-law.ts';

/** Virtual ms between two looks. */
const LOOK_MS = 500;
/** The ledger is asked less often. */
const LOOKS_A_ROW = 3;
/** From here to the next look-up of a day its morning is over. */
const MORNING = [8 * 3600 + 45 * 60 + 2, 9 * 3600] as const;

/** Holds a running world to the laws of its plan. */
export class Watch {
  readonly calls: CallLaw;
  readonly ends: EndsLaw;
  readonly stops: StopLaw;
  readonly stopped: StoppedLaw;
  readonly #world: World;
  readonly #view: ViewLaw;
  readonly #memory: MemoryLaw;
  #looks = 0;
  #ended = false;

  constructor(world: World) {
    this.#world = world;
    this.calls = new CallLaw(world);
    this.ends = new EndsLaw(world);
    this.stops = new StopLaw(world);
    this.stopped = new StoppedLaw(world);
    this.#view = new ViewLaw(world);
    this.#memory = new MemoryLaw(world);
  }

  begin(): void {
    if (this.#world.plan.laws.size > 0) this.#again();
  }

  end(): void {
    this.#ended = true;
  }

  /** The exchange answers somebody, or a projection is published: both are moments that may be shown. */
  observe(exact: boolean): void {
    const { plan, gateway, truth, time, market } = this.#world;
    if (!plan.laws.has('view') || gateway.exchange === null) return;
    truth.look(gateway.exchange, time.now(), tradingDayOf(market.now()), exact);
  }

  /** A projection is published. */
  published(): void {
    if (!this.#world.plan.laws.has('view')) return;
    this.observe(false);
    this.#view.look();
  }

  #again(): void {
    if (this.#ended) return;
    this.#world.time.after(LOOK_MS, () => this.#again());
    const { plan, market } = this.#world;
    this.#looks += 1;
    if (plan.laws.has('view')) {
      // As a strategy does that reads its account in each task.
      const { engine } = this.#world;
      if (engine?.ready === true) void engine.trading.freshness.bring();
      this.published();
    }
    if (plan.laws.has('calls')) this.calls.look();
    if (this.#looks % LOOKS_A_ROW !== 0) return;
    if (plan.laws.has('ends')) this.ends.look();
    if (plan.laws.has('stops')) this.stops.look();
    const seconds = chinaTimeOfDay(market.now());
    if (plan.laws.has('memory') && seconds >= MORNING[0] && seconds < MORNING[1])
      this.#memory.morning(chinaDay(market.now()));
  }
}
