import { isSecurity } from '../market/symbol.ts';
import { requestRefusal } from '../order/plan.ts';
import { chinaText } from '../time.ts';
import { CLOCK_AHEAD_SECONDS, type FollowRules } from './rules.ts';
import type { Signal } from './signal.ts';

/** Why a signal is not followed: a stable word, and a sentence. */
export interface Refusal {
  readonly code: string;
  readonly reason: string;
}

type Asked = Pick<Signal, 'security' | 'side' | 'amount' | 'price' | 'sentAt'>;

/**
 * Why a signal that has just come (market time `now`) is never followed, or null. Account and market are not looked at. `isSimulated`: that is
 * the time of a simulated clock, which no sender has wrong.
 */
export function signalRefusal(signal: Asked, rules: FollowRules, now: number, isSimulated = false): Refusal | null {
  return unreadable(signal) ?? notAllowed(signal, rules) ?? untimely(signal, rules, now, isSimulated);
}

/** What a sender of another time than a simulated clock's is told. */
export function simulatedClockText(now: number): string {
  return `this follower runs on a simulated clock (--at), which shows ${chinaText(now)}. It follows only what is sent by that clock; start it without --at for signals of now.`;
}

function unreadable({ security, amount, price }: Asked): Refusal | null {
  if (!isSecurity(security))
    return refusal('BAD_SECURITY', `"${security.slice(0, 40)}" is no code of JoinQuant, like 600000.XSHG.`);
  if (!Number.isSafeInteger(amount) || amount <= 0)
    return refusal('BAD_AMOUNT', `An amount of ${amount} is not possible: whole shares above 0.`);
  if (price !== null && !(Number.isFinite(price) && price > 0))
    return refusal('BAD_PRICE', `A price of ${price} is not possible.`);
  const style = { kind: 'market', limitPrice: null } as const;
  const asked = {
    kind: 'amount',
    security,
    quantity: amount,
    style,
    waitTimeout: 0,
    remark: null,
    keep: null,
  } as const;
  const never = requestRefusal(asked);
  return never === null ? null : refusal('NOT_SERVED', never);
}

function notAllowed({ security, side }: Asked, rules: FollowRules): Refusal | null {
  if (rules.sides !== 'both' && rules.sides !== side)
    return refusal('SIDE', `${side}s are not followed: "sides" of ${rules.name} is ${rules.sides}.`);
  if (rules.deny.includes(security)) return refusal('DENIED', `${security} is in "deny" of ${rules.name}.`);
  if (rules.allow.length > 0 && !rules.allow.includes(security))
    return refusal('NOT_ALLOWED', `${security} is not in "allow" of ${rules.name}.`);
  return null;
}

function untimely(
  { sentAt }: Asked,
  { maxAgeSeconds }: FollowRules,
  now: number,
  isSimulated: boolean,
): Refusal | null {
  const age = (now - sentAt) / 1000;
  if (age > maxAgeSeconds)
    return refusal(
      'EXPIRED',
      `it is ${Math.round(age)} s old by its sender's clock; at most ${maxAgeSeconds} s are followed.${isSimulated ? ` And ${simulatedClockText(now)}` : ''}`,
    );
  if (-age > CLOCK_AHEAD_SECONDS)
    return refusal(
      'CLOCK',
      isSimulated
        ? `it is of ${Math.round(-age)} s from now: ${simulatedClockText(now)}`
        : `its sender's clock is ahead by ${Math.round(-age)} s: set both clocks.`,
    );
  return null;
}

function refusal(code: string, reason: string): Refusal {
  return { code, reason };
}
