import type { GatewayAccount, GatewayPosition } from '../domain/gateway.ts';
import { cents } from './order-risk.ts';

/** A figure the gateway does not tell. */
const MISSING = '-';

const TITLES: readonly string[] = [
  '股票代码',
  '名称',
  '持仓',
  '可用',
  '成本价',
  '现价',
  '市值',
  '盈亏',
  '盈亏%',
  '占比%',
];

/** The account as a text for people: one line of totals, and a table of at most `limit` holdings. */
export function accountText(account: GatewayAccount, positions: readonly GatewayPosition[], limit: number): string {
  const { totalValue, availableCash, marketValue } = account;
  const share = marketValue === null ? MISSING : percent(marketValue, totalValue);
  const head = `📊 券商账户概览: 总资产 ${cents(totalValue)}, 可用资金 ${cents(availableCash)}, 仓位 ${share}`;
  const held = positions.filter(({ amount }) => amount > 0);
  if (held.length === 0) return `${head}\n当前持仓：无`;
  const rows = held.slice(0, limit).map((position) => rowOf(position, totalValue));
  return `${head}\n${table([TITLES, ...rows])}`;
}

function rowOf(position: GatewayPosition, totalValue: number): string[] {
  const { amount, avgCost, lastPrice, marketValue } = position;
  const cost = avgCost === null ? null : avgCost * amount;
  const profit = cost === null || marketValue === null ? null : marketValue - cost;
  return [
    position.security,
    position.name ?? MISSING,
    String(amount),
    String(position.closeableAmount),
    avgCost?.toFixed(3) ?? MISSING,
    lastPrice?.toFixed(3) ?? MISSING,
    marketValue === null ? MISSING : cents(marketValue),
    profit === null ? MISSING : cents(profit),
    profit === null || cost === null ? MISSING : percent(profit, cost),
    marketValue === null ? MISSING : percent(marketValue, totalValue),
  ];
}

function percent(part: number, whole: number): string {
  return `${(whole > 0 ? (part / whole) * 100 : 0).toFixed(2)}%`;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = TITLES.map((_, column) => Math.max(...rows.map((row) => displayWidth(row[column] ?? ''))));
  const rule = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+`;
  const lines = rows.map((row) => {
    const cells = row.map((cell, column) => ` ${cell}${' '.repeat((widths[column] ?? 0) - displayWidth(cell))} `);
    return `|${cells.join('|')}|`;
  });
  return [rule, lines[0] ?? '', rule, ...lines.slice(1), rule].join('\n');
}

/** East Asian wide and full-width characters take two columns of a terminal. */
function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += isWide(character.codePointAt(0) ?? 0) ? 2 : 1;
  return width;
}

function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd)
  );
}
