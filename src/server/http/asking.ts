import type { JsonObject } from '../../protocol/json.ts';
import type { AccountConfig, SessionIdentity, SubAccountConfig } from '../account-types.ts';
import type { Outcome } from '../requests.ts';
import type { SessionView } from '../session-view.ts';
import { Subscriptions } from '../subscriptions.ts';
import { HttpProblem } from '../../net/http/problem.ts';

/** One request of a door beside the wire: carried out, limited, logged as a session's. Never rejects. */
export type Ask = (action: string, payload: JsonObject, caller: SessionView) => Promise<Outcome>;

/** What the door knows of the server that it leads to. */
export interface Behind {
  readonly ask: Ask;
  readonly accounts: readonly AccountConfig[];
  readonly subAccounts: readonly SubAccountConfig[];
}

/** Who asks: a peer without a session, whose every request names its account. */
export function callerOf(peer: string): SessionView {
  const identity: SessionIdentity = { accountKey: null, subAccountId: null };
  return { id: 'http', peer, identity, subscriptions: new Subscriptions(0) };
}

/** The payload of an answer. Throws HttpProblem: 503, 504, or by whose fault it is. */
export async function read(
  behind: Behind,
  caller: SessionView,
  action: string,
  payload: JsonObject = {},
): Promise<unknown> {
  const outcome = await behind.ask(action, payload, caller);
  if (outcome.kind === 'ok') return outcome.payload;
  throw failedRead(outcome);
}

/** Codes that say that what stands behind the server is away for the moment. */
const AWAY: ReadonlySet<string> = new Set(['QMT_UNAVAILABLE', 'QMT_RECONNECTING', 'SERVER_DOWN']);

export function failedRead(outcome: Exclude<Outcome, { kind: 'ok' }>): HttpProblem {
  if (outcome.kind === 'timeout') {
    const text = `Nothing was answered within ${outcome.limitMs / 1000} s. Ask again.`;
    return new HttpProblem(504, 'REQUEST_TIMEOUT', text);
  }
  const { code, message, fault } = outcome;
  if (AWAY.has(code)) return new HttpProblem(503, code, message);
  const status = fault === 'strategy' ? 422 : fault === 'bug' ? 500 : 502;
  return new HttpProblem(status, code, message);
}

/** The account a request is about: named, or the only one, or the one with the alias `default`; never guessed. Throws 400, 404. */
export function accountOf(behind: Behind, named: string | null): AccountConfig {
  const { accounts } = behind;
  const known = accounts.map(({ key }) => key).join(', ');
  if (named !== null) {
    const found = accounts.find(({ key }) => key === named);
    if (found !== undefined) return found;
    throw new HttpProblem(404, 'ACCOUNT_UNKNOWN', `There is no account "${named}". Name one of: ${known}.`);
  }
  const [only, ...others] = accounts;
  const chosen = others.length === 0 ? only : accounts.find(({ key }) => key === 'default');
  if (chosen !== undefined) return chosen;
  throw new HttpProblem(400, 'ACCOUNT_MISSING', `There are several accounts: name one of ${known} in "account".`);
}

/** The sub-account of this account that is meant, as `id` or `id@account`; null = none. Throws 404 for one that is not there. */
export function subAccountOf({ subAccounts }: Behind, { key }: AccountConfig, named: string | null): string | null {
  if (named === null) return null;
  const found = subAccounts.find(({ id, parent }) => parent === key && (named === id || named === `${id}@${parent}`));
  if (found !== undefined) return found.id;
  const there = subAccounts.filter(({ parent }) => parent === key).map(({ id }) => id);
  const known = there.length === 0 ? 'It has none.' : `Name one of: ${there.join(', ')}.`;
  throw new HttpProblem(404, 'SUB_ACCOUNT_UNKNOWN', `Account "${key}" has no sub-account "${named}". ${known}`);
}
