import { exchangeCalendar } from '../../../src/domain/market/calendar.ts';
import type { Trading } from '../../../src/engine/trading.ts';
import type { World } from '../world/world.ts';

/** Timers and waits of an engine with nothing to do; far above what it needs. */
const MOST_TIMERS = 60;

/** Rows that the engine keeps in memory. */
export function keptBy(trading: Trading): { readonly orders: number; readonly fills: number } {
  return { orders: trading.book.size(), fills: trading.book.fillLog().length };
}

/** Orders of the last trading day that were still being planned when the new one began: they are forgotten a day later. */
function endedLate({ book }: Trading, yesterday: string): number {
  return book.lives().filter(({ order, intents }) => order.day === yesterday && intents.length === 0).length;
}

/** What is over is forgotten: the book holds its day and what is unsettled, and nothing piles up. */
export class MemoryLaw {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** Just after a morning's reconciliation: nothing of earlier days is needed, unless it is unsettled. */
  morning(today: string): void {
    const { engine, ledger, witness } = this.#world;
    if (engine?.ready !== true || engine.trading.gate.reason() !== null) return;
    const needed = new Set([...ledger.ordersOf(today), ...ledger.intentsOf(today)].map(({ orderId }) => orderId));
    const { orders, fills } = keptBy(engine.trading);
    const late = endedLate(engine.trading, exchangeCalendar().previous(today));
    if (orders > needed.size + late)
      witness.violate(`the engine keeps ${orders} orders on the morning of ${today}; ${needed.size} are of use`);
    if (needed.size === 0 && fills > 0) witness.violate(`the engine keeps ${fills} fills on the morning of ${today}`);
    if (engine.process.armed > MOST_TIMERS) witness.violate(`the engine has armed ${engine.process.armed} timers`);
  }
}
