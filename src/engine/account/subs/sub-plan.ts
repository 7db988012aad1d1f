import type { MoveRequest, SubConfig } from '../../../../runtime/host.ts';
import { BtError } from '../../../domain/errors.ts';
import { isRepo } from '../../../domain/market/repo.ts';
import { moneyText } from '../../../domain/number-text.ts';
import type { SubGrant } from '../../../domain/order/sub-portfolios.ts';
import { viewOfSub } from '../../../domain/order/sub-portfolios.ts';
import type { AccountView } from '../../../domain/order/types.ts';
import type { CashMove } from '../../../ledger/rows.ts';

/** How an account was divided, as a life keeps it. */
export interface SubPlan {
  /** Market time, epoch ms: orders of before are of no sub-portfolio but the first. */
  readonly at: number;
  /** What each was given then, CNY; of the first, what it was worth. */
  readonly grants: readonly SubGrant[];
  readonly aside: number;
}

/** JoinQuant's own bound. */
const MOST = 100;
/** What sums of parts may be above the whole by rounding, CNY. */
const ROUNDING = 0.05;
/** What nobody has asked for and is less is left to the first sub-portfolio, CNY. */
const CRUMB = 1;

/** How an account is divided as it is asked for. Throws BAD_SUBPORTFOLIOS when it has not so much. */
export function planOf(configs: readonly SubConfig[], view: AccountView, at: number): SubPlan {
  const [first, ...others] = configs;
  if (first === undefined || configs.length > MOST)
    throw bad(`takes 1 to ${MOST} sub-portfolios, was ${configs.length}.`);
  const sum = others.reduce((total, { cash }) => total + cash, 0);
  const all = sum + first.cash;
  const { availableCash, totalValue, startingCash } = view;
  const most = Math.max(totalValue, startingCash);
  if (all > most + ROUNDING)
    throw bad(
      `asks for ${moneyText(all)} CNY in all and the account has ${moneyText(most)}: ask for parts of context.portfolio.starting_cash.`,
    );
  if (sum > availableCash + ROUNDING)
    throw bad(
      `the sub-portfolios beside the first ask for ${moneyText(sum)} CNY in cash and the account has ${moneyText(availableCash)} available (what it holds belongs to the first): ask for less, or sell before the first start.`,
    );
  const left = availableCash - all;
  const aside = left < CRUMB ? 0 : left;
  const worth = Math.max(first.cash, startingCash - aside - sum);
  return { at, grants: [{ ...first, cash: worth }, ...others], aside };
}

/** What each has been given by now, and what is put aside. `shift`: what has come in sight of the account since, the first one's, CNY. */
export function grantsOf(plan: SubPlan, moves: readonly CashMove[], shift: number): Pick<SubPlan, 'grants' | 'aside'> {
  const cash = plan.grants.map((grant, pindex) => grant.cash + (pindex === 0 ? shift : 0));
  let { aside } = plan;
  const add = (pindex: number | null, change: number): void => {
    if (pindex === null) aside += change;
    else cash[pindex] = (cash[pindex] ?? 0) + change;
  };
  for (const move of moves) {
    add(move.from, -move.cash);
    add(move.to, move.cash);
  }
  return { grants: plan.grants.map((grant, index) => ({ ...grant, cash: cash[index] ?? grant.cash })), aside };
}

/** How the account is divided, in one line. */
export function divisionText({ subs = [], aside = 0 }: AccountView): string {
  const parts = subs.map(({ availableCash }, pindex) => `${pindex} with ${moneyText(availableCash)} CNY`);
  const rest = aside > 0 ? `; ${moneyText(aside)} CNY of the account are put aside, in none of them` : '';
  return `Sub-portfolios, by cash: ${parts.join(', ')}${rest}.`;
}

/** `1000.00 CNY from sub-portfolio 0 to what is put aside` */
export function moveText({ from, to, cash }: MoveRequest): string {
  const place = (pindex: number | null): string => (pindex === null ? 'what is put aside' : `sub-portfolio ${pindex}`);
  return `${moneyText(cash)} CNY from ${place(from)} to ${place(to)}`;
}

/** Why an order of that sub-portfolio is never carried out, or null. */
export function refusalIn(view: AccountView, pindex: number, security: string): string | null {
  if (viewOfSub(view, pindex) === null) return noSubText(pindex, view.subs?.length ?? 1);
  // What was lent comes back at night, with interest, and no list of trades says to whom.
  return pindex > 0 && isRepo(security)
    ? `${security} is lent from sub-portfolio 0 alone: transfer_cash() the money there first.`
    : null;
}

/** Throws NO_SUBPORTFOLIO and NOT_ENOUGH_CASH: then nothing is moved. */
export function checkMove({ from, to, cash }: MoveRequest, view: AccountView): void {
  for (const pindex of [from, to]) if (pindex !== null && viewOfSub(view, pindex) === null) throw noSub(pindex, view);
  const has = from === null ? (view.aside ?? 0) : (viewOfSub(view, from)?.availableCash ?? 0);
  if (cash <= has + ROUNDING / 10) return;
  const [asked, had] = [moneyText(cash), moneyText(has)];
  throw new BtError(
    'NOT_ENOUGH_CASH',
    from === null
      ? `${asked} CNY cannot be put in: ${had} of the account are put aside. bt moves no money into the account: what is paid in at the broker is sub-portfolio 0's, and inout_cash() only brings back what set_subportfolios() has left out or inout_cash() has taken out.`
      : `${asked} CNY cannot be taken from sub-portfolio ${from}: ${had} are available there. Ask for no more than its available_cash.`,
    { fault: 'strategy' },
  );
}

/** One key is one move: another one must not be taken for it. Throws MOVE_KEY_TAKEN. */
export function checkSameMove(known: CashMove, asked: MoveRequest): void {
  if (known.from === asked.from && known.to === asked.to && known.cash === asked.cash) return;
  const text = `The key ${known.key} is that of another move, of ${moneyText(known.cash)} CNY. Nothing was moved.`;
  throw new BtError('MOVE_KEY_TAKEN', text, { fault: 'strategy' });
}

function noSub(pindex: number, { subs }: AccountView): BtError {
  return new BtError('NO_SUBPORTFOLIO', noSubText(pindex, subs?.length ?? 1), { fault: 'strategy' });
}

function noSubText(pindex: number, count: number): string {
  const there = count === 1 ? 'there is one, 0' : `there are ${count}, 0 to ${count - 1}`;
  return `there is no sub-portfolio ${pindex} (${there}): set_subportfolios() in initialize makes them.`;
}

function bad(problem: string): BtError {
  return new BtError('BAD_SUBPORTFOLIOS', `set_subportfolios: ${problem}`, { fault: 'strategy' });
}
