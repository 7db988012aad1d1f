import { amountText } from '../number-text.ts';
import type { SignalRow } from './row.ts';
import type { FollowRules } from './rules.ts';

/** Something that has become known of a signal. That time has passed is none. */
export type SignalFact =
  /** It cannot be ordered yet; looked at again then. `queued`: that is the opening it was queued for, from which its age counts. */
  | { readonly kind: 'later'; readonly until: number; readonly why: string; readonly queued?: boolean }
  /** What the rules make of it; it is ordered now. `quoteAt`: as in the row. */
  | {
      readonly kind: 'sized';
      readonly asked: number;
      readonly wanted: number;
      readonly carry: number;
      readonly value: number;
      readonly day: string;
      readonly notes: readonly string[];
      readonly quoteAt: number | null;
    }
  /** Its rest can be ordered now. */
  | { readonly kind: 'ready'; readonly quoteAt: number | null }
  | { readonly kind: 'refused'; readonly code: string; readonly reason: string }
  /** A later one of its source goes the other way. */
  | { readonly kind: 'overtaken'; readonly reason: string }
  /** It was in order, and nothing is to be done. */
  | { readonly kind: 'nothing'; readonly reason: string; readonly carry: number }
  | OrderEnded
  /** Its open order stays, and is judged again then. */
  | { readonly kind: 'left'; readonly quoteAt: number | null };

/** Its order number `attempt` has come to its end. */
export interface OrderEnded {
  readonly kind: 'order_ended';
  readonly attempt: number;
  /** Shares that the order was planned for; null = it never was. */
  readonly planned: number | null;
  readonly filled: number;
  /** `requote`: we cancelled it to order the rest anew. `unsent`: what is missing was certainly not sent, and may be. `over`: that is all. */
  readonly how: 'requote' | 'unsent' | 'over';
  readonly reason: string | null;
}

/** What is to be done. Each can be done twice without harm. */
export type SignalEffect =
  /** Look at gate, hours, rotation and quote, reckon, and tell `later`, `sized`, `ready`, `refused` or `nothing`. */
  | { readonly kind: 'prepare' }
  /** Order that many shares under that number, unless that was done, and tell how it ended. */
  | { readonly kind: 'order'; readonly attempt: number; readonly shares: number }
  /** Look at the quote: cancel its open order with those words, or tell `left`. */
  | { readonly kind: 'judge'; readonly why: string }
  | { readonly kind: 'wake'; readonly at: number }
  | { readonly kind: 'finish' };

/** Market ms after which what could not be sent is tried again. */
export const AGAIN_MS = 2_000;
/** How the words begin with which an order is cancelled so that its rest is ordered anew. */
export const REQUOTED = 'ordered anew:';

export type LifeRules = Pick<FollowRules, 'maxAgeSeconds' | 'requote'>;

/**
 * The one reducer of a signal's life: what the facts make of it, and what is to be done next. Pure; asked again without facts it says
 * the same again, so that after a restart it is asked with what the ledger holds. A signal that is done changes no more.
 */
export function advance(
  row: SignalRow,
  facts: readonly SignalFact[],
  now: number,
  rules: LifeRules,
): { readonly row: SignalRow; readonly effects: readonly SignalEffect[] } {
  const told = facts.reduce((before, fact) => applied(before, fact, now, rules), row);
  const next = told.phase === 'waiting' && now >= tooOldAt(told, rules) ? expired(told, now, rules) : told;
  const finished: SignalEffect[] = next.phase === 'done' && row.phase !== 'done' ? [{ kind: 'finish' }] : [];
  return { row: next, effects: [...due(next, now, rules), ...finished] };
}

/** When a signal that waits has waited too long. */
export function tooOldAt({ freshFrom, firstOrderedAt }: SignalRow, { maxAgeSeconds, requote }: LifeRules): number {
  if (firstOrderedAt === null) return freshFrom + maxAgeSeconds * 1000;
  return firstOrderedAt + Math.max(maxAgeSeconds, requote.totalSeconds) * 1000;
}

function due(row: SignalRow, now: number, rules: LifeRules): SignalEffect[] {
  switch (row.phase) {
    case 'waiting': {
      const old: SignalEffect = { kind: 'wake', at: tooOldAt(row, rules) };
      if (row.notBefore <= now) return [{ kind: 'prepare' }, old];
      return [{ kind: 'wake', at: Math.min(row.notBefore, old.at) }];
    }
    case 'ordered': {
      const order: SignalEffect = { kind: 'order', attempt: row.attempt, shares: restOf(row) };
      if (row.quoteAt === null) return [order];
      return [order, row.quoteAt <= now ? { kind: 'judge', why: cancelWhy(row, now, rules) } : wake(row.quoteAt)];
    }
    case 'done':
      return [];
  }
}

function wake(at: number): SignalEffect {
  return { kind: 'wake', at };
}

/** Shares of it that are not filled by orders that have ended. */
export function restOf({ wanted, filled }: Pick<SignalRow, 'wanted' | 'filled'>): number {
  return (wanted ?? 0) - filled;
}

/** With which words an order that nobody fills is cancelled. */
function cancelWhy(row: SignalRow, now: number, { requote }: LifeRules): string {
  const waited = `unfilled after ${requote.afterSeconds} s`;
  if (isSpent(row, now, requote)) return `${waited}, and not to be ordered again`;
  return `${REQUOTED} ${waited}`;
}

function isSpent({ requotes, firstOrderedAt }: SignalRow, now: number, requote: FollowRules['requote']): boolean {
  return requotes >= requote.times || now >= (firstOrderedAt ?? now) + requote.totalSeconds * 1000;
}

function applied(row: SignalRow, fact: SignalFact, now: number, rules: LifeRules): SignalRow {
  if (row.phase === 'done') return row;
  switch (fact.kind) {
    case 'later':
      return row.phase === 'waiting' ? postponed(row, fact) : row;
    case 'sized': {
      if (row.phase !== 'waiting' || row.asked !== null || now >= tooOldAt(row, rules)) return row;
      const { asked, wanted, carry, value, notes } = fact;
      const reckoned = { ...row, asked, wanted, carry, value, orderedDay: fact.day, notes: [...row.notes, ...notes] };
      return ordered({ ...reckoned, firstOrderedAt: now }, fact.quoteAt);
    }
    case 'ready':
      if (row.phase !== 'waiting' || row.asked === null || now >= tooOldAt(row, rules)) return row;
      return ordered(row, fact.quoteAt);
    case 'refused':
      return row.phase === 'waiting' ? ended(row, { code: fact.code, reason: fact.reason }, now) : row;
    case 'overtaken':
      return row.phase === 'waiting' ? ended(row, { code: 'OVERTAKEN', reason: fact.reason }, now) : row;
    case 'nothing':
      return row.phase === 'waiting'
        ? { ...ended({ ...row, carry: fact.carry }, { code: null, reason: fact.reason }, now), end: 'nothing' }
        : row;
    case 'left':
      return row.phase === 'ordered' ? { ...row, quoteAt: fact.quoteAt } : row;
    case 'order_ended':
      return row.phase === 'ordered' && fact.attempt === row.attempt ? orderEnded(row, fact, now, rules) : row;
  }
}

function postponed(row: SignalRow, { until, why, queued = false }: Extract<SignalFact, { kind: 'later' }>): SignalRow {
  return { ...row, notBefore: until, waitsFor: why, freshFrom: queued ? until : row.freshFrom };
}

function ordered(row: SignalRow, quoteAt: number | null): SignalRow {
  return { ...row, phase: 'ordered', waitsFor: null, attempt: row.attempt + 1, quoteAt };
}

function orderEnded(row: SignalRow, fact: OrderEnded, now: number, { requote }: LifeRules): SignalRow {
  const { planned, how, reason } = fact;
  // The plan let less through: that is what could be had.
  const isCut = planned !== null && planned < restOf(row) && how !== 'unsent';
  const wanted = isCut ? row.filled + planned : row.wanted;
  const notes = isCut
    ? [...row.notes, `${amountText(restOf(row))} became ${amountText(planned)} by cash or holdings`]
    : row.notes;
  const after = { ...row, wanted, notes, filled: row.filled + fact.filled, quoteAt: null };
  if (restOf(after) <= 0) return ended(after, { code: null, reason: null }, now);
  const again = { ...after, phase: 'waiting' as const, notBefore: now, waitsFor: reason };
  if (how === 'unsent') return { ...again, notBefore: now + AGAIN_MS };
  if (how === 'requote' && !isSpent(row, now, requote)) return { ...again, requotes: row.requotes + 1 };
  return ended(after, { code: planned === null ? 'NOT_ORDERED' : 'UNFILLED', reason: reason ?? 'unfilled' }, now);
}

function expired(row: SignalRow, now: number, { maxAgeSeconds, requote }: LifeRules): SignalRow {
  const why = row.waitsFor === null ? '' : `: ${row.waitsFor}`;
  const waited = row.firstOrderedAt === null ? maxAgeSeconds : Math.max(maxAgeSeconds, requote.totalSeconds);
  const text =
    row.firstOrderedAt === null || row.filled === 0
      ? `it could not be ordered within ${waited} s${why}`
      : `its rest could not be ordered within ${waited} s${why}`;
  return ended(row, { code: 'EXPIRED', reason: text }, now);
}

/** Exactly one end: by what was filled. What was changed on the way goes before why it ended so. */
function ended(
  row: SignalRow,
  { code, reason }: { readonly code: string | null; readonly reason: string | null },
  now: number,
): SignalRow {
  const { asked, filled, notes } = row;
  const end = filled <= 0 ? 'refused' : filled >= (asked ?? 0) ? 'filled' : 'partly_filled';
  const words = [...notes, ...(reason === null ? [] : [reason])];
  return {
    ...row,
    phase: 'done',
    waitsFor: null,
    quoteAt: null,
    end,
    code: end === 'refused' ? (code ?? 'UNFILLED') : null,
    reason: words.length === 0 ? null : words.join('; '),
    endedAt: now,
    // What was not bought is free for others of the day.
    value: row.wanted === null || row.wanted <= 0 ? 0 : (row.value * filled) / row.wanted,
  };
}
