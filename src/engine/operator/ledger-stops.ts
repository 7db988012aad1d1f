import { BtError } from '../../domain/errors.ts';
import type { RiskRule } from '../../domain/order/risk/rule.ts';
import { instantOf } from '../../domain/time.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { hasKillFile, removeKillFile, type KillOrder } from '../../platform/kill-file.ts';
import type { RiskControls } from './risk-commands.ts';

/** Seconds. */
const DAY = 86_400;

/**
 * Kill, pause and resume where no order path is: before a run has reached its gateway, and while none runs. The ledger is all that is
 * written; the run that comes reads it.
 */
export class LedgerStops implements RiskControls {
  readonly #ledger: Pick<Ledger, 'risk'>;
  readonly #folder: string;
  readonly #now: () => number;

  /** `now`: market time, epoch ms. */
  constructor(ledger: Pick<Ledger, 'risk'>, folder: string, now: () => number) {
    this.#ledger = ledger;
    this.#folder = folder;
    this.#now = now;
  }

  pull({ cancel, flatten, reason }: KillOrder): void {
    const { risk } = this.#ledger;
    const former = risk.stops().some(({ rule }) => rule === 'kill') ? risk.killWish() : null;
    const wish = {
      cancel: cancel || flatten || former?.cancel === true,
      flatten: flatten || former?.flatten === true,
      done: false,
    };
    if (former === null)
      risk.stop({ rule: 'kill', stops: 'all', day: null, at: this.#now(), text: `${reason}.` }, wish);
    else risk.keepKillWish(wish);
  }

  pause(why: string): void {
    if (this.stopped().includes('pause')) return;
    this.#ledger.risk.stop({ rule: 'pause', stops: 'all', day: null, at: this.#now(), text: `${why}.` });
  }

  /** What ended with its day by itself stands in the ledger until somebody lets it go on. */
  stopped(): readonly RiskRule[] {
    const rules = this.#ledger.risk.stops().map(({ rule }) => rule);
    return hasKillFile(this.#folder) && !rules.includes('kill') ? [...rules, 'kill'] : rules;
  }

  /** Throws KILL_FILE_STAYS, LEDGER_WRITE_FAILED. */
  lift(why: string): void {
    const { risk } = this.#ledger;
    const stops = risk.stops();
    const now = this.#now();
    removeKillFile(this.#folder);
    risk.lift(
      stops.map(({ rule }) => rule),
      now,
      why,
    );
    // What ended with its day by itself has nothing to begin anew.
    const isOver = (day: string | null): boolean => day !== null && risk.firstEquity(instantOf(day, DAY)) !== null;
    const isLoss = (rule: RiskRule): boolean => rule === 'daily_loss' || rule === 'drawdown';
    if (stops.some(({ rule, day }) => isLoss(rule) && !isOver(day))) risk.countEquityFrom(now);
  }
}

/** What a run that is still coming up is told to do another time. */
export function stillStarting(command: string): BtError {
  return new BtError(
    'STARTING',
    `The run is still starting: it has not reached its gateway, so "${command}" can do nothing yet. Try again when it is READY; bt kill, bt pause and bt resume are obeyed now.`,
    { fault: 'config' },
  );
}
