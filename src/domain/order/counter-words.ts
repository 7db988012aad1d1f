/** A person cancelled it. */
const BY_A_PERSON = /(?:用户|客户|柜员)撤单/u;

/**
 * What counters and gateways say, in English: one language in everything bt says itself. The first that fits counts, so what is
 * narrower stands before what is wider.
 */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/资金不足|可用资金不够|可用金额不足/u, 'not enough cash'],
  [/(?:股份|持仓|证券|可用数量|可卖数量|余额)不足|无可卖数量|证券可用数量不够/u, 'not enough shares that can be sold'],
  [/收盘.*撤单|日终.*撤单/u, 'cancelled at the close'],
  [/撤单失败|不允许撤单|无法撤单/u, 'the cancel was refused'],
  [/撤单.*超限|撤单过于频繁/u, "a limit of the gateway's on cancels"],
  [BY_A_PERSON, 'cancelled by a user'],
  [/场内撤单/u, 'cancelled at the exchange'],
  [/撤单/u, 'cancelled'],
  [/停牌/u, 'suspended'],
  [/涨跌停|涨停价|跌停价/u, "beyond the day's price limits"],
  [/价格笼子|有效申报价格|有效竞价范围/u, 'outside the price cage'],
  [/最小手数|委托数量|申报数量|数量不足|整数倍.*股/u, 'an amount that is not allowed'],
  [/委托价格|申报价格|价格.*(?:错误|不合法|非法)|最小变动单位|无法获取有效价格/u, 'a price that is not allowed'],
  [/非交易时间|不在交易时间|当前时间不允许|不接受委托|闭市|休市|已收盘/u, 'not at this time'],
  [/市价委托|委托方式/u, 'a kind of order that is not allowed'],
  [/额度限制|超限|低于最小值|金额超|次数超/u, "a limit of the gateway's"],
  [/权限|未开通|适当性/u, 'the account may not trade this'],
  [/(?:账户|账号|资金账号).*(?:冻结|异常|不存在|无效)|未配置有效的 account_key/u, 'not an account that can trade'],
  [/证券代码|股票代码|代码错误|尚未上市|不可交易/u, 'not a security that can be traded'],
  [/idempotency_key 冲突/u, 'its key belongs to another order'],
  [/idempotency_key 已在 \S+ 用过/u, 'its key was used on another day'],
  [/重复委托|幂等/u, 'asked for twice'],
  [/风控|异常交易/u, "the broker's risk control"],
  [/没有找到该委托|委托不存在/u, 'there is no such order'],
  [/废单/u, 'void'],
  [/token 不匹配|令牌/u, 'the token is wrong'],
  [/连接数达到上限/u, 'too many connections'],
  [/超时/u, 'it took too long'],
  [/正在重连/u, 'it is reconnecting to the counter'],
  [/暂不可用|服务未启用|未连接|断开/u, 'not available now'],
  [/查询返回空值|返回空值/u, 'the counter returned nothing'],
  [/未配置（已配置|账户 .+ 未配置/u, 'an account that the gateway does not have'],
  [/operation \S+ /u, 'a kind of order that is not allowed'],
  [/委托未发送/u, 'the gateway did not send it'],
  [/委托被拒绝/u, 'refused by the counter'],
  [/未实现|未知 action|不支持/u, 'not supported'],
  [/内部错误/u, 'an internal error'],
  [/缺少/u, 'something is missing in the request'],
  [/过长|上限/u, 'too long or too many'],
];

const CHINESE = /\p{Script=Han}/u;

/** A reason of a counter or gateway in English, with what it said in brackets; English is left as it is. */
export function inEnglish(text: string): string {
  const said = text.trim();
  if (!CHINESE.test(said)) return said;
  const known = WORDS.find(([pattern]) => pattern.test(said))?.[1];
  return known === undefined ? `in its own words: ${said}` : `${known} (${said})`;
}

/** True for words that say that a person cancelled, or for none at all. */
export function saysSomebodyCancelled(text: string): boolean {
  return text === '' || BY_A_PERSON.test(text);
}
