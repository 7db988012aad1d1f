import type { CallName } from '../../../runtime/border/calls.ts';
import { encodeValue } from '../../../runtime/state/encode.ts';
import { BtError } from '../../domain/errors.ts';
import { fromWire } from '../strategy/border/messages.ts';
import type { CallRecord } from './recording.ts';

/** A call as it can be shown and compared. */
export interface ShownCall {
  readonly name: string;
  /** The arguments as JSON. */
  readonly args: string;
}

/** A call that the recording has otherwise: what it has next instead, or nothing any more. */
export interface CallDifference {
  /** Which call of the dispatch, from 1. */
  readonly number: number;
  readonly recorded: ShownCall | null;
  readonly replayed: ShownCall | null;
}

/**
 * What the strategy says and keeps, and where it waits by looking again: that differs whenever code was changed, and says nothing about
 * what it would have done. Compared only while the code is the recorded one.
 */
const SPEECH: ReadonlySet<string> = new Set<CallName>(['log', 'keep', 'kept', 'dataFailed', 'passTime']);
/** Questions: they change nothing, so a changed strategy may ask them in another order. */
const QUESTIONS: ReadonlySet<string> = new Set<CallName>([
  'account',
  'orders',
  'trades',
  'quotes',
  'history',
  'securityInfo',
  'data',
  'tradeDays',
]);

/** The calls of one dispatch, played again: each call is answered as it was, until one comes that was not recorded so. */
export class CallScript {
  readonly #calls: readonly CallRecord[];
  readonly #sameCode: boolean;
  readonly #used = new Set<number>();
  readonly #account: CallRecord | null;
  #next = 0;
  #difference: CallDifference | null = null;

  /** `before`: the last account that was read before this dispatch, for a changed strategy that looks where the recorded one did not. */
  constructor(calls: readonly CallRecord[], sameCode: boolean, before: CallRecord | null = null) {
    this.#calls = calls;
    this.#sameCode = sameCode;
    this.#account = before;
  }

  /** The last account that was read up to the end of this dispatch, as it was recorded. */
  get account(): CallRecord | null {
    return this.#calls.findLast(({ name }) => name === 'account') ?? this.#account;
  }

  /** The first call that differs. */
  get difference(): CallDifference | null {
    return this.#difference;
  }

  /** The recorded answer; throws it when it was an error, and REPLAY_DIFFERS, at the author's line, for another call than recorded. */
  answer(name: CallName, args: readonly unknown[]): unknown {
    if (!this.#sameCode && SPEECH.has(name)) return this.#speech(name);
    const asked = shown(name, args);
    const call = this.#take(asked, name) ?? (this.#sameCode || name !== 'account' ? null : this.#account);
    if (call === null) return this.#differs(asked);
    const { reply } = call;
    if (reply === null) return undefined;
    if (!reply.ok) throw fromWire(reply.error);
    return reply.value;
  }

  /** To be called when the dispatch has ended: a recorded call that did not come differs too. */
  finish(): void {
    this.#skip();
    const left = this.#calls[this.#next];
    if (left === undefined || this.#difference !== null) return;
    this.#difference = { number: this.#next + 1, recorded: shown(left.name, left.args), replayed: null };
  }

  #take(asked: ShownCall, name: CallName): CallRecord | null {
    const place = this.#find(asked, name);
    if (place === null) return null;
    this.#used.add(place);
    if (place === this.#next) this.#next += 1;
    return this.#calls[place] ?? null;
  }

  #find(asked: ShownCall, name: CallName): number | null {
    this.#skip();
    if (this.#difference !== null) return null;
    if (this.#isCall(this.#next, asked)) return this.#next;
    if (this.#sameCode || !QUESTIONS.has(name)) return null;
    const other = this.#calls.findIndex((_call, index) => this.#isCall(index, asked));
    return other === -1 ? null : other;
  }

  /** Past what was answered out of turn and, with other code, what was only said. */
  #skip(): void {
    for (let call = this.#calls[this.#next]; call !== undefined; call = this.#calls[this.#next]) {
      if (!this.#used.has(this.#next) && (this.#sameCode || !this.#isPassed(call))) return;
      this.#next += 1;
    }
  }

  /** With other code a question that is not asked any more is no difference. */
  #isPassed({ name }: CallRecord): boolean {
    return SPEECH.has(name) || QUESTIONS.has(name);
  }

  #isCall(index: number, { name, args }: ShownCall): boolean {
    const call = this.#calls[index];
    return call !== undefined && call.name === name && shown(call.name, call.args).args === args;
  }

  /** What an earlier run left is given whatever the code is now. */
  #speech(name: string): unknown {
    if (name !== 'kept') return undefined;
    const reply = this.#calls.find(({ name: each }) => each === name)?.reply;
    return reply?.ok === true ? reply.value : null;
  }

  #differs(replayed: ShownCall): never {
    const next = this.#calls[this.#next];
    const recorded = next === undefined ? null : shown(next.name, next.args);
    this.#difference ??= { number: this.#next + 1, recorded, replayed };
    throw new BtError('REPLAY_DIFFERS', `${replayed.name}${replayed.args} is not what was recorded here`, {
      fault: 'strategy',
    });
  }
}

/** As text, in which NaN and typed arrays are what they are. */
export function shown(name: CallName, args: readonly unknown[]): ShownCall {
  const { text, why } = encodeValue(args, name);
  return { name, args: text === null ? `(${why})` : `(${text.slice(1, -1)})` };
}
