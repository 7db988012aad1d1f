import * as z from 'zod';

import { isJsonObject } from '../../../protocol/json.ts';
import type { JsonObject } from '../../../protocol/json.ts';
import { defineFault, pick } from '../kind.ts';
import { changeAccount, changeWholeList } from '../rows.ts';

const ROWS = ['trade_amount_0', 'trade_price_0', 'position_unpriced', 'position_unknown_code'] as const;
type Row = (typeof ROWS)[number];

const TRADE = {
  trade_id: '990000001',
  order_id: '990000001',
  security: '600000.XSHG',
  side: 'BUY',
  is_buy: true,
  order_remark: '',
  commission: 0,
  tax: 0,
};
const POSITION = { amount: 1000, available_amount: 1000, closeable_amount: 1000, can_use_volume: 1000, avg_cost: 10 };
const ODD: Readonly<Record<Row, JsonObject>> = {
  trade_amount_0: { ...TRADE, amount: 0, price: 10, traded_price: 10 },
  trade_price_0: { ...TRADE, amount: 100, price: 0, traded_price: 0 },
  position_unpriced: { security: '600000.XSHG', name: '浦发银行', ...POSITION, last_price: null, market_value: null },
  position_unknown_code: { security: 'SW9901.OF', name: '', ...POSITION, last_price: 1, market_value: 1000 },
};

/** What others have in the account, as terminals show it: rows that no rule of ours made. */
export const foreignRows = defineFault({
  kind: 'foreign_rows',
  about:
    'puts an odd row of somebody else in front of the list: a trade of amount 0 or price 0, a holding without a price or of an unknown code',
  actions: [
    'broker.trades',
    'broker.list_trades',
    'broker.positions',
    'broker.get_positions',
    'broker.account',
    'broker.get_account_info',
  ],
  rhythm: 'trait',
  seeded: false,
  params: { row: z.enum(ROWS) },
  variant: ({ row }) => row,
  draw: (rng) => ({ row: pick(rng, ROWS) }),
  effect: ({ row }) => ({
    after: (answer, call) => {
      if (answer === null || !holds(call.action, row)) return 'on';
      const put = (rows: readonly unknown[]): unknown[] => [ODD[row], ...rows];
      call.happened(answer);
      return {
        answer: changeWholeList(
          changeAccount(answer, (account) => withPositions(account, put)),
          put,
        ),
      };
    },
  }),
});

/** Whether the answer to an action lists rows of this kind. */
function holds(action: string, row: Row): boolean {
  return action.includes('trades') === row.startsWith('trade');
}

function withPositions(account: JsonObject, put: (rows: readonly unknown[]) => unknown[]): JsonObject {
  const { positions } = account;
  return Array.isArray(positions) ? { ...account, positions: put(positions.filter(isJsonObject)) } : account;
}
