import { BtError, errorMessage } from '../../domain/errors.ts';
import { deviations, type DeviationRow } from '../../domain/follow/deviation.ts';
import type { TradingCalendar } from '../../domain/market/calendar.ts';
import { amountText } from '../../domain/number-text.ts';
import { viewOfSub } from '../../domain/order/sub-portfolios.ts';
import type { AccountView } from '../../domain/order/types.ts';
import { chinaDay, chinaInstant, chinaText, clockText, chinaTimeOfDay, DAY } from '../../domain/time.ts';
import { armDaily } from '../gate/daily-readings.ts';
import type { FollowView, FollowedView } from './follow-view.ts';
import type { FollowParts } from './parts.ts';
import type { SignalDesk } from './signal-desk.ts';
import { deviationText } from './deviation-text.ts';
import { endText } from './signal-lines.ts';
import type { Followed } from './strategies.ts';

/** When a strategy's holdings are held against its source's: before the day begins, and when its close is booked. */
const MORNING = '09:05';
const EVENING = '15:06';

export interface ReconcilerParts extends Omit<FollowParts, 'calendar'> {
  readonly calendar: TradingCalendar;
  readonly desk: Pick<SignalDesk, 'correct' | 'lives'>;
}

interface Correction {
  readonly strategy: string;
  readonly row: DeviationRow;
  readonly shares: number;
}

/** Holds what strategies have against what their sources say they hold, and corrects what a person wants corrected. */
export class Reconciler {
  readonly #parts: ReconcilerParts;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: ReconcilerParts) {
    this.#parts = parts;
  }

  /** Reconciles morning and evening of each trading day; returns what ends it. */
  arm(onDayEnd: (day: string) => void): () => void {
    const { clock } = this.#parts;
    const evening = async (): Promise<void> => {
      await this.reconcile();
      onDayEnd(chinaDay(clock.now()));
    };
    const cancels = [armDaily(MORNING, this.#parts, () => this.reconcile()), armDaily(EVENING, this.#parts, evening)];
    return () => {
      for (const cancel of cancels) cancel();
    };
  }

  /** All strategies of which a picture has come; what is found is kept and told. Never rejects. */
  reconcile(): Promise<void> {
    return this.#inTurn(async () => void (await this.#reconcileAll()));
  }

  /** One after the other: what one corrects is under way, or held, when the next one looks. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  /** Gives why strategies could not be held against their sources, by name. */
  async #reconcileAll(): Promise<ReadonlyMap<string, string>> {
    const problems = new Map<string, string>();
    for (const [name, followed] of this.#parts.strategies) {
      try {
        const problem = await this.#reconcileOne(followed);
        if (problem !== null) problems.set(name, problem);
      } catch (error) {
        const text = `${name} could not be held against its source: ${errorMessage(error)}`;
        this.#parts.events.note('warning', null, text);
        problems.set(name, text);
      }
    }
    return problems;
  }

  view(): FollowView {
    const { trading, events, ledger, strategies } = this.#parts;
    const account = (): AccountView | null => trading.portfolios.view();
    return {
      events,
      account,
      strategies: () => [...strategies.values()].map((followed) => this.#viewOf(followed)),
      signals: (day) => {
        const from = chinaInstant(day, '00:00');
        return ledger.signals.ofDay(day, from, from + DAY);
      },
    };
  }

  /** Corrects what can be, or says what would be when `yes` is false. Throws BAD_CONFIG, and NOT_COMPARED when nothing is known to differ and not all is known. */
  correct(strategy: string | null, yes: boolean): Promise<string> {
    return this.#inTurn(() => this.#correctNow(strategy, yes));
  }

  async #correctNow(strategy: string | null, yes: boolean): Promise<string> {
    this.#requireFollowed(strategy);
    const problems = await this.#reconcileAll();
    const found = this.#corrections(strategy, problems);
    const lines = found.list.map(
      ({ strategy: name, row, shares }) => `${name}: ${whatText(row.security, shares)} (${row.why ?? ''})`,
    );
    if (lines.length === 0) {
      if (strategy === null ? problems.size > 0 : problems.has(strategy))
        throw new BtError('NOT_COMPARED', found.notes.join('\n'), { fault: 'config' });
      return ['Nothing is to be corrected.', ...found.notes].join('\n');
    }
    if (!yes) return [...lines, ...found.notes, 'Nothing was ordered. With --yes these orders are given.'].join('\n');
    const told: string[] = [];
    for (const each of found.list) told.push(await this.#order(each));
    return [...told, ...found.notes].join('\n');
  }

  #requireFollowed(strategy: string | null): void {
    const { strategies } = this.#parts;
    if (strategy === null || strategies.has(strategy)) return;
    const names = [...strategies.keys()].join(', ');
    throw new BtError('BAD_CONFIG', `No strategy '${strategy}' is followed; those that are: ${names}.`, {
      fault: 'config',
    });
  }

  /** Gives why it could not be, or null. */
  async #reconcileOne(followed: Followed): Promise<string | null> {
    const { ledger, clock, events, quotes } = this.#parts;
    const { name } = followed.rules;
    const shown = ledger.signals.picture(name)?.positions ?? [];
    const before = this.#own(followed)?.positions ?? [];
    const securities = [...new Set([...shown, ...before].map(({ security }) => security))];
    const read = await quotes.read(securities);
    // All of one moment, after the wait: what was filled meanwhile is held, and its signal is open no more.
    const picture = ledger.signals.picture(name);
    const own = this.#own(followed);
    if (picture === null)
      return `${name}: no picture of its source has come yet, so it is not known what that holds. Have the source send one (bt_signal.py: report(context); an order brings one, too), then ask again.`;
    if (own === null)
      return `${name}: the account has not been read yet, so it is not known what is held. Ask again in a moment.`;
    const held = new Map(
      own.positions.map(({ security, amount, closeableAmount }) => [security, { amount, closeable: closeableAmount }]),
    );
    const prices = new Map(
      securities.map((security, index) => [security, read[index]?.lastPrice ?? read[index]?.preClose ?? null]),
    );
    const rows = deviations({
      rules: followed.rules,
      picture,
      held,
      totalValue: own.totalValue,
      priceOf: (security) => prices.get(security) ?? null,
      lastEnd: (security) => this.#lastEnd(name, security),
      isOpen: (security) => this.#isOpen(name, security),
      isOutdated: (security) => (ledger.signals.lastSent(name, security) ?? 0) > picture.at,
    });
    ledger.signals.keepDeviation({ strategy: name, at: clock.now(), rows });
    const differing = rows.filter(({ why }) => why !== null);
    const text = deviationText(name, picture, rows, differing);
    events.emit({ kind: 'deviation', strategy: name, count: differing.length, text });
    return null;
  }

  #corrections(
    strategy: string | null,
    problems: ReadonlyMap<string, string>,
  ): { readonly list: readonly Correction[]; readonly notes: readonly string[] } {
    const { ledger, clock } = this.#parts;
    const list: Correction[] = [];
    const notes = [...problems].flatMap(([name, text]) => (strategy === null || name === strategy ? [text] : []));
    for (const { strategy: name, rows } of ledger.signals.deviations()) {
      // What was found earlier is of what was held then.
      if ((strategy !== null && name !== strategy) || problems.has(name)) continue;
      const at = rows[0]?.pictureAt ?? 0;
      const own = rows.flatMap((row) =>
        row.correction === null ? [] : [{ strategy: name, row, shares: row.correction }],
      );
      if (own.length > 0 && chinaDay(at) !== chinaDay(clock.now()))
        notes.push(
          `${name}: its source's last picture is of ${chinaText(at).slice(0, 16)}; only one of today is corrected by.`,
        );
      else list.push(...own);
    }
    // Sells first: they bring the cash.
    return { list: list.toSorted((a, b) => a.shares - b.shares), notes };
  }

  async #order({ strategy, row, shares }: Correction): Promise<string> {
    const { clock, desk } = this.#parts;
    const now = clock.now();
    const time = clockText(chinaTimeOfDay(now)).replaceAll(':', '');
    const receipt = await desk.correct({
      strategy,
      id: `correct-${chinaDay(now)}-${time}-${row.security}`,
      security: row.security,
      side: shares > 0 ? 'buy' : 'sell',
      amount: Math.abs(shares),
      price: null,
      sentAt: now,
      receivedAt: now,
      isClosing: row.wanted === 0,
      picture: null,
      raw: '',
    });
    const what = `${strategy}: ${whatText(row.security, shares)}`;
    return receipt.kind === 'refused' ? `${what}: REFUSED, ${receipt.reason}` : `${what}: ${receipt.kind}`;
  }

  #viewOf(followed: Followed): FollowedView {
    const { signals } = this.#parts.ledger;
    const { rules } = followed;
    const deviation = signals.deviations().find(({ strategy }) => strategy === rules.name) ?? null;
    return { rules, own: this.#own(followed), picture: signals.picture(rules.name), deviation };
  }

  #own({ pindex }: Followed): AccountView | null {
    const view = this.#parts.trading.portfolios.view();
    return view === null ? null : viewOfSub(view, pindex);
  }

  #lastEnd(strategy: string, security: string): string | null {
    const last = this.#parts.ledger.signals.lastEnded(strategy, security);
    return last === null ? null : `its last signal (${last.id}): ${endText(last).replace(/\.$/u, '')}`;
  }

  #isOpen(strategy: string, security: string): boolean {
    return this.#parts.desk.lives.open().some((row) => row.strategy === strategy && row.security === security);
  }
}

function whatText(security: string, shares: number): string {
  return `${shares > 0 ? 'buy' : 'sell'} ${amountText(Math.abs(shares))} ${security}`;
}
