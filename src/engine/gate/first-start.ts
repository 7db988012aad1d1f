import type { RiskLimits } from '../../domain/order/risk/limits.ts';
import type { AccountView } from '../../domain/order/types.ts';
import type { BrokerOrder, BrokerPosition } from '../../domain/trading.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { VenueHealth } from '../../venues/broker.ts';
import { decideScope, storedScope, tellForeign, type PositionScope } from '../account/scope.ts';
import type { Events } from '../events.ts';
import type { VenueTrust } from './venue-trust.ts';

export interface StartParts {
  readonly ledger: Pick<Ledger, 'setting' | 'choose'>;
  readonly trust: VenueTrust;
  readonly events: Events;
  /** `--positions`; null = not given. */
  readonly asked: PositionScope | null;
  readonly listed: readonly BrokerPosition[];
  readonly view: AccountView | null;
  /** Open orders of others. */
  readonly others: readonly BrokerOrder[];
  readonly limits: RiskLimits;
}

/**
 * What a person has to say before a run of an instance trades: whether real money may be, and what of the account it sees. Both are
 * kept with the instance. Throws REAL_UNDECIDED, POSITIONS_UNDECIDED.
 */
export function decideStart(health: VenueHealth, parts: StartParts): PositionScope {
  const { ledger, trust, events, asked, listed: positions, view: account, others: foreignOrders, limits } = parts;
  const former = storedScope(ledger);
  const undecided = asked === null && former === null;
  trust.decide(health, { account, positions, foreignOrders, limits, undecided });
  const scope = decideScope(ledger, { asked, stub: health.stub, positions, foreignOrders });
  if (former !== null && former !== scope) {
    const text = `--positions ${scope} from now on; until now this instance ran with ${former}. What comes in sight or goes out of it is no profit and no loss; limits of losses are reckoned anew from now.`;
    events.note('warning', null, text);
  }
  tellForeign(foreignOrders, events);
  return scope;
}
