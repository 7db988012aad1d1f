import { chinaText } from '../../domain/time.ts';
import type { InstanceStatus } from '../../status/types.ts';
import { screenColors } from '../screen.ts';
import { money } from '../tables.ts';
import { historyText, ordersTable, positionsTable, riskText, tradesTable } from './lists-text.ts';
import { dayOf, lookAt, show, type Flags } from './meant.ts';

/** Runs `bt orders`. */
export async function runOrders(name: string | null, flags: Flags): Promise<void> {
  const status = await lookAt(name, flags, { ...dayOf(flags), parts: ['orders', 'history'] });
  const orders = flags['open'] === true ? status.orders.filter(({ phase }) => phase !== 'done') : status.orders;
  await show(flags, about(status, { orders }), () => {
    if (orders.length === 0) return `No ${flags['open'] === true ? 'open ' : ''}orders on ${status.day}.`;
    return flags['history'] === true
      ? historyText(orders, status.day)
      : `Orders of ${status.name} on ${status.day}\n${ordersTable(orders, status.day, screenColors())}`;
  });
}

/** Runs `bt trades`. */
export async function runTrades(name: string | null, flags: Flags): Promise<void> {
  const status = await lookAt(name, flags, { ...dayOf(flags), parts: ['trades'] });
  await show(flags, about(status, { trades: status.trades }), () =>
    status.trades.length === 0
      ? `No fills on ${status.day}.`
      : `Fills of ${status.name} on ${status.day}\n${tradesTable(status, screenColors())}`,
  );
}

/** Runs `bt positions`. */
export async function runPositions(name: string | null, flags: Flags): Promise<void> {
  const status = await lookAt(name, flags, { parts: [] });
  const { portfolio, positions } = status;
  await show(flags, about(status, { portfolio, positions }), () => {
    if (portfolio === null) return 'The account has not been read yet: no run of this instance has come so far.';
    const seen = chinaText(portfolio.asOf);
    const when = portfolio.source === 'engine' ? `as of ${seen}` : `nothing runs: as it was seen last, ${seen}`;
    const head = `${status.name}, ${when}: total ${money(portfolio.totalValue)}, cash ${money(portfolio.availableCash)}, locked ${money(portfolio.lockedCash)}`;
    return positions.length === 0 ? `${head}\nNo positions.` : `${head}\n${positionsTable(positions, screenColors())}`;
  });
}

/** Runs `bt risk`. */
export async function runRisk(name: string | null, flags: Flags): Promise<void> {
  const status = await lookAt(name, flags, { ...dayOf(flags), parts: [] });
  await show(flags, about(status, { risk: status.risk }), () => {
    const of = status.engine === null ? 'as the last run had them' : 'as they are used now';
    return `Limits of ${status.name}, ${of}\n${riskText(status, screenColors())}`;
  });
}

type About = Pick<InstanceStatus, 'version' | 'instance' | 'name' | 'running' | 'now' | 'day'>;

/** Whose it is, and of when, before the part that was asked for: the members are those of the whole document. */
function about<T extends Partial<InstanceStatus>>(status: InstanceStatus, part: T): About & T {
  const { version, instance, name, running, now, day } = status;
  return { version, instance, name, running, now, day, ...part };
}
