import { describe, expect, it } from 'vitest';

import { refusalOf } from '../../../src/protocol/refusals.ts';

/** As the gateway writes them (recorded, or read in its source), one a pattern. */
const BEFORE_SUBMISSION = [
  '缺少 action 字段',
  '未知 action: broker2.place_order',
  '券商服务未启用',
  '券商接口 place_order 未实现',
  "'未配置有效的 account_key'",
  '子账户 demo 超过额度限制 5000.0',
  '❌ 买入订单金额低于最小值: ¥100.00 < ¥500.00',
  '❌ 单笔订单金额超限: ¥200,010.00 > ¥200,000',
  '❌ 当日交易次数超限: 4 >= 4',
  '❌ 当日交易金额超限: ¥260,100.00 > ¥260,000',
  '❌ 持仓数量超限: 1 >= 1',
  '❌ 单只股票仓位超限: 16.00% > 15.0%',
  '000003.XSHE 停牌，无法下单',
  '999999.XSHE 无法获取有效价格',
  '000001.XSHE 数量不足最小手数（原始数量=99，最小手数=100，步进=100）',
  '000001.XSHE 无可卖数量',
  '限价单缺少委托价格，请在 style.price 中提供',
];

/** After these an order may exist. */
const FATE_UNKNOWN: readonly (readonly [string, string])[] = [
  ['REQUEST_FAILED', 'QMT 下单失败: vendor: order refused'],
  ['REQUEST_FAILED', 'QMT 下单失败: 000003.XSHE 停牌，无法下单'],
  ['REQUEST_FAILED', 'QMT 下单返回错误码: -1'],
  ['REQUEST_FAILED', 'idempotency_key 冲突: k1'],
  ['REQUEST_FAILED', 'idempotency_key 已在 2026-07-06 用过: k1'],
  ['REQUEST_FAILED', "'str' object has no attribute 'get'"],
  ['REQUEST_FAILED', "'order_id'"],
  ['REQUEST_FAILED', "invalid literal for int() with base 10: 'abc'"],
  ['REQUEST_FAILED', '❌ 当日撤单次数超限: 3 >= 3'],
  ['REQUEST_FAILED', '❌ 撤单过于频繁: 0.00s < 1.00s'],
  ['REQUEST_FAILED', '❌ something new'],
  ['REQUEST_FAILED', '下单后查询失败: 000003.XSHE 停牌，无法下单'],
  ['REQUEST_FAILED', '000003.XSHE 停牌，无法下单 (1 of 2 parts was sent)'],
  ['REQUEST_FAILED', ''],
  ['REQUEST_TIMEOUT', '请求超时（>60.0s）'],
  ['REQUEST_TIMEOUT', '000003.XSHE 停牌，无法下单'],
  ['QMT_UNAVAILABLE', 'QMT 当前不可用: 未检测到 xtquant 环境，约 3.9s 后重试'],
  ['QMT_UNAVAILABLE', '000001.XSHE 无可卖数量'],
  ['QMT_RECONNECTING', 'QMT 正在重连，请稍后重试'],
  ['BIG_QMT_GATEWAY_TIMEOUT', 'timed out'],
  ['TRADING_DISABLED', '000003.XSHE 停牌，无法下单'],
  ['UNKNOWN_ERROR', ''],
];

describe('refusalOf', () => {
  it.each(BEFORE_SUBMISSION)('is a refusal: %s', (text) => {
    expect(refusalOf('REQUEST_FAILED', text)).toBe(text);
  });

  it.each(BEFORE_SUBMISSION)('is none with anything around it or another code: %s', (text) => {
    expect(refusalOf('REQUEST_FAILED', `QMT 下单失败: ${text}`)).toBeNull();
    expect(refusalOf('REQUEST_FAILED', `\n${text}`)).toBeNull();
    expect(refusalOf('REQUEST_FAILED', `${text}\norder_id=1`)).toBeNull();
    expect(refusalOf('QMT_UNAVAILABLE', text)).toBeNull();
  });

  it.each(FATE_UNKNOWN)('leaves the fate unknown: %s %s', (code, message) => {
    expect(refusalOf(code, message)).toBeNull();
  });
});
