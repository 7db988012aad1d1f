import type { InstanceState } from '../../ledger/instance-state.ts';
import type { PositionScope } from './scope.ts';

const MINUTE_MS = 60_000;

export interface StartingCashParts {
  readonly state: Pick<InstanceState, 'startingCash' | 'begin' | 'seenPart' | 'see'>;
  readonly scope: PositionScope;
  /** With what the instance ran until now; null = it never did. */
  readonly former: PositionScope | null;
  /** Market time, epoch ms. */
  readonly now: number;
  /** What the account is worth by its own figures, CNY. */
  readonly whole: number;
  /** What the view of that part comes to now, CNY. */
  readonly worthOf: (scope: PositionScope) => number;
  /** Values of before are not to be compared with those that follow. Throws LEDGER_WRITE_FAILED. */
  readonly onOtherPart: () => void;
}

/**
 * Keeps what an instance began with: the value of what it sees. When it sees another part of the account than before
 * (`--positions`), what comes in sight or goes out of it is no profit and no loss. A life that an earlier version began has the
 * whole account's value, whatever it saw; what others held then nobody knows any more, so it stays while the part stays.
 * Throws LEDGER_WRITE_FAILED.
 */
export function keepStartingCash(parts: StartingCashParts): void {
  const { state, scope, former, now, whole, worthOf, onOtherPart } = parts;
  // A value of this minute is of the part that is seen now.
  const since = now - (now % MINUTE_MS);
  if (state.startingCash() === null) {
    state.see({ scope, since: former === null || former === scope ? 0 : since, shift: 0 });
    state.begin({ startingCash: scope === 'own' ? worthOf('own') : whole });
    return;
  }
  const before = state.seenPart();
  const isOther = (before?.scope ?? former ?? scope) !== scope;
  if (!isOther) return;
  // Reckoned anew first: should the run end in between, the next one does both.
  onOtherPart();
  const kept = before?.scope ?? 'all';
  const more = kept === scope ? 0 : worthOf(scope) - worthOf(kept);
  state.see({ scope, since, shift: (before?.shift ?? 0) + more });
}
