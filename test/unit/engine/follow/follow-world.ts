import { onNextTurn } from '../../../../src/platform/turn.ts';
import { exchangeCalendar } from '../../../../src/domain/market/calendar.ts';
import type { FollowRules } from '../../../../src/domain/follow/rules.ts';
import type { SignalRow } from '../../../../src/domain/follow/row.ts';
import type { Receipt, Signal } from '../../../../src/domain/follow/signal.ts';
import { divideAmong } from '../../../../src/engine/follow/shares.ts';
import { SignalDesk } from '../../../../src/engine/follow/signal-desk.ts';
import type { FollowParts } from '../../../../src/engine/follow/parts.ts';
import { aSignal, rulesOf } from '../../domain/follow/rules.ts';
import { createWorld, type World } from '../orders/world.ts';

/** A follower on a scripted broker, on stepped time: Monday 2026-07-06, 09:35, if not told otherwise. */
export interface FollowWorld {
  readonly world: World;
  desk: SignalDesk;
  parts: FollowParts;
  /** A signal of now. */
  take(change?: Partial<Signal>): Promise<Receipt>;
  row(id?: string, strategy?: string): SignalRow;
  /** Lets time pass until the signal has ended. */
  ended(id?: string, strategy?: string): Promise<SignalRow>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function createFollowWorld(
  rules: readonly Partial<FollowRules>[] = [{}],
  options: Parameters<typeof createWorld>[0] = {},
): Promise<FollowWorld> {
  const world = await createWorld(options);
  const open = (): Pick<FollowWorld, 'desk' | 'parts'> => {
    const { trading, ledger, events, clock, quotes } = world;
    const { state, portfolios } = trading;
    const setting = (key: string): string | null => ledger.setting(key);
    const all = rules.map((change) => rulesOf(change));
    const strategies = divideAmong(all, { state, portfolios, setting, events, now: clock.now() });
    const quote = (security: string) => {
      const { quote: failure } = world.fails;
      if (failure !== null) throw failure;
      const known = quotes.get(security) ?? null;
      // As a gateway's: an order is planned on it.
      return known === null ? null : { ...known, time: known.time ?? clock.now() };
    };
    const board: FollowParts['quotes'] = {
      fresh: async (security) => {
        const { quote: slow } = world.slow;
        if (slow > 0) await new Promise<void>((resolve) => void clock.at(clock.now() + slow, resolve));
        return quote(security);
      },
      read: async (securities) => securities.map(quote),
    };
    // What waits for an order to take it to the disk waits no longer than a turn.
    const timers: FollowParts['timers'] = { after: (_ms, fn) => onNextTurn(fn) };
    const parts = { trading, ledger, quotes: board, clock, timers, calendar: exchangeCalendar(), events, strategies };
    const desk = new SignalDesk(parts);
    desk.open();
    return { desk, parts };
  };
  const follow: FollowWorld = {
    world,
    ...open(),
    take: (change) => {
      const now = world.clock.now();
      return follow.desk.take(aSignal({ sentAt: now, receivedAt: now, ...change }));
    },
    row(id = '20260706-1', strategy = 'alpha') {
      const row = world.ledger.signals.get(`${strategy}:${id}`);
      if (row === null) throw new Error(`there is no signal ${strategy}:${id}`);
      return row;
    },
    async ended(id, strategy) {
      await world.pass(400_000, () => follow.row(id, strategy).phase === 'done');
      return follow.row(id, strategy);
    },
    async restart() {
      follow.desk.close();
      await world.restart();
      Object.assign(follow, open());
    },
    async close() {
      follow.desk.close();
      await world.close();
    },
  };
  return follow;
}
