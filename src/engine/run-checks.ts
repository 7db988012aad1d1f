import { BtError } from '../domain/errors.ts';
import type { AccountView } from '../domain/order/types.ts';
import type { Clock } from '../platform/clock.ts';
import type { VenueHealth } from '../venues/broker.ts';

/** A simulated clock on a venue with real money would send orders at times that are not. Throws CLOCK_REFUSED. */
export function checkClock(health: VenueHealth, clock: Clock): void {
  if (health.stub || clock.kind === 'wall') return;
  throw new BtError(
    'CLOCK_REFUSED',
    'A simulated clock is for a stub only, and this gateway does not declare itself one. Leave out --at, --speed and --clock.',
    { fault: 'config' },
  );
}

/** Throws ACCOUNT_NOT_READ. */
export function requireAccount(view: AccountView | null): AccountView {
  if (view !== null) return view;
  const text = 'The account was not read at start. Look at the gateway and start again.';
  throw new BtError('ACCOUNT_NOT_READ', text, { fault: 'venue' });
}
