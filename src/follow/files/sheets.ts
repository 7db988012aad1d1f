import type { DeviationRow } from '../../domain/follow/deviation.ts';
import type { SignalRow } from '../../domain/follow/row.ts';
import type { PositionView } from '../../domain/order/types.ts';
import type { DayFacts, StrategyFacts } from './day-facts.ts';
import { csvOf, jsonOf, moneyCell, timeCell } from './table.ts';
import type { Column } from './table.ts';

/** One of the day's files: the folder that bears its name, and both of its texts. */
export interface Sheet {
  readonly name: string;
  readonly csv: string;
  readonly json: string;
}

interface Held {
  readonly strategy: string;
  readonly position: PositionView;
  readonly wanted: number | null;
  readonly why: string | null;
  readonly pictureAt: number | null;
}

interface Money {
  readonly owner: string;
  readonly at: number;
  readonly has: Pick<NonNullable<StrategyFacts['own']>, 'availableCash' | 'lockedCash' | 'totalValue' | 'startingCash'>;
}

interface Digest {
  readonly strategy: string;
  readonly signals: readonly SignalRow[];
  readonly differs: number | null;
}

const HELD: readonly Column<Held>[] = [
  { title: '策略', name: 'strategy', of: ({ strategy }) => strategy },
  { title: '股票代码', name: 'security', of: ({ position }) => position.security },
  { title: '股票名称', name: 'name', of: ({ position }) => position.name },
  { title: '持仓数量', name: 'amount', of: ({ position }) => position.amount },
  { title: '可用数量', name: 'closeableAmount', of: ({ position }) => position.closeableAmount },
  { title: '成本价', name: 'avgCost', of: ({ position }) => position.avgCost },
  { title: '最新价', name: 'price', of: ({ position }) => position.price },
  { title: '市值', name: 'value', of: ({ position }) => moneyCell(position.value) },
  { title: '应持数量', name: 'wanted', of: ({ wanted }) => wanted },
  { title: '差异原因', name: 'why', of: ({ why }) => why },
  { title: '来源持仓时间', name: 'pictureAt', of: ({ pictureAt }) => timeCell(pictureAt) },
];

const MONEY: readonly Column<Money>[] = [
  { title: '账户', name: 'owner', of: ({ owner }) => owner },
  { title: '时间', name: 'at', of: ({ at }) => timeCell(at) },
  { title: '总资产', name: 'totalValue', of: ({ has }) => moneyCell(has.totalValue) },
  { title: '可用资金', name: 'availableCash', of: ({ has }) => moneyCell(has.availableCash) },
  { title: '冻结资金', name: 'lockedCash', of: ({ has }) => moneyCell(has.lockedCash) },
  { title: '投入资金', name: 'startingCash', of: ({ has }) => moneyCell(has.startingCash) },
  { title: '盈亏', name: 'profit', of: ({ has }) => moneyCell(has.totalValue - has.startingCash) },
];

const SIGNAL: readonly Column<SignalRow>[] = [
  { title: '接收时间', name: 'receivedAt', of: ({ receivedAt }) => timeCell(receivedAt) },
  { title: '策略', name: 'strategy', of: ({ strategy }) => strategy },
  { title: '信号', name: 'id', of: ({ id }) => id },
  { title: '股票代码', name: 'security', of: ({ security }) => security },
  { title: '买卖', name: 'side', of: ({ side }) => (side === 'buy' ? '买' : '卖') },
];

const RAW: readonly Column<SignalRow>[] = [
  ...SIGNAL,
  { title: '信号数量', name: 'amount', of: ({ amount }) => amount },
  { title: '信号价格', name: 'price', of: ({ price }) => price },
  { title: '发送时间', name: 'sentAt', of: ({ sentAt }) => timeCell(sentAt) },
  { title: '来源', name: 'origin', of: ({ origin }) => origin },
  { title: '原文', name: 'raw', of: ({ raw }) => raw },
];

const POOL: readonly Column<SignalRow>[] = [
  ...SIGNAL,
  { title: '信号数量', name: 'amount', of: ({ amount }) => amount },
  { title: '应下数量', name: 'asked', of: ({ asked }) => asked },
  { title: '下单数量', name: 'wanted', of: ({ wanted }) => wanted },
  { title: '成交数量', name: 'filled', of: ({ filled }) => filled },
  { title: '重新下单次数', name: 'requotes', of: ({ requotes }) => requotes },
  { title: '状态', name: 'state', of: ({ end, phase }) => end ?? phase },
  { title: '等待', name: 'waitsFor', of: ({ waitsFor }) => waitsFor },
  {
    title: '原因',
    name: 'reason',
    of: (row) => whyOf(row),
  },
  { title: '首次下单', name: 'firstOrderedAt', of: ({ firstOrderedAt }) => timeCell(firstOrderedAt) },
  { title: '结束时间', name: 'endedAt', of: ({ endedAt }) => timeCell(endedAt) },
];

const DIGEST: readonly Column<Digest>[] = [
  { title: '策略', name: 'strategy', of: ({ strategy }) => strategy },
  { title: '信号', name: 'signals', of: ({ signals }) => signals.length },
  { title: '全部成交', name: 'filled', of: ({ signals }) => ended(signals, 'filled') },
  { title: '部分成交', name: 'partlyFilled', of: ({ signals }) => ended(signals, 'partly_filled') },
  { title: '拒绝', name: 'refused', of: ({ signals }) => ended(signals, 'refused') },
  { title: '无需下单', name: 'nothing', of: ({ signals }) => ended(signals, 'nothing') },
  { title: '进行中', name: 'open', of: ({ signals }) => signals.filter(({ end }) => end === null).length },
  { title: '持仓差异', name: 'differs', of: ({ differs }) => differs },
];

/** All files of a day, under the names that the older receiver gave them. What has not been read is not among them. */
export function sheetsOf(facts: DayFacts): Sheet[] {
  const { account, signals } = facts;
  return [
    ...(account === null ? [] : [sheet('持股数据', HELD, heldOf(facts)), sheet('账户数据', MONEY, moneyOf(facts))]),
    sheet('原始数据', RAW, signals),
    sheet('摘要数据', DIGEST, digestOf(facts)),
    sheet('下单股票池', POOL, signals),
  ];
}

function sheet<Row>(name: string, columns: readonly Column<Row>[], rows: readonly Row[]): Sheet {
  return { name, csv: csvOf(columns, rows), json: jsonOf(columns, rows) };
}

/** Each strategy's own holdings with what it should hold, what it should hold and does not, and what else the account has under an empty name. */
function heldOf({ account, strategies }: DayFacts): Held[] {
  const nameOf = (code: string): string | null =>
    account?.positions.find(({ security }) => security === code)?.name ?? null;
  const own = strategies.flatMap((strategy) => [
    ...(strategy.own?.positions ?? []).map((position) => heldBy(strategy, position)),
    ...notHeld(strategy).map(({ security }) => heldBy(strategy, nothingOf(security, nameOf(security)))),
  ]);
  const others = (account?.positions ?? []).flatMap((position) => {
    const taken = own.filter((held) => held.position.security === position.security);
    const rest = restOf(
      position,
      taken.map((held) => held.position),
    );
    return rest === null ? [] : [{ strategy: '', position: rest, wanted: null, why: null, pictureAt: null }];
  });
  return [...own, ...others];
}

function heldBy({ name, deviation }: StrategyFacts, position: PositionView): Held {
  const row = deviation?.find(({ security }) => security === position.security);
  return {
    strategy: name,
    position,
    wanted: row?.wanted ?? null,
    why: row?.why ?? null,
    pictureAt: row?.pictureAt ?? null,
  };
}

/** What is wanted of which nothing is held, also where it is not known how much; of a strategy whose holdings are not known nothing. */
function notHeld({ own, deviation }: StrategyFacts): readonly DeviationRow[] {
  if (own === null) return [];
  const held = new Set(own.positions.map(({ security }) => security));
  return (deviation ?? []).filter(({ security, wanted }) => wanted !== 0 && !held.has(security));
}

function nothingOf(security: string, name: string | null): PositionView {
  const none = { amount: 0, closeableAmount: 0, lockedAmount: 0, todayAmount: 0 };
  const missing = { avgCost: null, price: null, value: null, initTime: null, transactTime: null };
  return { security, name, ...none, ...missing };
}

/** What of the account's holding is no strategy's; null = nothing. */
function restOf(whole: PositionView, taken: readonly PositionView[]): PositionView | null {
  const less = (of: (position: PositionView) => number): number =>
    taken.reduce((left, position) => left - of(position), of(whole));
  const amount = less((position) => position.amount);
  if (amount <= 0) return null;
  const value = whole.value === null ? null : (whole.value * amount) / whole.amount;
  return {
    ...whole,
    amount,
    closeableAmount: Math.max(
      0,
      less(({ closeableAmount }) => closeableAmount),
    ),
    value,
  };
}

function moneyOf({ account, at, strategies }: DayFacts): Money[] {
  const parts = strategies.flatMap(({ name, own }) => (own === null ? [] : [{ owner: name, at, has: own }]));
  return account === null ? [] : [{ owner: '', at: account.asOf, has: account }, ...parts];
}

function digestOf({ strategies, signals }: DayFacts): Digest[] {
  return strategies.map(({ name, deviation }) => ({
    strategy: name,
    signals: signals.filter(({ strategy }) => strategy === name),
    differs: deviation?.filter(({ why }) => why !== null).length ?? null,
  }));
}

function whyOf({ reason, notes }: SignalRow): string | null {
  const words = reason === null ? notes : [...notes, reason];
  return words.length === 0 ? null : words.join('; ');
}

function ended(signals: readonly SignalRow[], kind: SignalRow['end']): number {
  return signals.filter(({ end }) => end === kind).length;
}
