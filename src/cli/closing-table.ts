import { tradedMoney } from '../domain/market/repo.ts';
import type { AccountView, OrderView, TradeView } from '../domain/order/types.ts';
import { chinaText } from '../domain/time.ts';
import { stateText } from '../domain/words/order-state.ts';
import type { RunReport } from '../engine/report.ts';
import { cleanLine } from '../platform/exit-text.ts';
import { clockSteps, dataErrors, errors, list, standingAlarms, tasksNotRun } from './closing-lists.ts';
import { styleText } from './style-text.ts';
import { fittedTable, notedTable } from './fitted-table.ts';
import { ends, gapCell, money, price, signed, table } from './tables.ts';

type TimeText = ReturnType<typeof timesOf>;

/** Orders, fills, fees and account of a run, as tables for the screen. */
export function closingTable(report: RunReport, colors: boolean): string {
  const time = timesOf(report);
  const sections = [
    heading(report),
    ordersTable(report, time, colors),
    refusedTable(report.refused, time, colors),
    tradesTable(report.trades, time, colors),
    accountTable(report, colors),
    openOrders(report.open),
    tasksNotRun(report.triggers),
    dataErrors(report),
    clockSteps(report),
    standingAlarms(report),
    errors(report),
  ];
  return sections.filter((section) => section !== '').join('\n');
}

function heading(report: RunReport): string {
  return `\n${cleanLine(report.strategy)} on ${cleanLine(report.broker)}: ${chinaText(report.startedAt)} to ${chinaText(report.endedAt)}`;
}

function ordersTable({ orders, intents }: RunReport, time: TimeText, colors: boolean): string {
  if (orders.length === 0) return 'No orders.';
  // All parts of an order are sent at one price.
  const sent = new Map(intents.map((intent) => [intent.orderId, intent.price]));
  const isDivided = orders.some(({ pindex }) => (pindex ?? 0) > 0);
  const rows = orders.map((order) => [
    time(order.addTime),
    ...(isDivided ? [String(order.pindex ?? 0)] : []),
    order.security,
    order.side,
    styleText(order.style, sent.get(order.orderId) ?? null),
    String(order.amount),
    String(order.filled),
    price(order.price),
    orderText(order),
  ]);
  const noted = rows.map((cells, at) => ({ cells, note: orders[at]?.reason ?? null }));
  const head = [
    'time',
    ...(isDivided ? ['sub'] : []),
    'security',
    'side',
    'style',
    'amount',
    'filled',
    'price',
    'state',
  ];
  const gap = (left: number) => ({ cells: head.map((_name, column) => gapCell(column, left)), note: null });
  return `Orders\n${notedTable(head, ends(noted, gap), ['amount', 'filled', 'price'], colors)}`;
}

function refusedTable(refused: RunReport['refused'], time: TimeText, colors: boolean): string {
  if (refused.length === 0) return '';
  const rows = refused.map(({ time: at, security, asked, reason }) => [time(at), security, asked, reason]);
  return `Refused here, nothing was sent\n${fittedTable(['time', 'security', 'asked', 'reason'], rows, [], colors)}`;
}

function orderText(order: OrderView): string {
  return order.unknown ? `${stateText(order.state)} (fate unknown)` : stateText(order.state, order.filled);
}

function tradesTable(trades: readonly TradeView[], time: TimeText, colors: boolean): string {
  if (trades.length === 0) return 'No fills.';
  const rows = trades.map((trade) => [
    time(trade.time),
    trade.security,
    trade.side,
    String(trade.amount),
    price(trade.price),
    money(tradedMoney(trade.security, trade.amount, trade.price)),
    money(trade.commission),
    money(trade.tax),
  ]);
  const total = ['', '', 'fees', '', '', '', money(sum(trades, 'commission')), money(sum(trades, 'tax'))];
  const head = ['time', 'security', 'side', 'amount', 'price', 'value', 'commission', 'tax'];
  const numbers = ['amount', 'price', 'value', 'commission', 'tax'];
  return `Fills\n${table(head, [...rows, total], numbers, colors)}`;
}

/** Null (not told) as soon as one fill does not say: a sum of the others would look like the whole. */
function sum(trades: readonly TradeView[], key: 'commission' | 'tax'): number | null {
  let total = 0;
  for (const trade of trades) {
    const value = trade[key];
    if (value === null) return null;
    total += value;
  }
  return total;
}

function accountTable(report: RunReport, colors: boolean): string {
  const { accountAtStart: start, accountAtEnd: end } = report;
  const row = (label: string, read: (view: AccountView) => number): string[] => [
    label,
    money(read(start)),
    money(read(end)),
    signed(read(end) - read(start)),
  ];
  const rows = [
    // Of the whole account: what is put aside is in it.
    row('total value', (view) => view.totalValue + (view.aside ?? 0)),
    row('available cash', (view) => view.availableCash + (view.aside ?? 0)),
    row('locked cash', (view) => view.lockedCash),
  ];
  if ((start.aside ?? 0) !== 0 || (end.aside ?? 0) !== 0) rows.push(row('of it put aside', ({ aside }) => aside ?? 0));
  const account = `Account\n${table(['', 'start', 'end', 'change'], rows, ['start', 'end', 'change'], colors)}`;
  return [account, ...unread(report), ...subsTable(end, colors), positionsTable(end, colors)].join('\n');
}

/** Of one sub-portfolio the account says it all. */
function subsTable({ subs = [] }: AccountView, colors: boolean): string[] {
  if (subs.length < 2) return [];
  const rows = subs.map(({ totalValue, availableCash, lockedCash, startingCash }, pindex) => [
    String(pindex),
    money(totalValue),
    money(availableCash),
    money(lockedCash),
    money(startingCash),
    signed(totalValue - startingCash),
  ]);
  const head = ['sub', 'total value', 'available cash', 'locked cash', 'put in', 'gain'];
  return [`Sub-portfolios\n${table(head, rows, head, colors)}`];
}

function unread({ accountRead, accountAtEnd }: RunReport): string[] {
  if (accountRead) return [];
  return [
    `The account could not be read at the end: this is of ${chinaText(accountAtEnd.asOf)}, with own fills known since.`,
  ];
}

function positionsTable(view: AccountView, colors: boolean): string {
  const { subs = [] } = view;
  const isDivided = subs.length > 1;
  const held = (isDivided ? subs : [view]).flatMap(({ positions }, pindex) =>
    positions.filter(({ amount }) => amount > 0).map((position) => ({ pindex, ...position })),
  );
  if (held.length === 0) return 'No positions.';
  const rows = held.map(({ pindex, ...position }) => [
    ...(isDivided ? [String(pindex)] : []),
    position.security,
    position.name ?? '',
    String(position.amount),
    String(position.closeableAmount),
    price(position.avgCost),
    price(position.price),
    money(position.value),
  ]);
  const head = [...(isDivided ? ['sub'] : []), 'security', 'name', 'amount', 'closeable', 'cost', 'price', 'value'];
  return `Positions\n${table(head, rows, ['amount', 'closeable', 'cost', 'price', 'value'], colors)}`;
}

function openOrders(open: readonly OrderView[]): string {
  if (open.length === 0) return 'Nothing of this instance is open at the broker.';
  const lines = open.map((order) => {
    const left = order.amount - order.filled;
    const ids = order.brokerOrderIds.length === 0 ? 'no broker id yet' : `broker ${order.brokerOrderIds.join(', ')}`;
    return `${order.side} ${left} of ${order.amount} ${order.security}: ${orderText(order)} (${ids})`;
  });
  return list('STILL OPEN at the broker, nobody watches it now:', lines);
}

/** How instants of a run are written: with their day where it has more than one. */
function timesOf({ startedAt, endedAt }: RunReport): (ms: number) => string {
  const [from, until] = [chinaText(startedAt), chinaText(endedAt)];
  const cut = from.slice(0, 10) === until.slice(0, 10) ? 11 : from.slice(0, 4) === until.slice(0, 4) ? 5 : 0;
  return (ms) => chinaText(ms).slice(cut);
}
