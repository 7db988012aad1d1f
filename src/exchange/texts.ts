import type { LotRule } from '../domain/market/lot.ts';
import type { Side } from '../domain/trading.ts';

/** The counter's words, as a QMT terminal shows them: a kind in brackets, then what is wrong and with which figures. */
export const TEXTS = {
  closed: '[非交易时间] 当前时间不允许委托',
  lunch: '[非交易时间] 午间休市不接受委托, 请在13:00后委托',
  preOpen: '[非交易时间] 上海市场9:25至9:30不接受委托',
  paused: '[证券停牌] 该证券今日停牌, 不允许委托',
  notListed: '[证券代码错误] 该证券尚未上市, 不允许委托',
  delisted: '[证券代码错误] 该证券已退市, 不允许委托',
  notTradable: '[证券代码错误] 指数不可交易',
  unserved: '[证券代码错误] 该证券品种不支持委托',
  repoBuy: '[委托方向错误] 国债逆回购仅支持卖出(融券方), 不支持买入',
  marketOnlyContinuous: '[委托方式错误] 市价委托仅限连续竞价时段, 请使用限价委托',
  badPrice: '[委托价格错误] 委托价格必须大于0',
  cancelFinal: '[撤单失败] 该委托已全部成交, 已撤单或为废单',
  cancelUnknown: '[撤单失败] 没有找到该委托',
  cancelClosed: '[撤单失败] 当前时间不允许撤单',
  cancelRequested: '撤单请求已提交',
  cancelTooLate: '[撤单失败] 集合竞价时段不允许撤单',
  canceled: '用户撤单',
  expired: '[收盘撤单] 当日委托有效, 收盘后未成交部分自动撤单',
} as const;

/** Amount that no rule of the board allows. */
export function badLotText(side: Side, { minBuy, step }: LotRule): string {
  if (minBuy === step)
    return `[委托数量错误] 委托数量必须为${step}的整数倍${side === 'sell' ? ', 不足部分须一次性卖出' : ''}`;
  return `[委托数量错误] 委托数量不能小于${minBuy}, 超出部分以${step}为单位递增`;
}

export function badAmountText(amount: number): string {
  return `[委托数量错误] 委托数量必须为正整数: ${amount}`;
}

export function tooLargeText(max: number): string {
  return `[委托数量错误] 单笔委托数量不能超过${max}`;
}

export function badTickText(tick: number): string {
  return `[委托价格错误] 委托价格必须为最小变动单位${tick}的整数倍`;
}

export function priceLimitText(low: number, high: number): string {
  return `[委托价格超过涨跌停限制] 委托价格超过涨跌停限制: 跌停价${low}, 涨停价${high}`;
}

export function cageText(side: Side, bound: number): string {
  const rule = side === 'buy' ? `买入价格不得高于${bound}` : `卖出价格不得低于${bound}`;
  return `[价格笼子] 委托价格超出有效申报价格范围: ${rule}`;
}

export function noCashText(needed: number, available: number): string {
  return `[资金不足] 可用资金不足: 需要${needed.toFixed(2)}, 可用${available.toFixed(2)}`;
}

export function noSharesText(wanted: number, closeable: number): string {
  return `[可用股份不足] 可用股份不足: 委托${wanted}, 可用${closeable}`;
}
