import { NEEDS } from '../../runtime/api/needs.ts';
import type { DatasetName } from '../domain/data/datasets.ts';
import { BtError } from '../domain/errors.ts';
import type { AccountView } from '../domain/order/types.ts';
import type { Clock } from '../platform/clock.ts';
import { offerText } from './data/coverage.ts';
import type { LiveOptions } from './live-options.ts';
import { displayPath } from './strategy/build/source-place.ts';
import type { SourceUse } from './strategy/types.ts';
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

/**
 * A strategy that uses data which no source serves would fail at the first call, perhaps days from now: told with function and line
 * before anything trades. Throws NOT_SERVED, unless `force` is set.
 */
export function refuseUnserved(
  uses: readonly SourceUse[],
  { providers, force = false, log }: Pick<LiveOptions, 'providers' | 'force' | 'log'>,
): void {
  const served = new Set(providers.flatMap(({ offers }) => [...(offers.tables?.serves.datasets ?? [])]));
  const lines = unservedUses(uses, served).map(
    ({ use, datasets }) =>
      `  ${displayPath(use.file)}:${use.line}:${use.column} ${use.name} needs ${datasets.map((name) => `the data set ${name}`).join(' and ')}`,
  );
  if (lines.length === 0) return;
  const sources = providers.map((provider) => `${provider.name}: ${offerText(provider, 'tables') ?? 'no tables'}`);
  const text = [`The strategy asks for data that no source serves (${sources.join('; ')}):`, ...lines].join('\n');
  if (force) {
    log.warning(`${text}\nIt starts all the same (--force): each of these calls will throw NOT_SERVED.`);
    return;
  }
  throw new BtError(
    'NOT_SERVED',
    `${text}\nUse a gateway that serves it (a paper market does: --with-stub), take these calls out, or start with --force: then each of them throws NOT_SERVED.`,
    { fault: 'config' },
  );
}

/** The uses of names whose data sets are not all served, with those that are not. */
export function unservedUses(
  uses: readonly SourceUse[],
  served: ReadonlySet<DatasetName>,
): readonly { readonly use: SourceUse; readonly datasets: readonly DatasetName[] }[] {
  return uses.flatMap((use) => {
    const datasets = (NEEDS[use.name] ?? []).filter((name) => !served.has(name));
    return datasets.length === 0 ? [] : [{ use, datasets }];
  });
}
