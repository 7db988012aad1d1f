import type { InstanceState } from '../../ledger/instance-state.ts';
import type { Events } from '../events.ts';

export interface AccountIdentityOptions {
  readonly state: InstanceState;
  readonly events: Events;
  /** Called once when the gateway begins to show another account. */
  readonly onOther: (reason: string) => void;
}

/** An instance trades one account from the first reading on that is believed: a gateway that shows another one gets no orders. */
export class AccountIdentity {
  readonly #options: AccountIdentityOptions;
  #reason: string | null = null;
  /** The account that was shown instead, while it is an alarm. */
  #other: string | null = null;

  constructor(options: AccountIdentityOptions) {
    this.#options = options;
  }

  /** Whether it is known which account is ours. */
  isKnown(): boolean {
    return this.#options.state.accountId() !== null;
  }

  /** Why the account that was read last is not ours; null = it is, or the venue does not say. */
  reason(): string | null {
    return this.#reason;
  }

  /** A reading with that id is believed (null = the venue does not say): the first one is kept in the ledger. Throws LEDGER_WRITE_FAILED. */
  keep(accountId: string | null): void {
    const { state } = this.#options;
    if (accountId !== null && state.accountId() === null) state.begin({ accountId });
  }

  /** Takes the id of a reading (null = the venue does not say); why it is not ours, or null. */
  check(accountId: string | null): string | null {
    const { state, events, onOther } = this.#options;
    if (accountId === null) return this.#reason;
    const known = state.accountId();
    if (known === null || known === accountId) {
      this.#clear(`The gateway shows account ${accountId} again.`);
      this.#reason = null;
      return null;
    }
    const reason = `the gateway shows account ${accountId}, and this instance trades ${known}`;
    const isNew = this.#reason !== reason;
    this.#reason = reason;
    if (!isNew) return reason;
    this.#clear(`The gateway shows account ${accountId} now.`);
    this.#other = accountId;
    const text = `Nothing is traded: ${reason}. Put the gateway back on ${known}, or start another instance with its own --name.`;
    events.alarm('ACCOUNT_OTHER', accountId, text);
    onOther(reason);
    return reason;
  }

  #clear(text: string): void {
    const subject = this.#other;
    this.#other = null;
    if (subject !== null) this.#options.events.emit({ kind: 'all_clear', code: 'ACCOUNT_OTHER', subject, text });
  }
}
