import { BtError } from '../../domain/errors.ts';
import { limitsStatus } from '../../domain/status/risk-status.ts';
import { emptyTally } from '../../domain/order/risk/tally.ts';
import type { RiskLimits } from '../../domain/order/risk/limits.ts';
import type { AccountView } from '../../domain/order/types.ts';
import { maskedAccount } from '../../domain/status/masked-account.ts';
import type { BrokerOrder, BrokerPosition } from '../../domain/trading.ts';
import type { InstanceState } from '../../ledger/instance-state.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { VenueHealth } from '../../venues/broker.ts';
import { holdingLines } from '../account/scope.ts';
import type { Events } from '../events.ts';

const REHEARSES = 'DRY RUN: this gateway answers orders as placed and sends none of them; nothing is ever filled';
const REHEARSES_NO_MORE = 'This gateway is no dry run any more: orders are sent';

/** Key of the answer in the ledger. */
const SETTING = 'real_money';

/** What of a run says whether real money may be traded. */
export interface RealMoneyOptions {
  /** `--real`: a person has seen what is there, and says that it may be traded. */
  readonly real: boolean;
  /** Where its gateway is; absent = not told. */
  readonly endpoint?: string;
}

export interface VenueTrustOptions extends RealMoneyOptions {
  readonly events: Events;
  readonly ledger: Pick<Ledger, 'setting' | 'choose'>;
  readonly state: Pick<InstanceState, 'accountId'>;
}

/** What a person is shown before real money is traded. */
export interface RealMoneyFacts {
  readonly account: AccountView | null;
  readonly positions: readonly BrokerPosition[];
  readonly foreignOrders: readonly BrokerOrder[];
  readonly limits: RiskLimits;
  /** Nobody has said yet what of the account the strategy sees. */
  readonly undecided: boolean;
}

/** Whether this venue may be sent orders: a stub always, real money when a person was shown the account and has said so. */
export class VenueTrust {
  readonly #options: VenueTrustOptions;
  #stub: boolean | null = null;
  #dryRun = false;
  #reason: string | null = 'the venue has not said what it is yet';

  constructor(options: VenueTrustOptions) {
    this.#options = options;
  }

  /** Why orders are refused on this venue, or null. */
  reason(): string | null {
    return this.#reason;
  }

  /**
   * At the start, when the account is known: a gateway that does not declare itself a stub is asked about once, and again when account
   * or gateway have changed. Throws REAL_UNDECIDED with what is there.
   */
  decide(health: VenueHealth, facts: RealMoneyFacts): void {
    const { real, ledger, events } = this.#options;
    if (!health.stub && !this.#isAllowed()) {
      if (!real) throw this.#undecided(health, facts);
      ledger.choose(SETTING, this.#answer());
    }
    if (health.stub && real)
      events.note(
        'info',
        null,
        '--real: this gateway declares itself a stub, there is nothing to allow. Nothing was kept.',
      );
    this.judge(health);
  }

  /** A gateway that comes back may be another one: what was a stub may trade real money now. */
  judge(health: VenueHealth): void {
    const { events } = this.#options;
    const { stub } = health;
    const dryRun = health.dryRun === true;
    if (dryRun !== this.#dryRun) events.note('warning', null, dryRun ? REHEARSES : REHEARSES_NO_MORE);
    this.#dryRun = dryRun;
    if (stub !== this.#stub) events.emit({ kind: 'venue', stub });
    this.#stub = stub;
    const reason =
      stub || this.#isAllowed()
        ? null
        : 'this gateway may trade real money (it does not declare itself a stub), and nobody has said that it may; start again: what is there is shown, and --real allows it';
    if (reason !== null && reason !== this.#reason) events.note('warning', null, `Orders will be refused: ${reason}`);
    this.#reason = reason;
  }

  #isAllowed(): boolean {
    return this.#options.ledger.setting(SETTING) === this.#answer();
  }

  /** What was allowed: this account behind this gateway. */
  #answer(): string {
    const { endpoint = '', state } = this.#options;
    return JSON.stringify({ gateway: endpoint, account: state.accountId() });
  }

  #undecided(
    { detail }: VenueHealth,
    { account, positions, foreignOrders, limits, undecided }: RealMoneyFacts,
  ): BtError {
    const { endpoint = 'the gateway', ledger, state } = this.#options;
    const number = state.accountId();
    const worth =
      account === null ? '' : `: ${account.totalValue.toFixed(2)} CNY, ${account.availableCash.toFixed(2)} of it cash`;
    const held = holdingLines(positions, foreignOrders);
    const first =
      ledger.setting(SETTING) === null ? 'for the first time ' : 'with another account or gateway than before ';
    const lines = [
      `This instance starts ${first}on a gateway that does not declare itself a stub: it may trade real money.`,
      `  gateway ${endpoint} (${detail})`,
      `  account ${number === null ? '?' : maskedAccount(number)}${worth}`,
      ...(held.length === 0 ? ['  holds nothing, nothing is open'] : held),
      `  limits: ${limitsText(limits)}`,
      `Start it with --real when it may be traded; it is asked once.${undecided && held.length > 0 ? ' Add --positions all (the strategy sees and sells everything, as at JoinQuant) or --positions own (only what it buys itself).' : ''}`,
    ];
    return new BtError('REAL_UNDECIDED', lines.join('\n'), { fault: 'config' });
  }
}

function limitsText(limits: RiskLimits): string {
  const none = { tally: emptyTally(''), account: null, firstOfDay: null, best: null, actionsNow: null };
  const on = limitsStatus(limits, none).flatMap(({ variable, limit }) =>
    limit === null ? [] : [`${variable}=${limit}`],
  );
  return on.length === 0 ? 'none' : on.join(', ');
}
