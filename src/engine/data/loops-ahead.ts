import type { DispatchContext, StrategyHost } from '../../../runtime/host.ts';
import type { CodeLists } from './code-lists.ts';
import { FRESH_MS, isOfTheLink } from './quotes-ahead.ts';

/** Securities asked for at once, at most. */
const MOST_AT_ONCE = 256;
/** Of what was read ahead so much may be left unread, for a loop to be thought to walk its list. */
const MOST_IDLE = 2 / 3;

/** A question about one security, as a loop asks it of each. */
export interface Question<Answer> {
  /** What the questions of one loop have in common. */
  readonly key: string;
  /** Whether the answer is another one each moment. */
  readonly moves: boolean;
  /** How many may be asked about at once, at least 1. */
  readonly most: number;
  /** One answer a security, in their order. */
  readonly ask: (securities: readonly string[]) => readonly Answer[];
}

interface Loop<Answer> {
  readonly known: Map<string, Answer>;
  /** What was read ahead and has not been asked for. */
  readonly idle: Set<string>;
  readonly moves: boolean;
  /**
   * How many the next request asks for: a loop that ends early has cost at most twice what it read, and one that asks for the few of its
   * list that have this in common (each security has an end of its own) soon asks for those alone.
   */
  next: number;
  readAt: number;
}

/**
 * What is read ahead for a loop that asks the same of one security after the other: requests for one, two, four … of the list that it
 * walks. What was read serves in its dispatch, until it is forgotten, and where it moves for 3 s of the strategy's clock. An error of
 * many is no error of the one: it is asked for alone.
 */
export class LoopsAhead<Answer> {
  readonly #host: Pick<StrategyHost, 'dispatch'>;
  readonly #now: () => number;
  readonly #lists: CodeLists;
  #dispatch: DispatchContext | null = null;
  readonly #loops = new Map<string, Loop<Answer>>();

  constructor(host: Pick<StrategyHost, 'dispatch'>, now: () => number, lists: CodeLists) {
    this.#host = host;
    this.#now = now;
    this.#lists = lists;
  }

  read(security: string, question: Question<Answer>): Answer {
    this.#enter(this.#host.dispatch());
    const loop = this.#loopOf(question);
    loop.idle.delete(security);
    return loop.known.get(security) ?? this.#ask(security, question, loop);
  }

  forget(): void {
    this.#loops.clear();
  }

  /** Market time has passed: what moves with it is of a moment that is over, and days that are over are what they were. */
  forgetMoving(): void {
    for (const [key, { moves }] of this.#loops) if (moves) this.#loops.delete(key);
  }

  #enter(dispatch: DispatchContext): void {
    if (dispatch === this.#dispatch) return;
    this.#dispatch = dispatch;
    this.forget();
  }

  #loopOf({ key, moves }: Question<Answer>): Loop<Answer> {
    const found = this.#loops.get(key);
    const age = this.#now() - (found?.readAt ?? 0);
    if (found !== undefined && (!moves || (age >= 0 && age <= FRESH_MS))) return found;
    const known = new Map<string, Answer>();
    const loop = { known, idle: new Set<string>(), moves, next: found?.next ?? 1, readAt: this.#now() };
    this.#loops.set(key, loop);
    return loop;
  }

  #ask(security: string, { ask, most }: Question<Answer>, loop: Loop<Answer>): Answer {
    if (loop.idle.size > loop.known.size * MOST_IDLE) loop.next = Math.max(1, Math.floor(loop.next / 4));
    let wanted = this.#lists.around(security, Math.min(loop.next, MOST_AT_ONCE, most), (code) => loop.known.has(code));
    let answers: readonly Answer[];
    try {
      answers = ask(wanted);
    } catch (error) {
      if (wanted.length === 1 || isOfTheLink(error)) throw error;
      loop.next = 1;
      wanted = [security];
      answers = ask(wanted);
    }
    for (const [i, answer] of answers.entries()) {
      loop.known.set(wanted[i] ?? security, answer);
      if (i > 0) loop.idle.add(wanted[i] ?? security);
    }
    loop.next = Math.min(MOST_AT_ONCE, loop.next * 2);
    const [answer] = answers;
    if (answer === undefined) throw new TypeError('the engine gave no table for a security');
    return answer;
  }
}
