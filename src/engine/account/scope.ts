import { BtError } from '../../domain/errors.ts';
import { tagIn } from '../../domain/order/remark.ts';
import type { BrokerOrder, BrokerPosition } from '../../domain/trading.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Events } from '../events.ts';

/** What of an account with holdings a strategy sees and sells. */
export type PositionScope = 'all' | 'own';

/** Key of the choice in the ledger. */
const SETTING = 'positions';

/** The choice of an earlier start, or null. */
export function storedScope(ledger: Pick<Ledger, 'setting'>): PositionScope | null {
  const stored = ledger.setting(SETTING);
  return stored === 'all' || stored === 'own' ? stored : null;
}

export interface ScopeInputs {
  /** `--positions`; null = not given. */
  readonly asked: PositionScope | null;
  readonly stub: boolean;
  readonly positions: readonly BrokerPosition[];
  /** Orders at the broker that are not final and not ours. */
  readonly foreignOrders: readonly BrokerOrder[];
}

/**
 * The instance's choice: what was asked for now, else what was stored; a stub or an empty account needs none. An account that
 * holds something at the first start is listed and refused (POSITIONS_UNDECIDED): nobody's shares are sold by accident.
 */
export function decideScope(ledger: Pick<Ledger, 'setting' | 'choose'>, inputs: ScopeInputs): PositionScope {
  const known = storedScope(ledger);
  const held = inputs.positions.filter((position) => position.amount > 0);
  const free = inputs.stub || (held.length === 0 && inputs.foreignOrders.length === 0);
  const scope = inputs.asked ?? known ?? (free ? 'all' : null);
  if (scope === null) throw undecided(held, inputs.foreignOrders);
  if (scope !== known) ledger.choose(SETTING, scope);
  return scope;
}

/** What an account holds, and what is open in it, for a person. */
export function holdingLines(positions: readonly BrokerPosition[], orders: readonly BrokerOrder[]): string[] {
  const held = positions.filter(({ amount }) => amount > 0);
  return [
    ...held.map((position) => `  holds ${position.amount} ${position.security} ${position.name ?? ''}`.trimEnd()),
    ...orders.map((order) => `  open order ${order.orderId}: ${order.side ?? '?'} ${order.amount} ${order.security}`),
  ];
}

function undecided(held: readonly BrokerPosition[], orders: readonly BrokerOrder[]): BtError {
  const lines = holdingLines(held, orders);
  return new BtError(
    'POSITIONS_UNDECIDED',
    `This instance starts for the first time on an account that is not empty:\n${lines.join('\n')}\nStart it with --positions all (the strategy sees and sells everything, as at JoinQuant) or --positions own (only what it buys itself).`,
    { fault: 'config' },
  );
}

/** Orders at the broker that are not this instance's, each told. */
export function tellForeign(orders: readonly BrokerOrder[], events: Pick<Events, 'note'>): void {
  for (const { orderId, side, amount, security, remark } of orders) {
    const whose = tagIn(remark) === null ? 'not of this program' : 'of another instance';
    const text = `Order ${orderId} (${side ?? '?'} ${amount} ${security}) is ${whose}: shown, never touched; bt adopt takes it.`;
    events.note('info', null, text);
  }
}
