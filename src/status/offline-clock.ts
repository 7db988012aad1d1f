import type { Ledger } from '../ledger/ledger.ts';

/**
 * Market time of an instance that nobody runs, epoch ms: the wall's, except where its clock was a simulated one. That stands where the
 * ledger was written last.
 */
export function offlineNow(clock: string, ledger: Pick<Ledger, 'look'>, wallNow: number): number {
  return clock === 'wall' ? wallNow : (ledger.look.latest() ?? wallNow);
}
