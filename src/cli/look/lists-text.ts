import { stateText } from '../../domain/words/order-state.ts';
import { cleanLine } from '../../platform/exit-text.ts';
import type { InstanceStatus, OrderStatus, PositionStatus, RiskLimitStatus, TradeStatus } from '../../status/types.ts';
import { amountText } from '../../domain/number-text.ts';
import { fittedTable, notedTable } from '../fitted-table.ts';
import { pairedTable } from '../paired-table.ts';
import { inLanguage } from '../../words/in-language.ts';
import { SCREEN_WIDTH, textWidth, wrapBehind, wrapText } from '../wrap-text.ts';
import { ends, gapCell, money, price, shown, signed } from '../tables.ts';
import { limitName } from '../../status/limit-name.ts';
import { exactTimeText, orderStateText, orderStyleText, percentText, stopsText, timeText } from './status-words.ts';

const NUMBERS = [
  'amount',
  'filled',
  'price',
  'closeable',
  'cost',
  'value',
  'profit',
  '%',
  'weight',
  'commission',
  'tax',
];

/** The id, which a command is given whole, and the reason stand below each order. */
export function ordersTable(orders: readonly OrderStatus[], day: string, colors: boolean): string {
  const isDivided = orders.some(({ pindex }) => pindex > 0);
  const rows = orders.map((order) => ({
    cells: [
      timeText(order.at, day),
      ...(isDivided ? [String(order.pindex)] : []),
      order.security,
      order.side,
      orderStyleText(order),
      String(order.amount),
      String(order.filled),
      price(order.price),
      orderStateText(order),
    ],
    note: order.reason === null ? order.orderId : `${order.orderId}: ${order.reason}`,
  }));
  const sub = isDivided ? ['sub'] : [];
  const head = ['time', ...sub, 'security', 'side', 'style', 'amount', 'filled', 'price', 'state'];
  return notedTable(head, rows, NUMBERS, colors);
}

/** Each order with all that became of it. */
export function historyText(orders: readonly OrderStatus[], day: string): string {
  return orders.map((order) => orderHistory(order, day).join('\n')).join('\n\n');
}

function orderHistory(order: OrderStatus, day: string): string[] {
  const { side, amount, security, orderId, task, at, parts, history } = order;
  const from = task === null ? '' : `, placed by ${task}`;
  const head = `${orderId}  ${side} ${amount} ${security} ${orderStyleText(order)}, asked for at ${timeText(at, day)}${from}`;
  const partOf = new Map(parts.map(({ clientId, id, brokerOrderId }) => [clientId, [id, brokerOrderId]]));
  const lines = history.map((change) => {
    const [id, brokerId] = partOf.get(change.part ?? '') ?? [];
    const which = id === undefined ? 'order' : `${id}${brokerId == null ? '' : ` (${brokerId})`}`;
    const by = change.by === null ? '' : ` by ${BY[change.by]}`;
    const why = change.reason === null ? '' : `: ${change.reason}`;
    return `  ${exactTimeText(change.at, day)}  ${which}  ${stateText(change.state).replace('_', ' ')}${by}${why}`;
  });
  const none = '  its states were not written down: it is of a version of bt before there was a history';
  return [head, ...(lines.length === 0 ? [none] : lines)].map((line) => cleanLine(line, 500));
}

const BY = {
  strategy: 'the strategy',
  bt: 'bt',
  operator: 'the operator',
  counter: 'the counter',
  somebody: 'somebody else',
} as const;

/** The id of its order stands below the last of fills that follow one another. */
export function tradesTable({ trades, day }: InstanceStatus, colors: boolean): string {
  const head = ['time', 'security', 'side', 'amount', 'price', 'value', 'commission', 'tax'];
  const rows = trades.map((trade, index) => {
    const note = trades[index + 1]?.orderId === trade.orderId ? null : trade.orderId;
    return { cells: tradeCells(trade, day), note };
  });
  const gap = (left: number) => ({ cells: head.map((_name, column) => gapCell(column, left)), note: null });
  return pairedTable({ head, numbers: NUMBERS, pairs: TRADE_PAIRS }, ends(rows, gap), colors);
}

const TRADE_PAIRS = [
  ['time', 'side'],
  ['amount', 'price'],
  ['commission', 'tax'],
] as const;

function tradeCells(trade: TradeStatus, day: string): string[] {
  return [
    timeText(trade.time, day),
    trade.security,
    trade.side,
    String(trade.amount),
    price(trade.price),
    money(trade.value),
    money(trade.commission),
    money(trade.tax),
  ];
}

const POSITION_PAIRS = [
  ['security', 'name'],
  ['amount', 'closeable'],
  ['cost', 'price'],
  ['value', 'weight'],
  ['profit', '%'],
] as const;

export function positionsTable(positions: readonly PositionStatus[], colors: boolean): string {
  const isDivided = positions.some(({ pindex }) => pindex > 0);
  const rows = positions.map((position) => [
    ...(isDivided ? [String(position.pindex)] : []),
    position.security,
    position.name ?? '',
    String(position.amount),
    String(position.closeableAmount),
    price(position.avgCost),
    price(position.price),
    money(position.value),
    position.profit === null ? '-' : signed(position.profit),
    percentText(position.profitPercent),
    position.weight === null ? '-' : `${position.weight.toFixed(1)} %`,
  ]);
  const sub = isDivided ? ['sub'] : [];
  const head = [...sub, 'security', 'name', 'amount', 'closeable', 'cost', 'price', 'value', 'profit', '%', 'weight'];
  const lines = shown(rows).map((cells) => ({ cells, note: null }));
  return pairedTable({ head, numbers: NUMBERS, pairs: POSITION_PAIRS }, lines, colors);
}

/** Limits that are on, with how much is used; what stops; what they did. */
export function riskText({ risk, day }: InstanceStatus, colors: boolean): string {
  const on = risk.limits.filter(({ limit }) => limit !== null);
  const off = risk.limits.filter(({ limit }) => limit === null).map(({ variable }) => variable);
  const rows = on.map((one) => [limitName(one), usedText(one), limitText(one), one.variable]);
  const parts = [
    on.length === 0
      ? 'No limits: no run has left any, or RISK_CHECK_ENABLED=false.'
      : fittedTable(['limit', 'used', 'at most', 'setting'], rows, ['used', 'at most'], colors),
    ...(off.length === 0 || on.length === 0 ? [] : [wrapText(inLanguage(`Off: ${off.join(', ')}`), SCREEN_WIDTH)]),
    wrapText(inLanguage(`Stopped: ${stopsText(risk) ?? 'nothing'}.`), SCREEN_WIDTH),
    ...risk.stops.map(({ rule, text, at }) => ownLine(`${rule} since ${timeText(at, day)}: ${cleanLine(text, 500)}`)),
    ...killText(risk),
    ...(risk.log.length === 0 ? [`Limits did nothing on ${day}.`] : [`What limits did on ${day}:`]),
    ...risk.log.map(({ at, level, text }) => logLine(timeText(at, day), level, cleanLine(text, 500))),
  ];
  return parts.join('\n');
}

/** Further lines of it begin a little behind its first one. */
function ownLine(text: string): string {
  return `  ${wrapBehind(4, inLanguage(text), SCREEN_WIDTH - 2)}`;
}

function logLine(time: string, level: string, text: string): string {
  const head = `  ${time}  ${inLanguage(level)}  `;
  return `${head}${wrapBehind(textWidth(head), inLanguage(text))}`;
}

function killText({ kill, stops }: InstanceStatus['risk']): string[] {
  if (kill === null || !stops.some(({ rule }) => rule === 'kill')) return [];
  const wishes = [
    ...(kill.cancel ? ['cancels what is open'] : []),
    ...(kill.flatten ? ['sells what can be sold'] : []),
  ];
  if (wishes.length === 0) return [];
  return [`  the kill switch ${wishes.join(' and ')}: ${kill.done ? 'done' : 'not done yet'}`];
}

function usedText({ used, unit }: RiskLimitStatus): string {
  if (used === null) return '';
  return unit === '%' ? used.toFixed(2) : unit === 'CNY' ? money(used) : String(used);
}

function limitText({ limit, unit }: RiskLimitStatus): string {
  if (limit === null) return 'off';
  if (unit === 'CNY') return `${money(limit)} CNY`;
  return `${amountText(limit)} ${limit === 1 ? unit.replace(/(?<=.)s$/u, '') : unit}`;
}
