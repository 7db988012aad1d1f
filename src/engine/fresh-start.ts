import { isFinal } from '../domain/order/state.ts';
import type { AccountView, OrderView } from '../domain/order/types.ts';
import { InstanceState } from '../ledger/instance-state.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LiveOptions } from './live-options.ts';
import { tasksText } from './strategy-start.ts';
import { StrategyState } from './strategy-state.ts';

/**
 * What a new life (`--fresh`) leaves behind, in words: what of the last one is forgotten when `initialize` has run, and what stays and
 * is the new one's. Null when there was no life before.
 */
function leftBehind(ledger: Ledger, orders: readonly OrderView[], account: AccountView): string | null {
  const last = new InstanceState(ledger);
  if (!last.hasBegun()) return null;
  const names = last.variableNames().map(({ part, name }) => `${part}.${name}`);
  const tasks = new StrategyState(last).registrations();
  const open = orders
    .filter((order) => !isFinal(order.state))
    .map(({ side, amount, filled, security }) => `${side} ${amount - filled} of ${amount} ${security}`);
  const held = account.positions
    .filter(({ amount }) => amount > 0)
    .map(({ security, amount }) => `${amount} ${security}`);
  return [
    `A new life begins (--fresh); the last one began on ${last.startDay() ?? 'a day that is not known'}`,
    `forgotten when initialize has run: ${list(names)} and ${tasksText(tasks.length)}`,
    `still there, and followed: open orders ${list(open)}; positions ${list(held)}`,
  ].join('; ');
}

/** Says it on the screen, when a new life was asked for. */
export function sayFresh(
  { fresh, log }: Pick<LiveOptions, 'fresh' | 'log'>,
  ledger: Ledger,
  orders: () => readonly OrderView[],
  account: AccountView,
): void {
  const text = fresh === true ? leftBehind(ledger, orders(), account) : null;
  if (text !== null) log.warning(text);
}

function list(texts: readonly string[]): string {
  return texts.length === 0 ? 'none' : texts.join(', ');
}
