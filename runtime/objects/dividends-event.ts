import type { AccountView } from '../../src/domain/order/types.ts';
import { numbersOf, textsOf } from '../../src/domain/data/table.ts';
import { chinaDay } from '../../src/domain/time.ts';
import { currentHost } from '../host.ts';
import { pyRepr } from '../text/python-text.ts';
import { date } from './datetime/date.ts';
import { guardGetters } from './guard.ts';

/** JoinQuant takes a fifth of every payment, whatever was held for how long [C]. */
const TAX = 0.2;

/** What a share pays out on a day. */
export interface Dividend {
  readonly date: date;
  /** What one share becomes: 1 + new shares. */
  readonly scale_factor: number;
  /** CNY a share. */
  readonly bonus_pre_tax: number;
  readonly bonus_post_tax: number;
}

/** The second argument of on_event: a security that was held over night trades without what it pays out from today on. */
export class DividendsEvent {
  readonly #security: string;
  readonly #dividends: readonly Dividend[];

  constructor(security: string, dividends: readonly Dividend[]) {
    this.#security = security;
    this.#dividends = Object.freeze([...dividends]);
    Object.preventExtensions(this);
  }

  get name(): 'Dividends' {
    return 'Dividends';
  }

  get pindex(): 0 {
    return 0;
  }

  get security(): string {
    return this.#security;
  }

  get side(): 'long' {
    return 'long';
  }

  get dividends(): readonly Dividend[] {
    return this.#dividends;
  }

  toString(): string {
    return `DividendsEvent(${pyRepr({ security: this.#security, dividends: this.#dividends })})`;
  }
}

guardGetters(DividendsEvent, 'event');

/** Today's events of what was held over night. Throws NOT_SERVED where no source knows of payments. */
export function eventsOfToday(): DividendsEvent[] {
  const host = currentHost();
  const held = heldOverNight(host.account());
  if (held.length === 0) return [];
  const day = chinaDay(host.dispatch().logicalTime);
  const table = host.data({ dataset: 'dividends', params: { securities: held, start: day, end: day } });
  const [cash, bonus] = [numbersOf(table, 'cash'), numbersOf(table, 'bonus')];
  return textsOf(table, 'code').flatMap((security, row) => {
    if (security === null) return [];
    const paid = cash[row] ?? Number.NaN;
    const dividend = {
      date: date.fromisoformat(day),
      scale_factor: 1 + (bonus[row] ?? Number.NaN),
      bonus_pre_tax: paid,
      bonus_post_tax: paid * (1 - TAX),
    };
    return [new DividendsEvent(security, [dividend])];
  });
}

function heldOverNight({ positions }: AccountView): string[] {
  return positions.filter(({ amount, todayAmount }) => amount > todayAmount).map(({ security }) => security);
}
