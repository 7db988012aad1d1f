import { BtError, errorCode } from '../../domain/errors.ts';
import type { FollowRules } from '../../domain/follow/rules.ts';
import { moneyText } from '../../domain/number-text.ts';
import type { AccountView } from '../../domain/order/types.ts';
import { partKey, type InstanceState } from '../../ledger/instance-state.ts';
import type { CashMove } from '../../ledger/rows.ts';
import type { SubPlan } from '../account/subs/sub-plan.ts';
import type { SubPortfolios } from '../account/subs/sub-portfolios.ts';
import type { Events } from '../events.ts';
import type { Followed, FollowedStrategies } from './strategies.ts';

/** Which sub-portfolio each strategy that was ever followed has, by name, as JSON. */
const PARTS_KEY = 'follow_parts';
/** What is less is rounding, CNY. */
const CRUMB = 0.01;
/** The file that a life is of, where there is none. */
const NO_FILE = 'bt follow';

export interface ShareParts {
  readonly state: InstanceState;
  readonly portfolios: Pick<SubPortfolios, 'divide' | 'extend' | 'move' | 'view'>;
  readonly setting: (key: string) => string | null;
  readonly events: Pick<Events, 'note'>;
  /** Market time, epoch ms. */
  readonly now: number;
}

/** By name: a strategy may bear any, also one that each object has. */
type Parts = ReadonlyMap<string, number>;

/**
 * Gives each strategy its own part of the account, for ever: one that names `cash` a sub-portfolio with that much, the one that names none
 * what no other has. A strategy that is new gets one, and one whose `cash` was changed gets the difference. Throws BAD_CONFIG.
 */
export function divideAmong(all: readonly FollowRules[], parts: ShareParts): FollowedStrategies {
  const file = parts.state.strategyFile();
  if (file !== null && file !== NO_FILE)
    throw new BtError(
      'STATE_REFUSED',
      `This folder is that of the strategy ${file}. Name another with --name or --state.`,
      { fault: 'config' },
    );
  const known = readParts(parts.setting(PARTS_KEY));
  checkParts(all, known);
  const given = parts.state.hasBegun() ? extended(all, known, parts) : begun(all, parts);
  const followed = new Map<string, Followed>();
  for (const rules of all) followed.set(rules.name, { rules, pindex: given.get(rules.name) ?? 0 });
  adjustCash(followed, parts);
  return followed;
}

function readParts(text: string | null): Parts {
  return new Map(Object.entries(JSON.parse(text ?? '{}') as Readonly<Record<string, number>>));
}

function partsText(parts: Parts): string {
  return JSON.stringify(Object.fromEntries(parts));
}

function checkParts(all: readonly FollowRules[], known: Parts): void {
  const whole = all.filter(({ cash }) => cash === null).map(({ name }) => name);
  if (whole.length > 1)
    throw bad(`${whole.join(' and ')} name no "cash": each strategy but one needs its part of the account in CNY.`);
  for (const { name, cash } of all) {
    const part = known.get(name);
    if (part === undefined || (part === 0) === (cash === null)) continue;
    throw bad(
      part === 0
        ? `${name} was followed without "cash" until now, so that its holdings are those of no part: leave "cash" out, or give the strategy another name.`
        : `${name} has a part of its own: write how much in "cash", or give the strategy another name.`,
    );
  }
}

/** The first start: all of it in one commit. */
function begun(all: readonly FollowRules[], { state, portfolios, now }: ShareParts): Parts {
  const own = all.filter(({ cash }) => cash !== null);
  const given = partsOf(all, new Map(), 1);
  const begin = (plan: SubPlan | null): void => {
    const settings = new Map([[PARTS_KEY, partsText(given)]]);
    if (plan !== null) settings.set(partKey('subportfolios'), JSON.stringify(plan));
    state.beginLife({ at: now, file: NO_FILE }, '', { variables: [], settings });
  };
  if (own.length === 0) {
    begin(null);
    return given;
  }
  const asked = own.reduce((sum, { cash }) => sum + (cash ?? 0), 0);
  const has = requireView(portfolios.view()).availableCash;
  if (asked > has + CRUMB)
    throw bad(
      `"cash" of all strategies is ${moneyText(asked)} CNY and the account has ${moneyText(has)} available: write less.`,
    );
  const configs = [has - asked, ...own.map(({ cash }) => cash ?? 0)].map((cash) => ({
    type: 'stock' as const,
    cash: Math.max(0, cash),
  }));
  portfolios.divide(configs, begin);
  return given;
}

/** Strategies that are new since. */
function extended(all: readonly FollowRules[], known: Parts, { state, portfolios }: ShareParts): Parts {
  const next = Math.max(0, ...known.values()) + 1;
  const given = partsOf(all, known, next);
  if (given.size === known.size) return known;
  const count = Math.max(0, ...given.values()) + 1;
  const keep = (plan: SubPlan | null): void => {
    const settings = new Map([[PARTS_KEY, partsText(given)]]);
    if (plan !== null) settings.set(partKey('subportfolios'), JSON.stringify(plan));
    state.keep({ variables: [], settings });
  };
  portfolios.extend(count, keep);
  return given;
}

function partsOf(all: readonly FollowRules[], known: Parts, first: number): Parts {
  let next = first;
  const given = new Map(known);
  for (const { name, cash } of all) if (!given.has(name)) given.set(name, cash === null ? 0 : next++);
  return given;
}

/** What the configuration gives a strategy more or less than it was given so far; what is not there now is told. */
function adjustCash(followed: FollowedStrategies, { state, portfolios, events }: ShareParts): void {
  const keep = (plan: SubPlan | null, moves: readonly CashMove[]): void => {
    const settings = new Map(plan === null ? [] : [[partKey('subportfolios'), JSON.stringify(plan)]]);
    state.keep({ variables: [], settings, moves });
  };
  for (const { rules, pindex } of followed.values()) {
    if (rules.cash === null || pindex === 0) continue;
    const more = rules.cash - (portfolios.view()?.subs?.[pindex]?.startingCash ?? 0);
    if (Math.abs(more) < CRUMB) continue;
    const move = more > 0 ? { from: 0, to: pindex, cash: more } : { from: pindex, to: 0, cash: -more };
    try {
      portfolios.move(move, null, keep);
    } catch (error) {
      if (errorCode(error) !== 'NOT_ENOUGH_CASH') throw error;
      const text = `"cash" of ${rules.name} is ${moneyText(rules.cash)} CNY, ${moneyText(Math.abs(more))} ${more > 0 ? 'more' : 'less'} than it was given so far, and so much is not free now: it stays as it was until the next start.`;
      events.note('warning', null, text);
    }
  }
}

function requireView(view: AccountView | null): AccountView {
  if (view !== null) return view;
  const text = 'The account was not read at start. Look at the gateway and start again.';
  throw new BtError('ACCOUNT_NOT_READ', text, { fault: 'venue' });
}

function bad(text: string): BtError {
  return new BtError('BAD_CONFIG', `The strategies: ${text}`, { fault: 'config' });
}
