/** What becomes of a name of the older receiver's files. */
export interface KnownKey {
  readonly key: string;
  /** Why nothing of ours follows from it, and what does its work here. */
  readonly leftOut: string;
}

/** Names that are not taken over. */
export const LEFT_OUT: readonly KnownKey[] = [
  { key: '服务器', leftOut: 'the sender names the server, the follower only listens ("http": "host", "port")' },
  { key: '密码', leftOut: 'it did nothing there' },
  { key: '跟单设置', leftOut: 'it only parted the file' },
  {
    key: '触发强制卖出次数',
    leftOut: 'a sell is made anew by the same rules each time; "price": "market" sells at a protected market price',
  },
  { key: '交易系统选择', leftOut: 'bt follow --broker chooses it' },
  { key: '交易系统', leftOut: 'bt follow --broker chooses it' },
  { key: '交易品种', leftOut: "it was QMT's account type: an account of bt server (QMT_SERVER_ACCOUNTS)" },
  { key: 'qmt路径', leftOut: 'bt server at the terminal has it (docs/gateway.md)' },
  { key: 'qmt账户', leftOut: 'bt server at the terminal has it (docs/gateway.md)' },
  { key: 'qmt账户类型', leftOut: 'it did nothing there' },
  {
    key: '是否参加集合竞价',
    leftOut: 'orders go out in the auctions too (9:15 to 9:25, 14:57 to 15:00), and none is cancelled in them',
  },
  { key: '发送摘要时间', leftOut: "the day's digest goes out at 15:05 (NOTIFY_DIGEST)" },
  { key: '程序自检通知', leftOut: 'a start and an end are told by NOTIFY_*; bt doctor looks at all of it' },
  { key: '发送方式', leftOut: 'NOTIFY_* chooses the channels (docs/notify.md)' },
  { key: '微信token', leftOut: 'write the key of one robot as NOTIFY_WECOM_KEY into .env.local' },
];
