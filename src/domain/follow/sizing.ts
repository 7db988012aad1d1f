import { lotRule, roundBuyAmount, roundSellAmount } from '../market/lot.ts';
import { amountText, moneyText } from '../number-text.ts';
import type { Signal, SourcePicture } from './signal.ts';
import type { FollowRules } from './rules.ts';

/** What a signal is reckoned with. */
export interface SizeInputs {
  readonly rules: FollowRules;
  readonly signal: Pick<Signal, 'security' | 'side' | 'amount' | 'isClosing'>;
  /** `correction`: the amount is ours already. */
  readonly origin: 'source' | 'correction';
  readonly picture: SourcePicture | null;
  /** CNY a share. */
  readonly price: number;
  /** What the strategy holds of the security, and what of it can be sold now. */
  readonly held: number;
  readonly closeable: number;
  /** CNY: the strategy's part of the account. */
  readonly totalValue: number;
  /** Shares of the source's that it is not to trade (`crossing`). */
  readonly netted: number;
  /** Shares that earlier signals of its security and side have left over. */
  readonly collected: number;
  /** CNY of the strategy's buys today. */
  readonly spentToday: number;
}

export type Sized =
  | {
      readonly kind: 'order';
      /** Shares by the rules, and what limits and holdings leave of them. */
      readonly asked: number;
      readonly wanted: number;
      readonly carry: number;
      readonly notes: readonly string[];
    }
  | { readonly kind: 'refused'; readonly code: string; readonly reason: string }
  | { readonly kind: 'nothing'; readonly reason: string; readonly carry: number };

/** Shares before lots, and whether all that is held is to go; or why there are none. */
type Exact = { readonly shares: number; readonly isAll: boolean } | Extract<Sized, { kind: 'refused' | 'nothing' }>;

/** How many shares a signal is to us. Every reduction is told. Pure. */
export function sizeSignal(inputs: SizeInputs): Sized {
  const exact = exactShares(inputs);
  if ('kind' in exact) return exact;
  const part = tradedPart(exact, inputs);
  if (part === 1) return sizedShares(exact, inputs);
  const { side, amount } = inputs.signal;
  if (part === 0)
    return {
      kind: 'nothing',
      reason: `${amountText(amount)} before it were not ${side === 'buy' ? 'sold' : 'bought'}: neither is traded`,
      carry: 0,
    };
  // What is a whole number of shares is one, whatever the division has left.
  const shares = Math.round(exact.shares * part * 1e6) / 1e6;
  const sized = sizedShares({ shares, isAll: false }, inputs);
  if (sized.kind !== 'order') return sized;
  const note = `${amountText(amount)} of the source became ${amountText(amount * part)}: the rest was not ${side === 'buy' ? 'sold' : 'bought'} before`;
  return { ...sized, notes: [note, ...sized.notes] };
}

/** Of what the source trades. What follows weights or all that is held, and a person's correction, is reckoned from what is held. */
function tradedPart({ isAll }: { readonly isAll: boolean }, { rules, origin, signal, netted }: SizeInputs): number {
  if (isAll || rules.mode === 'mirror' || origin === 'correction' || netted <= 0) return 1;
  return Math.max(0, signal.amount - netted) / signal.amount;
}

function sizedShares(exact: { readonly shares: number; readonly isAll: boolean }, inputs: SizeInputs): Sized {
  return inputs.signal.side === 'buy' ? buyShares(exact.shares, inputs) : sellShares(exact, inputs);
}

function exactShares(inputs: SizeInputs): Exact {
  const { signal, rules, held } = inputs;
  const isAll = signal.side === 'sell' && isClosing(inputs);
  if (inputs.origin === 'correction') return { shares: signal.amount, isAll: signal.amount >= held };
  switch (rules.mode) {
    case 'ratio':
      return { shares: isAll ? held : signal.amount * rules.ratio, isAll };
    case 'fixed':
      return fixedShares(inputs, isAll);
    case 'mirror':
      return mirrorShares(inputs);
  }
}

/** The source says so, or its picture of after the sell shows none. */
function isClosing({ signal, picture }: SizeInputs): boolean {
  if (signal.isClosing !== null) return signal.isClosing;
  return picture !== null && heldBySource(picture, signal.security) === 0;
}

function heldBySource({ positions }: SourcePicture, security: string): number {
  return positions.find((held) => held.security === security)?.amount ?? 0;
}

function fixedShares({ signal, picture, rules, price, held }: SizeInputs, isAll: boolean): Exact {
  const shares = (rules.fixedValue ?? 0) / price;
  if (signal.side === 'buy') return { shares, isAll: false };
  if (isAll) return { shares: held, isAll };
  // The part that the source sells of what it had, where it shows what is left.
  const left = picture === null ? null : heldBySource(picture, signal.security);
  return { shares: left === null ? shares : (held * signal.amount) / (left + signal.amount), isAll: false };
}

function mirrorShares({ signal, picture, price, held, totalValue }: SizeInputs): Exact {
  const whole = picture?.totalValue ?? null;
  if (picture === null || whole === null || whole <= 0)
    return {
      kind: 'refused',
      code: 'NO_PICTURE',
      reason: 'mode "mirror" needs the positions and the total value of the source with each signal',
    };
  const target = (sourceWorth(picture, signal.security, price) / whole) * (totalValue / price);
  const shares = signal.side === 'buy' ? target - held : held - target;
  if (shares > 0) return { shares, isAll: signal.side === 'sell' && target === 0 };
  const reason = `${amountText(held)} are held, the source's weight is ${amountText(Math.round(target))}`;
  return { kind: 'nothing', reason, carry: 0 };
}

/** CNY that the source has in a security. */
export function sourceWorth({ positions }: SourcePicture, security: string, price: number): number {
  const row = positions.find((held) => held.security === security);
  return row === undefined ? 0 : (row.value ?? row.amount * (row.price ?? price));
}

function buyShares(exact: number, inputs: SizeInputs): Sized {
  const { signal, rules, collected, held } = inputs;
  const { minBuy } = lotRule(signal.security);
  const collects = rules.smallLots === 'collect';
  const all = exact + (collects ? collected : 0);
  let asked = roundBuyAmount(signal.security, all);
  const notes = changeText(exact, asked, collects && collected !== 0);
  if (asked === 0) {
    const text = `${amountText(exact)} of ${signal.security} are less than one lot of ${minBuy}`;
    if (collects) return { kind: 'nothing', reason: `${text}: kept for the next signal`, carry: exact };
    if (rules.smallLots === 'skip' || held > 0) return { kind: 'refused', code: 'BELOW_LOT', reason: text };
    asked = minBuy;
    notes.splice(0, Infinity, `${text}: made one lot, once`);
  }
  const limited = limitedBuy(asked, inputs);
  if (limited.shares === 0) return { kind: 'refused', code: 'MAX_VALUE', reason: limited.notes.join('; ') };
  const carry = collects ? exact - asked : 0;
  return { kind: 'order', asked, wanted: limited.shares, carry, notes: [...notes, ...limited.notes] };
}

/** What the strategy's limits of value let through. */
function limitedBuy(
  asked: number,
  { signal, rules, price, spentToday }: SizeInputs,
): { shares: number; notes: string[] } {
  const notes: string[] = [];
  let shares = asked;
  const cut = (cny: number | null, name: string): void => {
    if (cny === null || shares * price <= cny) return;
    const fits = roundBuyAmount(signal.security, Math.max(0, cny) / price);
    notes.push(`${amountText(shares)} became ${amountText(fits)} by ${name} (${moneyText(Math.max(0, cny))} CNY)`);
    shares = fits;
  };
  cut(rules.maxOrderValue, '"maxOrderValue"');
  cut(rules.maxDayValue === null ? null : rules.maxDayValue - spentToday, 'what "maxDayValue" leaves today');
  return { shares, notes };
}

function sellShares(exact: { readonly shares: number; readonly isAll: boolean }, inputs: SizeInputs): Sized {
  const { signal, rules, held, closeable, collected } = inputs;
  const { security } = signal;
  if (held <= 0) return { kind: 'refused', code: 'NOT_HELD', reason: `nothing of ${security} is held` };
  if (closeable <= 0) {
    const text = `${amountText(held)} ${security} are held and none can be sold now (bought today, or in open sells)`;
    return { kind: 'refused', code: 'NOT_CLOSEABLE', reason: text };
  }
  const collects = rules.smallLots === 'collect' && !exact.isAll;
  const all = exact.isAll ? held : Math.min(held, exact.shares + (collects ? collected : 0));
  const wanted = sellLots(all, inputs);
  const isMore = !exact.isAll && exact.shares > held;
  const notes = [
    ...(isMore ? [`${amountText(exact.shares)} became ${amountText(held)}, which is all that is held`] : []),
    ...changeText(exact.isAll || isMore ? held : exact.shares, wanted, collects && collected !== 0),
  ];
  if (all > closeable)
    notes.splice(0, Infinity, `of ${amountText(Math.floor(all))} ${amountText(wanted)} can be sold now`);
  if (wanted > 0) {
    const asked = all > closeable ? Math.max(wanted, Math.floor(all)) : wanted;
    return { kind: 'order', asked, wanted, carry: collects ? exact.shares - wanted : 0, notes };
  }
  return smallSell(exact.shares, inputs);
}

function sellLots(all: number, { signal, rules, closeable }: SizeInputs): number {
  const lots = roundSellAmount(signal.security, all, closeable);
  return rules.oddLots ? lots : roundBuyAmount(signal.security, lots);
}

function smallSell(exact: number, { signal, rules, closeable }: SizeInputs): Sized {
  const { security } = signal;
  const { minBuy } = lotRule(security);
  const text = `${amountText(exact)} of ${security} are less than one lot of ${minBuy}`;
  if (rules.smallLots === 'collect')
    return { kind: 'nothing', reason: `${text}: kept for the next signal`, carry: exact };
  if (rules.smallLots === 'skip' || closeable < minBuy) return { kind: 'refused', code: 'BELOW_LOT', reason: text };
  return { kind: 'order', asked: minBuy, wanted: minBuy, carry: 0, notes: [`${text}: made one lot`] };
}

function changeText(exact: number, lots: number, isCollected: boolean): string[] {
  if (Math.abs(exact - lots) < 1e-6) return [];
  return [
    `${amountText(exact)} became ${amountText(lots)} in whole lots${isCollected ? ', with what was left over before' : ''}`,
  ];
}
