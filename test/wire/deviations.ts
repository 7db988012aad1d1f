/** Why our stub answers otherwise than the recorded one. */
export type DeviationClass =
  /** The recorded server finds methods by attribute name, so private and foreign names are reachable; ours has a table. */
  | 'private names unreachable'
  /** The recorded server leaves falsy ids out of its errors. */
  | 'ids always echoed'
  /** The recorded answer is a text that came about by accident. */
  | 'malformed text'
  /** The recorded server takes the TLS flags and speaks plain text all the same. */
  | 'tls is real'
  /** The recorded server waits for ever for a handshake. */
  | 'strangers must speak';

export interface Deviation {
  /** Name of the recording. */
  readonly name: string;
  readonly class: DeviationClass;
  readonly reason: string;
  /** Exactly what differs, as `wire-compare.ts` words it. */
  readonly differs: readonly string[];
}

/** Every recording of the stub that ours does not answer alike. The replay fails when an entry deviates no longer, or otherwise. */
export const DEVIATIONS: readonly Deviation[] = [
  {
    name: 'session/action_data_dunder_class',
    class: 'private names unreachable',
    reason: '`data.__class__` is no action: "数据接口 __class__ 未实现".',
    differs: [
      'message: recorded "StubDataAdapter.__init__() takes 1 positional argument but 2 were given", ours "数据接口 __class__ 未实现"',
    ],
  },
  {
    name: 'session/action_broker_private_orders_for',
    class: 'private names unreachable',
    reason: '`broker._orders_for` is no action: "券商接口 _orders_for 未实现".',
    differs: [
      'message: recorded "StubBrokerAdapter._orders_for() takes 2 positional arguments but 3 were given", ours "券商接口 _orders_for 未实现"',
    ],
  },
  {
    name: 'session/action_broker_start',
    class: 'private names unreachable',
    reason: '`broker.start` is no action: "券商接口 start 未实现".',
    differs: [
      'message: recorded "StubBrokerAdapter.start() takes 1 positional argument but 3 were given", ours "券商接口 start 未实现"',
    ],
  },
  {
    name: 'session/action_broker_account_router',
    class: 'private names unreachable',
    reason: '`broker.account_router` is an attribute there, no action: "券商接口 account_router 未实现".',
    differs: ['message: recorded "\'AccountRouter\' object is not callable", ours "券商接口 account_router 未实现"'],
  },
  {
    name: 'session/action_data_private_trade_days',
    class: 'private names unreachable',
    reason: '`data._trade_days` is an attribute there, no action: "数据接口 _trade_days 未实现".',
    differs: ['message: recorded "\'list\' object is not callable", ours "数据接口 _trade_days 未实现"'],
  },
  {
    name: 'session/id_zero_ok_and_error',
    class: 'ids always echoed',
    reason: 'The error to a request with id 0 carries the id, so that its sender can match it.',
    differs: ['id: not recorded, ours 0'],
  },
  {
    name: 'session/id_empty_string_ok_and_error',
    class: 'ids always echoed',
    reason: 'The error to a request with id "" carries the id, so that its sender can match it.',
    differs: ['id: not recorded, ours ""'],
  },
  {
    name: 'data.get_current_tick/ok',
    class: 'malformed text',
    reason:
      'The recorded `sid` is the Python text of the whole payload in upper case; ours answers like data.current_tick.',
    differs: [
      'payload.sid: recorded "{\'SECURITY\': \'000001.XSHE\'}", ours "000001.XSHE"',
      'payload.symbol: recorded "{\'SECURITY\': \'000001.XSHE\'}", ours "000001.XSHE"',
    ],
  },
  {
    name: 'tls/server_flags_ignored_plaintext',
    class: 'tls is real',
    reason: 'Certificate files that cannot be read stop the start of our server instead of turning TLS off.',
    differs: ['the server does not start: TLS_FILES_UNREADABLE'],
  },
  {
    name: 'handshake/none_sent_no_timeout',
    class: 'strangers must speak',
    reason: 'Half handshakes must not keep others out: who has not authenticated after 5 s is disconnected.',
    differs: ['Error: The handshake deadline is shorter than the recorded silence'],
  },
];

/** Fields ours adds to an answer on purpose; everything else must have exactly the recorded fields. */
export const ADDED_FIELDS: Readonly<Record<string, readonly string[]>> = {
  // A client may trade with what it takes for a stub only when the server says so.
  'admin.health': ['payload.value.backend', 'payload.value.market', 'payload.value.sub_accounts'],
};
