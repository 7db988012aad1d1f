/**
 * Texts with which the gateway refuses a place request before anything is submitted. Only they may turn an error into
 * "rejected": any other text, and every other code, leaves the order's fate unknown.
 * QMT_UNAVAILABLE and QMT_RECONNECTING are not among them: the adapter raises them before sending and after it.
 */
const REFUSALS: readonly RegExp[] = [
  // The request did not reach an adapter.
  /^缺少 action 字段$/,
  /^未知 action: .*$/,
  /^券商服务未启用$/,
  /^券商接口 \S+ 未实现$/,
  /^'未配置有效的 account_key'$/,
  // Limits, checked before the adapter is called.
  /^子账户 .+ 超过额度限制 \S+$/,
  /^❌ 买入订单金额低于最小值: .+$/,
  /^❌ 单笔订单金额超限: .+$/,
  /^❌ 当日交易次数超限: .+$/,
  /^❌ 当日交易金额超限: .+$/,
  /^❌ 持仓数量超限: .+$/,
  /^❌ 单只股票仓位超限: .+$/,
  // The adapter's own checks, all of them before it calls the counter.
  /^\S+ 停牌，无法下单$/,
  /^\S+ 无法获取有效价格$/,
  /^\S+ 数量不足最小手数（.+）$/,
  /^\S+ 无可卖数量$/,
  /^限价单缺少委托价格，请在 style\.price 中提供$/,
  // Our own server's.
  /^\S+ 过长（上限 \d+ 字符）$/,
  /^(?:子)?账户 .+ 未配置（已配置: .+）$/,
  /^委托未发送: .+$/,
  /^委托被拒绝: .+$/,
  /^不支持的 operation: .+$/,
  /^operation \S+ (?:与 side 不一致|仅适用于信用账户（type: credit）)$/,
];

/** The reason, when this error to a place request proves that nothing was submitted; else null: the fate is unknown. */
export function refusalOf(code: string, message: string): string | null {
  if (code !== 'REQUEST_FAILED') return null;
  return REFUSALS.some((refusal) => refusal.test(message)) ? message : null;
}
