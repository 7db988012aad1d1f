import { maskedAccount } from '../domain/status/masked-account.ts';
import { limitsStatus } from '../domain/status/risk-status.ts';
import type { EngineAnswer } from '../domain/status/engine-status.ts';
import type { SeenAccount } from '../domain/status/seen-account.ts';
import { tallyOf } from '../domain/order/risk/tally.ts';
import { chinaDay, DAY, instantOf } from '../domain/time.ts';
import { InstanceState } from '../ledger/instance-state.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { EquityPoint as KeptPoint } from '../ledger/risk-rows.ts';
import type { TriggerRow } from '../ledger/rows.ts';
import { markedDays, markedPoints } from './equity.ts';
import type { InstanceFacts } from './folders.ts';
import { orderStatuses, ordersOfDay, tradeStatuses, unknownStatus } from './orders.ts';
import { portfolioStatus, positionStatus } from './portfolio.ts';
import { deviationStatuses, signalStatuses } from './signals.ts';
import type { EquityPoint, InstanceStatus, RiskStatus, StatusPart, StatusQuery, TriggerStatus } from './types.ts';

const ALL: readonly StatusPart[] = ['orders', 'history', 'trades', 'triggers', 'signals', 'equity', 'equityDays'];

/** What a document is made of: the ledger, read at one moment, and what a running engine has just answered (null = none runs). */
export interface StatusParts {
  readonly facts: InstanceFacts;
  readonly ledger: Ledger;
  readonly answer: EngineAnswer | null;
  /** Market time, epoch ms. */
  readonly now: number;
  readonly killFile: boolean;
}

/** The whole document of an instance, or the wanted parts of it. */
export function instanceStatus(parts: StatusParts, query: StatusQuery = {}): InstanceStatus {
  return parts.ledger.look.snapshot(() => documentOf(parts, query));
}

function documentOf(parts: StatusParts, query: StatusQuery): InstanceStatus {
  const { ledger, answer, now } = parts;
  const day = query.day ?? chinaDay(now);
  const wanted = new Set(query.parts ?? ALL);
  const [from, until] = [instantOf(day, 0), instantOf(day, 0) + DAY];
  const days = ledger.look.equityDays();
  const account = answer?.account ?? ledger.look.seenAccount();
  const orders = wanted.has('orders') || wanted.has('trades') ? ordersOfDay(ledger, day) : null;
  return {
    ...identity(parts),
    now,
    day,
    problem: null,
    engine: answer?.engine ?? null,
    ...worth(parts, account, days),
    orders:
      orders === null || !wanted.has('orders')
        ? []
        : orderStatuses(orders, ledger, wanted.has('history') ? ledger.look.changesOf(day) : []),
    trades: orders === null || !wanted.has('trades') ? [] : tradeStatuses(orders),
    triggers: wanted.has('triggers') ? ledger.look.triggersBetween(from, until).map(triggerStatus) : [],
    follows: parts.facts.follows,
    signals: wanted.has('signals') ? signalStatuses(ledger, day) : [],
    deviations: deviationStatuses(ledger),
    unknowns: ledger.look.unknown().map(unknownStatus),
    foreign: answer?.foreign ?? [],
    risk: riskStatus(parts, account, from, until),
    equity: wanted.has('equity') ? minutesOf(ledger, from, until) : [],
    equityDays: wanted.has('equityDays') ? markedDays(days, new InstanceState(ledger).partChanges()) : [],
  };
}

function minutesOf(ledger: Ledger, from: number, until: number): EquityPoint[] {
  const { look, risk } = ledger;
  const points = risk.equitySince(from).filter(({ at }) => at < until);
  const first = look.firstPoint(0);
  const changes = new InstanceState(ledger).partChanges().filter(({ at }) => first !== null && first < at);
  return markedPoints(points, changes, (at) => look.firstPoint(at));
}

type Identity = Pick<
  InstanceStatus,
  'version' | 'instance' | 'name' | 'broker' | 'endpoint' | 'account' | 'clock' | 'running' | 'pid'
>;

function identity({ facts, ledger, answer }: StatusParts): Identity {
  const { instance, name, broker, endpoint, clock, account } = facts;
  const number = new InstanceState(ledger).accountId();
  const shown = number === null ? account : maskedAccount(number);
  const running = answer !== null;
  const pid = answer?.engine.pid ?? null;
  return { version: 1, instance, name, broker, endpoint, account: shown, clock, running, pid };
}

function triggerStatus({ task, due, outcome, reason, startedAt, endedAt }: TriggerRow): TriggerStatus {
  return { task, due, outcome, reason, startedAt, endedAt };
}

function worth(
  { ledger, answer }: StatusParts,
  account: SeenAccount | null,
  days: readonly KeptPoint[],
): Pick<InstanceStatus, 'portfolio' | 'positions'> {
  if (account === null) return { portfolio: null, positions: [] };
  // Of an account that was seen days ago the profit is that day's, also while an engine has not read it anew.
  const day = chinaDay(account.asOf);
  // Values of another part of the account say nothing of a profit.
  const since = new InstanceState(ledger).seenSince();
  const firstOfDay = ledger.risk.firstEquity(Math.max(since, instantOf(day, 0)));
  const base = { days: days.filter(({ at }) => at >= since), day, firstOfDay };
  const source = (answer?.account ?? null) === null ? 'ledger' : 'engine';
  const held = account.positions.filter(({ amount }) => amount > 0);
  return {
    portfolio: portfolioStatus(account, source, base),
    positions: held.map((position) => positionStatus(position, account.totalValue)),
  };
}

function riskStatus(
  { ledger, answer, now, killFile }: StatusParts,
  account: SeenAccount | null,
  from: number,
  until: number,
): RiskStatus {
  const today = chinaDay(now);
  const stops = ledger.risk.stops().filter(({ day }) => day === null || day >= today);
  return {
    limits: answer?.limits ?? limitsOfLedger(ledger, account, today),
    stops,
    log: ledger.risk.entriesSince(from).filter(({ at }) => at < until),
    killFile,
    kill: ledger.risk.killWish(),
  };
}

/** As the last run had them. */
function limitsOfLedger(ledger: Ledger, account: SeenAccount | null, today: string): RiskStatus['limits'] {
  const limits = ledger.look.limits();
  if (limits === null) return [];
  const from = ledger.risk.equityCountsFrom() ?? 0;
  return limitsStatus(limits, {
    tally: tallyOf(today, ledger.intentsOnDay(today)),
    account,
    firstOfDay: ledger.risk.firstEquity(Math.max(from, instantOf(today, 0))),
    best: ledger.risk.bestEquity(from),
    actionsNow: null,
  });
}
