/** Why our server over QMT answers otherwise than the deployed one. What ours says beside the recorded is no deviation. */
export type QmtDeviationClass =
  /** The deployed server mixes the vendor's spelling of codes, days and times with JoinQuant's; ours has one. */
  | 'one spelling'
  /** It shows one figure under the name of another, or one that it does not know as 0. */
  | 'missing is not zero'
  /** It remembers in one process how an order was placed and puts that beside later rows. */
  | 'rows of the counter alone'
  /** Something that cannot be meant is answered as if it could. */
  | 'nonsense is refused'
  /** An order is looked at once before it is answered, and is waited for as long as our server waits. */
  | 'the order as it stands'
  /** One key is one order. */
  | 'once'
  /** A column or a fact of the SDK that says nothing here. */
  | 'not told'
  /** The recording shows orders of scenarios that are not kept. */
  | 'not in the file';

/** A difference that stands in many answers. */
export interface QmtEverywhere {
  readonly class: QmtDeviationClass;
  readonly reason: string;
  readonly differs: RegExp;
}

export const QMT_EVERYWHERE: readonly QmtEverywhere[] = [
  {
    class: 'rows of the counter alone',
    reason: 'How long somebody waited for an order, and what he saw then, is no part of the order.',
    differs: /\.(?:timed_out|async_tracking|wait_timeout|elapsed|last_snapshot): .*ours has no such field$/u,
  },
  {
    class: 'rows of the counter alone',
    reason: 'The price that was asked for is in the request; a clamped one is told in `warning`.',
    differs: /\.(?:requested_order_price|broker_price): .*ours has no such field$/u,
  },
  {
    class: 'one spelling',
    reason: 'A code is 000001.XSHE in every answer, not 000001.SZ in some.',
    differs: /\.security: recorded "(\d{6})\.(?:SZ|SH)", ours "\1\.XSH[EG]"$/u,
  },
  {
    class: 'missing is not zero',
    reason: '`price` is what was traded: an order without a fill has none, not its limit.',
    differs: /\.price: recorded \S+, ours 0$/u,
  },
  {
    class: 'the order as it stands',
    reason:
      'A place request that does not wait is answered with the order as the counter shows it, not with a word of its own.',
    differs: /\.status: recorded "submitted", ours "open"$/u,
  },
  {
    class: 'one spelling',
    reason: '`price_type` is the code of the counter’s rows (50 is a limit) whatever the SDK was sent.',
    differs: /\.price_type: recorded 11, ours 50$/u,
  },
  {
    class: 'once',
    reason: 'An order with a key and without a remark gets one of the gateway’s, by which it is found again.',
    differs: /\.order_remark: recorded "bullet-trade", ours "gw:[a-z0-9]+"$/u,
  },
];

export interface QmtDeviation {
  readonly name: string;
  readonly class: QmtDeviationClass;
  readonly reason: string;
  readonly differs: readonly string[];
}

export const QMT_DEVIATIONS: readonly QmtDeviation[] = [
  {
    name: 'qmt_fake_sdk/health',
    class: 'not told',
    reason:
      'Our features are named too; a count of TCP connections and the name of a Python exception say nothing here.',
    differs: [
      'r2.payload.value.features: 2 items recorded, ours has 19',
      'r2.payload.value.qmt.last_error_type: recorded null, ours has no such field',
      'r2.payload.value.qmt.tcp_pressure_threshold: recorded 12000, ours has no such field',
    ],
  },
  {
    name: 'qmt_fake_sdk/data_actions',
    class: 'one spelling',
    reason:
      'Times are texts of China, days are days, an end that is none is 2200-01-01, the code has a column; an unknown security is an error, and nothing is cached that would have to be told.',
    differs: [
      'r2.payload.dt: recorded 1795138260000, ours "2026-11-20 09:31:00"',
      'r3.payload.dt: recorded 1795138260000, ours "2026-11-20 09:31:00"',
      'r7.payload.values[0]: recorded "2026-11-19 00:00:00", ours "2026-11-19"',
      'r7.payload.values[1]: recorded "2026-11-20 00:00:00", ours "2026-11-20"',
      'r8.payload.value.subtype: recorded null, ours "equity"',
      'r8.payload.value.parent: recorded null, ours "XSHE"',
      'r9.type: recorded "response", ours "error"',
      'r9.payload: recorded {"dtype":"dict","value":{"display_name":"999999.XSHE","name":"999999.XSHE","start_date":null,"end_date":null,"type":"stock","subtype":null,"parent":null,"code":, ours has no such field',
      'r10.payload.dtype: recorded "dict", ours has no such field',
      'r10.payload.value: recorded {"security":"000001.XSHE","qmt_security":"000001.SZ","period":"5m","download_period":"1m","start":"2026-11-01","end":"2026-11-20","requested":true,"handled_by_s, ours has no such field',
      'r11.payload.dtype: recorded "dict", ours has no such field',
      'r11.payload.value: recorded {"security":"000001.XSHE","qmt_security":"000001.SZ","period":"1d","download_period":"1d","start":null,"end":null,"requested":false,"handled_by_session":false}, ours has no such field',
      'r12.payload.columns: 6 items recorded, ours has 7',
      'r12.payload.records[0][3]: recorded "1991-04-03T00:00:00", ours "1991-04-03"',
      'r12.payload.records[0][4]: recorded null, ours "2200-01-01"',
      'r12.payload.records[1][3]: recorded "1991-04-03T00:00:00", ours "1991-04-03"',
      'r12.payload.records[1][4]: recorded null, ours "2200-01-01"',
    ],
  },
  {
    name: 'qmt_fake_sdk/history_shapes',
    class: 'not told',
    reason:
      'Settlement prices and open interest are no columns of stocks; `panel` is not read; a column that does not exist is missing instead of 0; a request without a security is an error.',
    differs: [
      'r2.payload.columns: 11 items recorded, ours has 9',
      'r2.payload.records[0]: 11 items recorded, ours has 9',
      'r2.payload.records[1]: 11 items recorded, ours has 9',
      'r4.payload.columns: 11 items recorded, ours has 9',
      'r4.payload.records[0]: 11 items recorded, ours has 9',
      'r4.payload.records[1]: 11 items recorded, ours has 9',
      'r5.payload.columns: 11 items recorded, ours has 9',
      'r5.payload.records[0]: 11 items recorded, ours has 9',
      'r5.payload.records[1]: 11 items recorded, ours has 9',
      'r7.payload.columns[0]: recorded "close", ours "(\'close\', \'000001.XSHE\')"',
      'r7.payload.columns[1]: recorded "code", ours "(\'close\', \'600000.XSHG\')"',
      'r7.payload.records: 2 items recorded, ours has 1',
      'r8.payload.columns: 0 items recorded, ours has 9',
      'r9.payload.records[0][0]: recorded 0, ours null',
      'r10.type: recorded "response", ours "error"',
      'r10.payload: recorded {"dtype":"dataframe","columns":[],"records":[]}, ours has no such field',
    ],
  },
  {
    name: 'qmt_fake_sdk/place/no_wait_timeout_uses_server_default_filled',
    class: 'missing is not zero',
    reason:
      'Our wait is 16 s; the id is the counter’s own; fees that the counter does not tell are missing; the strategy is told with the order.',
    differs: [
      'r2.payload.wait_timeout: recorded 2, ours 16',
      'r5.payload[0].trade_id: recorded "c1d1c5a75098643e", ours "T1073741901"',
      'r5.payload[0].commission: recorded 0, ours null',
      'r5.payload[0].commission_fee: recorded 0, ours null',
      'r5.payload[0].tax: recorded 0, ours null',
      'r5.payload[0].strategy_name: recorded "bullet-trade", ours has no such field',
      'r5.payload[0].raw_status: recorded 56, ours has no such field',
    ],
  },
  {
    name: 'qmt_fake_sdk/place/wait_negative',
    class: 'the order as it stands',
    reason: 'No wait is told as 0, however it was asked for.',
    differs: ['r2.payload.wait_timeout: recorded -1, ours 0'],
  },
  {
    name: 'qmt_fake_sdk/place/market_protect_price_clamped',
    class: 'the order as it stands',
    reason: 'One tick inside the price cage, for the quote may move while the order is on its way.',
    differs: ['r2.payload.order_price: recorded 8.36, ours 8.35'],
  },
  {
    name: 'qmt_fake_sdk/place/market_flag_without_style_is_limit_in_real_adapter',
    class: 'nonsense is refused',
    reason: 'An order that says `market` is one, not a limit at the last price.',
    differs: ['r2.payload.order_price: recorded 8.2, ours 8.32'],
  },
  {
    name: 'qmt_fake_sdk/place/sub_account_label',
    class: 'not in the file',
    reason: 'The four orders of scenarios that are not kept are missing.',
    differs: ['r3.payload: 15 items recorded, ours has 11'],
  },
  {
    name: 'qmt_fake_sdk/idempotency_race_two_connections_places_two_orders',
    class: 'once',
    reason: 'The same key on two connections is one order, and both are told of it.',
    differs: [
      'two.payload.order_id: recorded "1073741920", ours "1073741919"',
      'two.payload.last_snapshot.order_id: recorded "1073741920", ours "1073741919"',
      'three.payload.order_id: recorded "1073741920", ours "1073741919"',
      'three.payload.last_snapshot.order_id: recorded "1073741920", ours "1073741919"',
    ],
  },
  {
    name: 'qmt_fake_sdk/short_names_without_get',
    class: 'one spelling',
    reason: 'Days are days, an end that is none is 2200-01-01, the code has a column.',
    differs: [
      'r2.payload.columns: 6 items recorded, ours has 7',
      'r2.payload.records[0][3]: recorded "1991-04-03T00:00:00", ours "1991-04-03"',
      'r2.payload.records[0][4]: recorded null, ours "2200-01-01"',
      'r2.payload.records[1][3]: recorded "1991-04-03T00:00:00", ours "1991-04-03"',
      'r2.payload.records[1][4]: recorded null, ours "2200-01-01"',
    ],
  },
];
